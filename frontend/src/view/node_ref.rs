//! Reaching an element that `view!` made.

use leptos::prelude::*;
use std::marker::PhantomData;
use web_sys::wasm_bindgen::JsCast;

/// An element of the page, once it is made and until what made it is gone. A copy is the same reference.
pub(crate) struct NodeRef<T> {
    node: RwSignal<Option<web_sys::Element>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T: JsCast> NodeRef<T> {
    /// To no element yet.
    pub(crate) fn new() -> Self {
        Self { node: RwSignal::new_local(None), of: PhantomData }
    }

    /// The element, reactively.
    pub(crate) fn get(self) -> Option<T> {
        self.node.try_get().flatten().map(JsCast::unchecked_into)
    }

    /// The element, for once.
    pub(crate) fn get_untracked(self) -> Option<T> {
        self.node.try_get_untracked().flatten().map(JsCast::unchecked_into)
    }

    pub(super) fn load(self, node: &web_sys::Element) {
        self.node.set(Some(node.clone()));
        on_cleanup(move || drop(self.node.try_set(None)));
    }
}
