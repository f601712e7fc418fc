//! The field above a list: what is typed filters at once, and what names a field becomes a chip.

use super::TableState;
use super::words::{self, chips, filter};
use crate::components::dom;
use crate::view::prelude::*;

pub(super) fn field(state: TableState, example: &'static str) -> View {
    let names = state.usual.names;
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/" && !dom::typing(&event) && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            dom::focus(input.get_untracked().map(Into::into));
        }
    });
    on_cleanup(move || slash.remove());
    let apart = Memo::new(move |_| state.filter.with(|text| chips(text, names)));
    let now = Memo::new(move |_| apart.with(|(_, now)| now.clone()));
    let put = move |chips: &[String], now: &str| state.filter.set(filter(chips, now, names));
    // Enter, or leaving it, completes what was typed last.
    let complete = move || {
        let now = state.filter.get_untracked();
        let done = words::complete(&now, names);
        if done.trim_end() != now.trim_end() || apart.with_untracked(|(_, now)| names(&now.to_ascii_lowercase())) {
            state.filter.set(done);
        }
    };
    let remove = move |at: usize| {
        let (mut chips, now) = apart.get_untracked();
        if at < chips.len() {
            chips.remove(at);
        }
        put(&chips, &now);
        dom::focus(input.get_untracked().map(Into::into));
    };
    let chip = move |(at, text): (usize, String)| {
        let name = format!("Remove {text}");
        view! { <span class="chip">{text}<button type="button" aria-label=name on:click=move |_| remove(at)>"×"</button></span> }
    };
    let key = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Enter" => complete(),
        "Backspace" if now.with_untracked(String::is_empty) => remove(apart.with_untracked(|(chips, _)| chips.len().wrapping_sub(1))),
        _ => {}
    };
    let known = Memo::new(move |_| apart.with(|(chips, _)| chips.clone()));
    let typed = move |event: web_sys::Event| {
        let typed = event_target_value(&event);
        put(&known.get_untracked(), &typed);
        // What is pasted may be chips from its beginning to its end: what is left is then what was there before, and the field
        // would not hear of it.
        let left = now.get_untracked();
        if let Some(input) = input.get_untracked().filter(|_| left != typed) {
            input.set_value(&left);
        }
    };
    view! {
        <div class="filter-box">
            {move || known.get().into_iter().enumerate().map(chip).collect::<View>()}
            <input
                type="search"
                node_ref=input
                aria-label="Filter"
                aria-keyshortcuts="/"
                placeholder=example
                autocomplete="off"
                spellcheck="false"
                prop:value=now
                on:input=typed
                on:keydown=key
                on:blur=move |_| complete()
            />
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
}

pub(super) fn no_match(state: TableState) -> View {
    use crate::components::action::Action;
    view! {
        <div class="empty">
            <h2>"Nothing matches"</h2>
            <p>"What you typed or chose above leaves no row. " {state.usual.fields}</p>
            <Action label="Clear the filter" on=move |()| state.clear()/>
        </div>
    }
}
