//! Values that are set.

use super::handle::{Handle, sources};
use super::kept::Kept;
use leptos::reactive::signal;
use leptos::reactive::traits::{Set, UpdateUntracked};

/// A value that is read and set.
pub(crate) type RwSignal<T> = Handle<signal::RwSignal<Kept>, T>;

sources!(signal::RwSignal<Kept>);

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// Holds this first.
    pub(crate) fn new(value: T) -> Self {
        Self::to(signal::RwSignal::new(Kept::new(value)))
    }

    /// Holds this now, and tells on. Nothing happens when it is gone.
    pub(crate) fn set(self, value: T) {
        self.try_set(value);
    }

    /// Holds this now, and tells on. False when it is gone.
    pub(crate) fn try_set(self, value: T) -> bool {
        put(self.signal, Kept::new(value))
    }

    /// Changes what it holds, and tells on. Nothing happens when it is gone.
    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        let Some(mut kept) = take(self.signal) else { return };
        change(kept.of_mut());
        put(self.signal, kept);
    }
}

fn put(signal: signal::RwSignal<Kept>, kept: Kept) -> bool {
    signal.try_set(kept).is_none()
}

/// Takes out what it holds, to be put back at once.
fn take(signal: signal::RwSignal<Kept>) -> Option<Kept> {
    signal.try_update_untracked(|kept| std::mem::replace(kept, Kept::new(())))
}
