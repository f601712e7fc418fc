//! What is chosen about the list stands in the URL: `?q=arena&sort=-viewers&show=live`.

use super::rows::Only;
use crate::components::table::TableState;
use crate::view::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use std::time::Duration;

/// Live first: what an operator came for.
const SORT: &str = "state";

/// What is chosen.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    pub(super) table: TableState,
    pub(super) only: RwSignal<Only>,
}

/// Reads what is chosen from the URL, and writes it back a moment after it changes.
pub(super) fn follow() -> Chosen {
    let query = use_query_map();
    let read = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let only_of = |word: &str| Only::ALL.into_iter().find(|only| only.word() == word).unwrap_or_default();
    let only = RwSignal::new(only_of(&untrack(|| read("show"))));
    let sort = untrack(|| read("sort"));
    let sort = if sort.is_empty() { SORT } else { &sort };
    let table = TableState::new(untrack(|| read("q")), sort, Callback::new(move |()| only.set(Only::All)));
    let chosen = Chosen { table, only };
    let written = StoredValue::new(untrack(|| words(chosen)));

    // Back, Forward and the sidebar change the URL without us.
    effect(move || {
        let there = (read("q"), read("sort"), read("show"));
        if there != written.get_value() {
            written.set_value(there.clone());
            table.filter.set(there.0);
            table.set_sort(if there.1.is_empty() { SORT } else { &there.1 });
            only.set(only_of(&there.2));
        }
    });
    write_back(chosen, written);
    chosen
}

/// As in the URL; what is as usual is left out.
fn words(chosen: Chosen) -> (String, String, String) {
    let sort = chosen.table.sort_word();
    (chosen.table.filter.get(), if sort == SORT { String::new() } else { sort }, chosen.only.get().word().to_owned())
}

fn write_back(chosen: Chosen, written: StoredValue<(String, String, String)>) {
    let (navigate, path) = (use_navigate(), use_location().pathname);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        timer.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    };
    on_cleanup(cancel);
    effect(move || {
        let now = words(chosen);
        cancel();
        if now == written.get_value() {
            return;
        }
        let navigate = navigate.clone();
        let write = move || {
            let url = format!("{}{}", path.get_untracked(), search(&now));
            written.set_value(now);
            // Replaced, not added: Back leads to the page before, not through every letter.
            navigate(&url, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        };
        timer.set_value(set_timeout_with_handle(write, Duration::from_millis(250)).ok());
    });
}

fn search((q, sort, show): &(String, String, String)) -> String {
    let pairs = [("q", q), ("sort", sort), ("show", show)];
    let text: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", String::from(js_sys::encode_uri_component(value))))
        .collect();
    if text.is_empty() { String::new() } else { format!("?{}", text.join("&")) }
}
