//! What a signal holds.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A value of a type that whoever put it there knows. A copy is the same value.
#[derive(Clone)]
pub(crate) struct Kept(Arc<dyn Any + Send + Sync>);

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl Kept {
    /// Keeps it.
    pub(super) fn new<T: Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// As what it was put there. That cannot fail: nothing goes in or comes out but through a handle, which has the type.
    pub(super) fn of<T: 'static>(&self) -> &T {
        self.0.downcast_ref().expect("what was put there")
    }

    /// To change it. That fails only where a signal is changed by whoever looks at it at that moment, which is a fault of the
    /// page: a signal of Leptos refuses it, too.
    pub(super) fn of_mut<T: 'static>(&mut self) -> &mut T {
        Arc::get_mut(&mut self.0).and_then(|kept| kept.downcast_mut()).expect("what was put there, and nobody reading it")
    }
}
