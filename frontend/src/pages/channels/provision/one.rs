//! One row of the dry run whole: a list on a phone has no room for what is wrong with it.

use super::rows::Row;
use super::shown::{name, settings, state, tags};
use crate::components::action::Action;
use crate::components::badge::{Tone, none};
use crate::components::confirm::fact;
use crate::components::dialog;
use crate::components::dom;
use crate::components::properties::{properties, property};
use crate::view::prelude::*;

/// Which row is shown. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct One {
    open: RwSignal<bool>,
    index: RwSignal<usize>,
}

impl One {
    pub(super) fn new() -> Self {
        Self { open: RwSignal::new(false), index: RwSignal::new(0) }
    }

    /// Shows the row of this index.
    pub(super) fn show(self, index: usize) {
        self.index.set(index);
        self.open.set(true);
    }
}

/// The dialog with all of it.
pub(super) fn dialog(rows: Memo<Vec<Row>>, one: One) -> View {
    let One { open, index } = one;
    let shown = dialog::shown_while(open);
    let id = dom::fresh_id("row");
    let labelled = id.clone();
    let row = Memo::new(move |_| rows.with(|rows| rows.get(index.get()).cloned()));
    let whole = move || row.get().map(whole);
    let title = move || row.with(|row| row.as_ref().map(|row| format!("Line {}: {}", row.number, called(row))));
    view! {
        <dialog node_ref=shown class="dialog" aria-labelledby=labelled on:close=move |_| dialog::closed(shown, open)>
            <Show when=move || open.get()>
                <h2 id=id.clone()>{title}</h2>
                {whole}
                <footer class="foot"><Action label="Close" on=move |()| open.set(false)/></footer>
            </Show>
        </dialog>
    }
}

fn called(row: &Row) -> String {
    Some(name(row)).filter(|name| !name.is_empty()).unwrap_or_else(|| "without a name".to_owned())
}

fn whole(row: Row) -> View {
    let badge = state(&row);
    let settings = settings(&row);
    let becomes = if settings.is_empty() { "IVS's defaults".to_owned() } else { settings.join(" · ") };
    let tags = if row.request.tags.is_empty() { none() } else { tags(&row) };
    let wrong = row.wrong.into_iter().map(|why| fact(Tone::Bad, why));
    let facts = wrong.chain(row.note.map(|note| fact(Tone::Warn, note))).collect::<View>();
    view! {
        <p>{badge}</p>
        <ul class="facts">{facts}</ul>
        {properties(vec![property("Becomes", becomes), property("Tags", tags)])}
    }
}
