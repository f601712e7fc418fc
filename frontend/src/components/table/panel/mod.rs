//! How a list is shown: views that were saved, columns, density. What a person rarely opens comes with a part of the app.

mod columns;
mod views;

use super::TableState;
use crate::components::dom;
use crate::components::part::{in_part, part};
use crate::view::prelude::*;
use web_sys::HtmlElement;

in_part! { console:
    PANEL = panel or fetch_panel => view! { <Panel/> };
}

/// What the panel is about.
#[derive(Clone)]
struct About {
    state: TableState,
    more: ViewFn,
    button: NodeRef<HtmlElement>,
}

const PANEL_ID: &str = "view-panel";

/// The button that opens it. The browser does so itself from the second time on: then the panel is there.
pub(super) fn button(state: TableState, more: ViewFn) -> View {
    let opened = RwSignal::new(false);
    let button = NodeRef::<HtmlElement>::new();
    provide_context(About { state, more, button });
    view! {
        <button type="button" class="btn" popovertarget=PANEL_ID node_ref=button on:click=move |_| opened.set(true)>"View"</button>
        <Show when=move || opened.get()>{part(PANEL)}</Show>
    }
}

#[component]
fn Panel() -> View {
    let About { state, more, button } = expect_context::<About>();
    let panel = NodeRef::<HtmlElement>::new();
    let place = move || {
        if let (Some(panel), Some(button)) = (panel.get_untracked(), button.get_untracked()) {
            dom::place_at(&panel, &button);
        }
    };
    dom::after_paint(move || {
        if let Some(panel) = panel.get_untracked() {
            // It is not shown yet.
            let _shown = panel.show_popover();
        }
    });
    let choice = move |compact: bool, label: &'static str| {
        view! {
            <label>
                <input type="radio" name="density" checked=move || state.compact.get() == compact on:change=move |_| state.set_compact(compact)/>
                {label}
            </label>
        }
    };
    view! {
        <div class="float view-panel" id=PANEL_ID popover="auto" role="group" aria-label="View" node_ref=panel on:beforetoggle=move |_| place()>
            {views::views(state)}
            {columns::columns(state)}
            <fieldset class="segments">
                <legend>"Rows"</legend>
                {choice(false, "Comfortable")}
                {choice(true, "Compact")}
            </fieldset>
            {more.run()}
        </div>
    }
}
