//! The events that the console listens for, each with what it brings.

use leptos::prelude::Owner;
use std::marker::PhantomData;
use web_sys::wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, KeyboardEvent, MouseEvent, SubmitEvent};

/// An event by its name.
pub(crate) struct Event<E> {
    name: &'static str,
    brings: PhantomData<fn(E)>,
}

impl<E: JsCast + 'static> Event<E> {
    /// Listens until what this returns is dropped.
    pub(super) fn listen(&self, element: &Element, mut listener: impl FnMut(E) + 'static) -> Listener {
        // The browser brings with each event of this name what stands below.
        Listener::new(element, self.name, Box::new(move |event| listener(event.unchecked_into())))
    }
}

/// A listener; dropping it ends it.
pub(super) struct Listener {
    element: Element,
    name: &'static str,
    closure: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    fn new(element: &Element, name: &'static str, mut listener: Box<dyn FnMut(web_sys::Event)>) -> Self {
        let owner = Owner::current().unwrap_or_default();
        let closure = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| owner.with(|| listener(event)));
        let added = element.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        debug_assert!(added.is_ok(), "adding a listener fails only for options that are not used here");
        Self { element: element.clone(), name, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let removed = self.element.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
        debug_assert!(removed.is_ok(), "removing a listener fails only for options that are not used here");
    }
}

macro_rules! events {
    ($($name:ident: $brings:ty;)*) => {
        $(pub(crate) const fn $name() -> Event<$brings> {
            Event { name: stringify!($name), brings: PhantomData }
        })*
    };
}

events! {
    beforetoggle: web_sys::Event;
    blur: web_sys::Event;
    change: web_sys::Event;
    click: MouseEvent;
    close: web_sys::Event;
    dragover: web_sys::DragEvent;
    drop: web_sys::DragEvent;
    input: web_sys::Event;
    keydown: KeyboardEvent;
    paste: web_sys::Event;
    pointermove: MouseEvent;
    scroll: web_sys::Event;
    submit: SubmitEvent;
    toggle: web_sys::Event;
}
