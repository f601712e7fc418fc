//! One element, while it is made and after.

use super::ev::{Event, Listener};
use super::follow::keep;
use super::value::{Given, IntoValue, Value};
use super::{Child, NodeRef, View};
use crate::signal::Effect;
use leptos::prelude::*;
use std::fmt;
use web_sys::wasm_bindgen::{JsCast, JsValue};

/// An element on the page, and what lives as long as it does.
pub(crate) struct Element(Box<Inner>);

struct Inner {
    node: web_sys::Element,
    inside: Vec<View>,
    follows: Vec<Effect>,
    listens: Vec<Listener>,
}

impl Element {
    pub(super) fn node(&self) -> &web_sys::Element {
        &self.0.node
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Element").field(&self.0.node.tag_name()).finish()
    }
}

/// An element of this name, to be furnished and then [`El::done`].
pub(crate) fn el(name: &'static str) -> El {
    let Ok(node) = document().create_element(name) else { unreachable!("{name} is the name of an element") };
    El(Box::new(Inner { node, inside: Vec::new(), follows: Vec::new(), listens: Vec::new() }))
}

/// An element that is being made.
pub(crate) struct El(Box<Inner>);

/// How a value is put onto an element.
type Put = fn(&web_sys::Element, &'static str, &Value);

impl El {
    /// Sets an attribute; `None` and `false` leave it out.
    pub(crate) fn attr(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(put_attribute, name, value.given())
    }

    /// Sets a property of the object, such as what is typed in a field.
    pub(crate) fn prop(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(put_property, name, value.given())
    }

    /// Has a class while the value is true.
    pub(crate) fn class(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(put_class, name, value.given())
    }

    /// Sets one property of its style. The policy of the page refuses style attributes; this is none.
    pub(crate) fn style(self, name: &'static str, value: impl IntoValue) -> Self {
        self.put(put_style, name, value.given())
    }

    fn put(mut self, put: Put, name: &'static str, given: Given) -> Self {
        match given {
            Given::Once(value) => put(&self.0.node, name, &value),
            Given::Follow(value) => {
                let node = self.0.node.clone();
                self.0.follows.push(keep(Box::new(move || put(&node, name, &value.ask()))));
            }
        }
        self
    }

    /// Listens for an event. The listener belongs to whoever owns the element: what it makes is gone when that is.
    pub(crate) fn on<E: JsCast + 'static>(mut self, event: &Event<E>, listener: impl FnMut(E) + 'static) -> Self {
        self.0.listens.push(event.listen(&self.0.node, listener));
        self
    }

    /// Lets others reach the element.
    pub(crate) fn node_ref<T: JsCast + Clone + 'static>(self, reference: NodeRef<T>) -> Self {
        reference.load(&self.0.node);
        self
    }

    /// Puts something inside, after what is there.
    pub(crate) fn child(self, child: impl Child) -> Self {
        self.push(child.into_view())
    }

    fn push(mut self, view: View) -> Self {
        view.insert(&self.0.node, None);
        self.0.inside.push(view);
        self
    }

    /// The element, ready to be shown.
    pub(crate) fn done(self) -> View {
        View::Element(Element(self.0))
    }
}

/// Names are ours: the browser refuses none of them.
fn put_attribute(node: &web_sys::Element, name: &'static str, value: &Value) {
    let put = match value.text() {
        Some(text) => node.set_attribute(name, text),
        None => node.remove_attribute(name),
    };
    debug_assert!(put.is_ok(), "an attribute's name: {name}");
}

fn put_property(node: &web_sys::Element, name: &'static str, value: &Value) {
    let value = match value {
        Value::Flag(flag) => JsValue::from_bool(*flag),
        Value::Text(text) => JsValue::from_str(text),
        Value::Absent => JsValue::UNDEFINED,
    };
    let put = js_sys::Reflect::set(node, &JsValue::from_str(name), &value);
    debug_assert!(put.is_ok(), "a property's name: {name}");
}

fn put_class(node: &web_sys::Element, name: &'static str, value: &Value) {
    let put = node.class_list().toggle_with_force(name, value.text().is_some());
    debug_assert!(put.is_ok(), "a class's name: {name}");
}

fn put_style(node: &web_sys::Element, name: &'static str, value: &Value) {
    let Some(element) = node.dyn_ref::<web_sys::HtmlElement>() else { return };
    let put = element.style().set_property(name, value.text().unwrap_or_default());
    debug_assert!(put.is_ok(), "a property of style: {name}");
}
