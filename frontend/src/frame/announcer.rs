//! Says a change of page to those who do not see it: the focus goes to its heading, and its name is read out. The tab
//! has that name too.

use crate::components::{dom, part};
use crate::shared::{place, session};
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Announcer() -> View {
    let page = place::page();
    let said = RwSignal::new(String::new());
    let arrived = StoredValue::new(false);
    // A page that comes with a part of the app may have no heading yet.
    let due = StoredValue::new(true);
    let arrive = move || {
        let Some(heading) = heading().filter(|_| due.get_value()) else { return };
        due.set_value(false);
        let text = heading.text_content().unwrap_or_default();
        dom::name_tab(&text);
        // The first page is read out by the browser itself.
        if !arrived.try_update_value(|arrived| std::mem::replace(arrived, true)).unwrap_or(true) {
            return;
        }
        // Whoever is typing already, such as in a field with autofocus, stays there.
        if document().active_element().is_none_or(|active| active.tag_name() != "INPUT") {
            let _not_focusable = heading.focus();
            // A page begins at its top, where the way back stands above the heading, however far down the one before was.
            if let Ok(Some(main)) = heading.closest("main") {
                main.set_scroll_top(0);
            }
        }
        said.set(text);
    };
    effect(move || {
        page.track();
        session::current().track();
        due.set_value(true);
        dom::after_paint(arrive);
    });
    let arrivals = part::arrivals();
    effect(move || {
        arrivals.track();
        dom::after_paint(arrive);
    });
    view! { <p class="unseen" aria-live="polite">{said}</p> }
}

fn heading() -> Option<web_sys::HtmlElement> {
    document().query_selector("main h1").ok().flatten()?.dyn_into().ok()
}
