//! Values made of others.

use super::handle::{Handle, sources};
use super::kept::Kept;
use leptos::reactive::computed;
use std::marker::PhantomData;

/// A value made of other signals, made again when they change and somebody asks; it tells on only if it is another then.
pub(crate) type Memo<T> = Handle<computed::Memo<Kept>, T>;

sources!(computed::Memo<Kept>);

/// How the value is made.
trait Make: Send + Sync {
    /// Makes it, given the one before.
    fn make(&self, before: Option<&Kept>) -> Kept;
}

/// Made by a function of the value before.
struct By<F, T>(F, PhantomData<fn() -> T>);

impl<T: Send + Sync + 'static, F: Fn(Option<&T>) -> T + Send + Sync> Make for By<F, T> {
    fn make(&self, before: Option<&Kept>) -> Kept {
        Kept::new(self.0(before.map(Kept::of)))
    }
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    /// Made by this, which is given the value before.
    pub(crate) fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        Self::to(memo(Box::new(By(make, PhantomData)), differs::<T>))
    }
}

fn memo(make: Box<dyn Make>, differs: fn(Option<&Kept>, Option<&Kept>) -> bool) -> computed::Memo<Kept> {
    computed::Memo::new_with_compare(move |before| make.make(before), differs)
}

fn differs<T: PartialEq + 'static>(before: Option<&Kept>, after: Option<&Kept>) -> bool {
    before.map(Kept::of::<T>) != after.map(Kept::of::<T>)
}
