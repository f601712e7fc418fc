//! What is chosen about a list stands in the URL: `?q=arena&sort=-viewers&show=live&cols=state,type`.

use super::TableState;
use crate::view::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use std::time::Duration;

/// The members of the query, in the order of [`TableState::words`].
const NAMES: [&str; 4] = ["q", "sort", "show", "cols"];

/// Reads what is chosen from the URL, and writes it back a moment after it changes.
pub(super) fn follow(state: TableState) {
    let query = use_query_map();
    let read = move || NAMES.map(|name| query.with(|query| query.get(name).unwrap_or_default()));
    let written = StoredValue::new(untrack(read));
    state.set_words(written.get_value());
    // Back, Forward and the sidebar change the URL without us.
    effect(move || {
        let there = read();
        if there != written.get_value() {
            written.set_value(there.clone());
            state.set_words(there);
        }
    });
    write_back(state, written);
}

fn write_back(state: TableState, written: StoredValue<[String; 4]>) {
    let (navigate, path) = (use_navigate(), use_location().pathname);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        timer.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    };
    on_cleanup(cancel);
    effect(move || {
        let now = state.words();
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

/// The query of these words, with its question mark; empty where all is as usual. What else stands in the address stays: it says
/// what the list is of.
pub(super) fn search(words: &[String; 4]) -> String {
    let mut search = others(&window().location().search().unwrap_or_default());
    for (name, value) in NAMES.into_iter().zip(words).filter(|(_, value)| !value.is_empty()) {
        search.push(if search.is_empty() { '?' } else { '&' });
        search.push_str(name);
        search.push('=');
        search.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
    search
}

/// The members of a query that are not about the list, as they stand there, with the question mark.
fn others(query: &str) -> String {
    let ours = |part: &str| part.is_empty() || NAMES.contains(&part.split_once('=').map_or(part, |(name, _)| name));
    let kept = query.trim_start_matches('?').split('&').filter(|part| !ours(part)).collect::<Vec<_>>().join("&");
    if kept.is_empty() { kept } else { format!("?{kept}") }
}

#[cfg(test)]
mod tests {
    use super::others;

    #[test]
    fn what_a_list_is_of_stays_in_the_address() {
        assert_eq!(others("?channel=a%2Fb&q=x&sort=-at&cols=a&show="), "?channel=a%2Fb");
        assert_eq!(others("?q=x&quick"), "?quick");
        assert_eq!(others("?q=x"), "");
        assert_eq!(others(""), "");
    }
}
