//! What components are given to show: made when, and as often as, they show it.

use super::follow::Make;
use super::{Child, View};
use std::sync::Arc;

/// What is inside a component, shown once.
pub(crate) type Children = Box<dyn FnOnce() -> View>;

/// What is inside a component, shown as often as it likes.
pub(crate) type ChildrenFn = Arc<dyn Fn() -> View + Send + Sync>;

/// How markup becomes the `children` of a component.
pub(crate) trait ToChildren<F> {
    /// Not made yet.
    fn to_children(make: F) -> Self;
}

impl<F: FnOnce() -> View + 'static> ToChildren<F> for Children {
    fn to_children(make: F) -> Self {
        Box::new(make)
    }
}

impl<F: Fn() -> View + Send + Sync + 'static> ToChildren<F> for ChildrenFn {
    fn to_children(make: F) -> Self {
        Arc::new(make)
    }
}

/// A property that is a view: any closure that gives one; by default nothing.
#[derive(Clone)]
pub(crate) struct ViewFn(Arc<dyn Make + Send + Sync>);

impl ViewFn {
    /// Makes it.
    pub(crate) fn run(&self) -> View {
        self.0.make()
    }
}

impl Default for ViewFn {
    fn default() -> Self {
        Self(Arc::new(|| View::Nothing))
    }
}

impl<V: Child, F: Fn() -> V + Send + Sync + 'static> From<F> for ViewFn {
    fn from(make: F) -> Self {
        Self(Arc::new(make))
    }
}
