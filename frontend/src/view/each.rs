//! Rows that stay themselves while others come and go around them.

use super::View;
use super::follow::update;
use leptos::prelude::{Owner, untrack};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Node;

/// A row that is to be there: what tells it from every other, and how to make it.
type Wanted = (String, Box<dyn FnOnce() -> View>);

/// A row that is there. What its signals own is gone with it.
struct Row {
    key: String,
    owner: Owner,
}

impl Drop for Row {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}

/// One view for each item. An item with the key of one before it keeps that one's view, with the focus and all that was
/// typed in it; `row` makes those of the others.
pub(crate) fn each<T: 'static, K: ToString>(
    items: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> K + 'static,
    row: impl Fn(T) -> View + 'static,
) -> View {
    let row = Rc::new(row);
    rows(Box::new(move || {
        let wanted = |item| -> Wanted {
            let row = Rc::clone(&row);
            (key(&item).to_string(), Box::new(move || row(item)))
        };
        items().into_iter().map(wanted).collect()
    }))
}

fn rows(wanted: Box<dyn Fn() -> Vec<Wanted>>) -> View {
    // Rows outlive the single runs of what follows, so they belong to who asked for them.
    let owner = Owner::current().unwrap_or_default();
    let there = RefCell::new(Vec::<Row>::new());
    update(Box::new(move |now, end| {
        let wanted = wanted();
        let views = if let View::Many(views) = now.replace(View::Nothing) { views } else { Vec::new() };
        let mut before: Vec<(Row, View)> = there.take().into_iter().zip(views).collect();
        let rows: Vec<(Row, View)> = wanted.into_iter().map(|(key, make)| keep_or_make(&mut before, key, make, &owner)).collect();
        for (row, view) in before {
            view.take_off();
            drop(row);
        }
        let (rows, views): (Vec<Row>, Vec<View>) = rows.into_iter().unzip();
        if let Some(parent) = end.parent_node() {
            arrange(&views, &parent, end);
        }
        there.replace(rows);
        now.replace(View::Many(views));
    }))
}

fn keep_or_make(before: &mut Vec<(Row, View)>, key: String, make: Box<dyn FnOnce() -> View>, owner: &Owner) -> (Row, View) {
    if let Some(at) = before.iter().position(|(row, _)| row.key == key) {
        return before.remove(at);
    }
    let owner = owner.child();
    let view = owner.with(|| untrack(make));
    (Row { key, owner }, view)
}

/// From the last to the first: only what does not stand before its follower is moved, so that the focus stays.
fn arrange(views: &[View], parent: &Node, end: &Node) {
    let mut follower = end.clone();
    for view in views.iter().rev() {
        let Some(first) = view.first() else { continue };
        if view.last_sibling().as_ref() != Some(&follower) {
            view.insert(parent, Some(&follower));
        }
        follower = first;
    }
}
