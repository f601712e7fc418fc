//! What is made again when a signal changes that it read.

use super::{Child, View, insert};
use crate::signal::{Effect, Handle, Source};
use leptos::prelude::{Owner, document};
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use web_sys::{Node, Text};

/// A view that is made again, and an empty text behind it that holds its place.
pub(crate) struct Follow {
    now: Rc<RefCell<View>>,
    end: Text,
    _effect: Effect,
}

impl fmt::Debug for Follow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Follow").field(&self.now).finish()
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        // The effect ends only when its task is asked again, and holds the view until then. What follows in the view must end
        // now: the signals that it reads may be gone in a moment.
        drop(self.now.take());
    }
}

impl Follow {
    pub(super) fn insert(&self, parent: &Node, before: Option<&Node>) {
        self.now.borrow().insert(parent, before);
        insert(&self.end, parent, before);
    }

    pub(super) fn nodes(&self, nodes: &mut Vec<Node>) {
        self.now.borrow().nodes(nodes);
        nodes.push(self.end.clone().into());
    }

    pub(super) fn first(&self) -> Node {
        self.now.borrow().first().unwrap_or_else(|| self.end.clone().into())
    }

    pub(super) fn last_sibling(&self) -> Option<Node> {
        self.end.next_sibling()
    }
}

/// Runs now, and again when a signal changes that it read, until what it returns is dropped.
pub(super) fn keep(run: Box<dyn FnMut()>) -> Effect {
    Effect::now(run)
}

/// How a view is made. (Not a boxed `Fn`: the table of one holds two more functions for each closure that nobody calls.)
pub(super) trait Make {
    /// Makes it.
    fn make(&self) -> View;
}

impl<T: Child, F: Fn() -> T> Make for F {
    fn make(&self) -> View {
        self().into_view()
    }
}

impl<S: Source, T: Child + Clone + 'static> Make for Handle<S, T> {
    fn make(&self) -> View {
        self.get().into_view()
    }
}

/// Makes the view now, and again when a signal changes that making it read. What was there is gone before: first what
/// follows in it, then what that follows.
pub(super) fn follow(make: Box<dyn Make>) -> View {
    // Not the effect's own: that one is cleaned up before the effect can take off what still reads it.
    let owner = Owner::current().unwrap_or_default().child();
    update(Box::new(move |now, end| {
        // A text that stays a text is only changed: what a person has marked in it stays marked.
        let (text, other) = match now.replace(View::Nothing) {
            View::Text(text) => (Some(text), View::Nothing),
            other @ (View::Nothing | View::Element(_) | View::Many(_) | View::Follow(_)) => (None, other),
        };
        other.take_off();
        let new = owner.with_cleanup(|| make.make());
        now.replace(shown(text, new, end));
    }))
}

/// Brings a view up to date that stands before this text.
type Change = Box<dyn Fn(&RefCell<View>, &Text)>;

/// A view that `change` brings up to date, now and when a signal changes that it read.
pub(super) fn update(change: Change) -> View {
    let end = document().create_text_node("");
    let now = Rc::new(RefCell::new(View::Nothing));
    let shown = (Rc::clone(&now), end.clone());
    let _effect = keep(Box::new(move || change(&shown.0, &shown.1)));
    View::Follow(Box::new(Follow { now, end, _effect }))
}

fn shown(text: Option<Text>, new: View, end: &Text) -> View {
    match (text, new) {
        (Some(text), View::Text(new)) => {
            let data = new.data();
            if text.data() != data {
                text.set_data(&data);
            }
            View::Text(text)
        }
        (text, new) => {
            if let Some(text) = text {
                text.remove();
            }
            if let Some(parent) = end.parent_node() {
                new.insert(&parent, Some(end));
            }
            new
        }
    }
}
