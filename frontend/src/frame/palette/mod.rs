//! `Ctrl/⌘ K`: one field that finds channels, ARNs, pages and actions.

mod find;
mod search;

use crate::components::dialog::shown_while;
use crate::view::prelude::*;
use search::Search;

thread_local! {
    static OPEN: RwSignal<bool> = RwSignal::new(false);
}

/// Opens it, from anywhere.
pub(super) fn open() {
    OPEN.with(|open| open.set(true));
}

#[component]
pub(super) fn Palette() -> View {
    let open = OPEN.with(|open| *open);
    let dialog = shown_while(open);
    // A click beside it, on its backdrop, counts as one on the dialog itself.
    let beside = move |event: web_sys::MouseEvent| {
        if event.target() == event.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog class="palette" node_ref=dialog aria-label="Find" on:close=move |_| open.set(false) on:click=beside>
            <Show when=move || open.get()>
                <Search done=move || open.set(false) />
            </Show>
        </dialog>
    }
}
