//! The keys, shown by `?`.

use super::palette;
use crate::components::dialog::{closed, shown_while};
use crate::components::dom;
use crate::components::part::{in_part, part};
use crate::view::prelude::*;
use leptos::ev;

in_part! { console:
    LIST = key_list or fetch_key_list => view! { <List/> };
}

const KEYS: [(&str, &str); 8] = [
    ("Ctrl K  or  ⌘ K", "Find channels, ARNs, pages and actions"),
    ("/", "Filter the list"),
    ("↑ ↓", "Move in a list"),
    ("Enter", "Open what is chosen"),
    ("Space", "Select the row; with Shift, all from the last one"),
    ("Shift F10", "What can be done with the row"),
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
    view! {
        <dialog class="dialog" node_ref=dialog aria-label="Keys" on:close=move |_| closed(dialog, open)>
            <Show when=move || open.get()>
                {part(LIST)}
                <div class="foot">
                    <button class="btn" type="button" on:click=move |_| open.set(false)>"Close"</button>
                </div>
            </Show>
        </dialog>
    }
}

#[component]
fn List() -> View {
    let row = |(key, what): (&'static str, &'static str)| view! { <dt><kbd>{key}</kbd></dt><dd>{what}</dd> };
    view! {
        <h2>"Keys"</h2>
        <dl class="keys">{KEYS.map(row)}</dl>
    }
}
