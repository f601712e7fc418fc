//! The keys, shown by `?`.

use super::palette;
use crate::components::dialog::shown_while;
use crate::components::dom;
use crate::view::prelude::*;
use leptos::ev;

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
    let open = RwSignal::new(false);
    let dialog = shown_while(open);
    let listener = window_event_listener(ev::keydown, move |event| {
        if event.key() == "k" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            palette::open();
        } else if event.key() == "?" && !dom::typing(&event) {
            open.set(true);
        }
    });
    on_cleanup(move || listener.remove());
    let row = |(key, what): (&'static str, &'static str)| view! { <dt><kbd>{key}</kbd></dt><dd>{what}</dd> };
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="keys-title" on:close=move |_| open.set(false)>
            <h2 id="keys-title">"Keys"</h2>
            <dl class="keys">{KEYS.map(row)}</dl>
            <div class="foot">
                <button class="btn" type="button" on:click=move |_| open.set(false)>"Close"</button>
            </div>
        </dialog>
    }
}
