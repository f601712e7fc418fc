//! Values that are read, wherever they come from.

use super::handle::{Handle, sources};
use super::kept::Kept;
use super::{Memo, RwSignal};
use leptos::reactive::wrappers::read;

/// A value that is read: one that stays, one that is set elsewhere, or one made of others at every reading.
pub(crate) type Signal<T> = Handle<read::Signal<Kept>, T>;

sources!(read::Signal<Kept>);

impl<T: Send + Sync + 'static> Signal<T> {
    /// Made by this, at every reading.
    pub(crate) fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::to(derived(Box::new(make)))
    }

    /// This, for good.
    pub(crate) fn stored(value: T) -> Self {
        Self::to(read::Signal::stored(Kept::new(value)))
    }
}

/// How the value is made.
trait Make: Send + Sync {
    /// Makes it.
    fn make(&self) -> Kept;
}

impl<T: Send + Sync + 'static, F: Fn() -> T + Send + Sync> Make for F {
    fn make(&self) -> Kept {
        Kept::new(self())
    }
}

fn derived(make: Box<dyn Make>) -> read::Signal<Kept> {
    read::Signal::derive(move || make.make())
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        Self::stored(value.to_owned())
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::to(memo.signal.into())
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::to(signal.signal.into())
    }
}
