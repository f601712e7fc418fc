//! One row of the dry run whole: a list on a phone has no room for what is wrong with it.

use super::rows::Row;
use super::shown::{name, settings, state, tags};
use crate::components::badge::{Tone, none};
use crate::components::confirm::fact;
use crate::components::detail::Detail;
use crate::components::properties::{properties, property};
use crate::view::prelude::*;

/// The dialog with all of it.
pub(super) fn dialog(rows: Memo<Vec<Row>>, detail: Detail) -> View {
    let title = move |index: usize| {
        rows.with(|rows| rows.get(index).map(|row| format!("Line {}: {}", row.number, called(row))).unwrap_or_default())
    };
    detail.dialog(title, move |index| rows.with(|rows| rows.get(index).cloned()).map(whole).into_view())
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
