//! The keys, shown by `?`.

use super::palette;
use crate::view::prelude::*;
use leptos::ev;
use wasm_bindgen::JsCast;

const KEYS: [(&str, &str); 6] = [
    ("Ctrl K  or  ⌘ K", "Find channels, ARNs, pages and actions"),
    ("/", "Filter the list"),
    ("↑ ↓", "Move in a list"),
    ("Enter", "Open what is chosen"),
    ("Esc", "Close, and go back to where you were"),
    ("?", "Show these keys"),
];

#[component]
pub(super) fn KeyList() -> View {
    let dialog = NodeRef::<web_sys::HtmlDialogElement>::new();
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.key() == "k" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            palette::open();
        } else if event.key() == "?" && !typing(&event) {
            show(dialog);
        }
    });
    on_cleanup(move || listener.remove());
    let row = |(key, what): (&'static str, &'static str)| view! { <dt><kbd>{key}</kbd></dt><dd>{what}</dd> };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="keys-title">
            <h2 id="keys-title">"Keys"</h2>
            <dl class="keys">{KEYS.map(row)}</dl>
            <div class="foot">
                <button class="btn" type="button" on:click=move |_| close(dialog)>"Close"</button>
            </div>
        </dialog>
    }
}

fn show(dialog: NodeRef<web_sys::HtmlDialogElement>) {
    if let Some(dialog) = dialog.get_untracked() {
        // It is open already if this is refused.
        let _open = dialog.show_modal();
    }
}

fn close(dialog: NodeRef<web_sys::HtmlDialogElement>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}

/// Does the key belong to something one types into, or to an open dialog?
fn typing(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.closest("input, textarea, select, dialog, [contenteditable]").is_ok_and(|found| found.is_some()))
}
