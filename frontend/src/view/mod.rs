//! What is on the screen: elements as values, made once, with only what follows a signal ever made again.
//!
//! Signals, components and the router are Leptos's; this takes the place of its renderer, which compiles itself again for
//! every piece of markup. Here every piece is one type, [`View`]: the console is loaded in half the bytes, and no text ever
//! becomes HTML, so the page's policy allows no such sink at all. `view!` (`frontend/markup`) writes these calls.

mod child;
mod children;
mod each;
mod element;
pub(crate) mod ev;
mod follow;
mod node_ref;
pub(crate) mod prelude;
mod show;
mod value;

pub(crate) use child::Child;
pub(crate) use children::{Children, ChildrenFn, ToChildren, ViewFn};
pub(crate) use each::each;
pub(crate) use element::el;
pub(crate) use node_ref::NodeRef;
pub(crate) use show::Show;

use element::Element;
use follow::Follow;
use leptos::prelude::document;
use web_sys::{Node, Text};

/// Something on the screen, or about to be. Dropping it ends what follows signals and listens in it.
#[derive(Debug, Default)]
pub(crate) enum View {
    /// Nothing.
    #[default]
    Nothing,
    /// A text.
    Text(Text),
    /// An element with what is inside.
    Element(Element),
    /// Several, one after the other.
    Many(Vec<View>),
    /// What is made again when a signal changes.
    Follow(Box<Follow>),
}

impl View {
    /// A text. It is never read as HTML.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(document().create_text_node(text))
    }

    /// Several, one after the other.
    pub(crate) fn many(views: Vec<View>) -> Self {
        Self::Many(views)
    }

    /// Puts it into a parent, before one of its children or at its end; moves it where it is there already.
    pub(crate) fn insert(&self, parent: &Node, before: Option<&Node>) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => insert(text, parent, before),
            Self::Element(element) => insert(element.node(), parent, before),
            Self::Many(views) => views.iter().for_each(|view| view.insert(parent, before)),
            Self::Follow(follow) => follow.insert(parent, before),
        }
    }

    /// Takes it off the page, for good. What follows and listens in it ends first: a field that loses the focus by going
    /// has nobody to tell any more.
    fn take_off(self) {
        let mut nodes = Vec::new();
        self.nodes(&mut nodes);
        drop(self);
        for node in nodes {
            if let Some(parent) = node.parent_node() {
                let removed = parent.remove_child(&node);
                debug_assert!(removed.is_ok(), "a child of its parent");
            }
        }
    }

    /// All its nodes that stand beside each other.
    fn nodes(&self, nodes: &mut Vec<Node>) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => nodes.push(text.clone().into()),
            Self::Element(element) => nodes.push(element.node().clone().into()),
            Self::Many(views) => views.iter().for_each(|view| view.nodes(nodes)),
            Self::Follow(follow) => follow.nodes(nodes),
        }
    }

    /// Its first node, where it has one.
    fn first(&self) -> Option<Node> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => Some(text.clone().into()),
            Self::Element(element) => Some(element.node().clone().into()),
            Self::Many(views) => views.iter().find_map(View::first),
            Self::Follow(follow) => Some(follow.first()),
        }
    }

    /// What stands behind its last node.
    fn last_sibling(&self) -> Option<Node> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => text.next_sibling(),
            Self::Element(element) => element.node().next_sibling(),
            Self::Many(views) => views.iter().rev().find_map(View::last_sibling),
            Self::Follow(follow) => follow.last_sibling(),
        }
    }
}

impl FromIterator<View> for View {
    fn from_iter<I: IntoIterator<Item = View>>(views: I) -> Self {
        Self::Many(views.into_iter().collect())
    }
}

/// The browser refuses this only for a parent inside its own child, which values cannot form.
fn insert(node: &Node, parent: &Node, before: Option<&Node>) {
    let inserted = parent.insert_before(node, before);
    debug_assert!(inserted.is_ok(), "a node that cannot stand there: {inserted:?}");
}
