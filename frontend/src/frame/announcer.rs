//! Says a change of page to those who do not see it: the focus goes to its heading, and its name is read out.

use crate::shared::place;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Announcer() -> impl IntoView {
    let page = place::page();
    let said = RwSignal::new(String::new());
    let arrive = move || {
        let Some(heading) = heading() else { return };
        let text = heading.text_content().unwrap_or_default();
        // Whoever is typing already, such as in a field with autofocus, stays there.
        if document().active_element().is_none_or(|active| active.tag_name() != "INPUT") {
            let _not_focusable = heading.focus();
        }
        said.set(text);
    };
    Effect::new(move |before: Option<()>| {
        page.track();
        // The first page is read out by the browser itself.
        if before.is_some() {
            request_animation_frame(move || request_animation_frame(arrive));
        }
    });
    view! { <p class="unseen" aria-live="polite">{said}</p> }
}

fn heading() -> Option<web_sys::HtmlElement> {
    document().query_selector("main h1").ok().flatten()?.dyn_into().ok()
}
