//! How what a signal holds is read.

use super::kept::Kept;
use std::fmt;
use std::marker::PhantomData;

/// A signal, and what it holds. A copy is the same signal.
pub(crate) struct Handle<S, T> {
    pub(super) signal: S,
    of: PhantomData<fn() -> T>,
}

impl<S: Copy, T> Clone for Handle<S, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Copy, T> Copy for Handle<S, T> {}

/// The same signal.
impl<S: PartialEq, T> PartialEq for Handle<S, T> {
    fn eq(&self, other: &Self) -> bool {
        self.signal == other.signal
    }
}

impl<S: Eq, T> Eq for Handle<S, T> {}

impl<S, T> fmt::Debug for Handle<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::any::type_name::<S>())
    }
}

/// One of Leptos's signals, as far as it is read.
pub(crate) trait Source: Copy {
    /// What it holds, unless it is gone; a tracked look makes whoever runs follow it.
    fn look(self, track: bool) -> Option<Kept>;
}

/// Leptos's signals read alike.
macro_rules! sources {
    ($($signal:ty),*) => {
        $(impl crate::signal::handle::Source for $signal {
            fn look(self, track: bool) -> Option<crate::signal::kept::Kept> {
                use leptos::reactive::traits::{Get, GetUntracked};
                if track { self.try_get() } else { self.try_get_untracked() }
            }
        })*
    };
}
pub(super) use sources;

impl<S: Source, T: 'static> Handle<S, T> {
    pub(super) fn to(signal: S) -> Self {
        Self { signal, of: PhantomData }
    }

    /// What it holds, looked at and followed.
    #[track_caller]
    pub(crate) fn with<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(self.kept(true).of())
    }

    /// What it holds, looked at once.
    #[track_caller]
    pub(crate) fn with_untracked<U>(self, see: impl FnOnce(&T) -> U) -> U {
        see(self.kept(false).of())
    }

    /// Reading what the page no longer has is a fault of the page.
    #[track_caller]
    fn kept(self, track: bool) -> Kept {
        self.signal.look(track).expect("a signal that is read is still there")
    }

    /// Follows it.
    pub(crate) fn track(self) {
        self.signal.look(true);
    }
}

impl<S: Source, T: Clone + 'static> Handle<S, T> {
    /// What it holds, followed.
    #[track_caller]
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// What it holds now.
    #[track_caller]
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// What it holds, followed; nothing when it is gone.
    pub(crate) fn try_get(self) -> Option<T> {
        self.signal.look(true).map(|kept| kept.of::<T>().clone())
    }

    /// What it holds now; nothing when it is gone.
    pub(crate) fn try_get_untracked(self) -> Option<T> {
        self.signal.look(false).map(|kept| kept.of::<T>().clone())
    }
}
