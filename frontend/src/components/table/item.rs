//! The items of a row's menu: links and buttons. One that is off stays, and says why.

use crate::components::action::Off;
use crate::view::prelude::*;

/// Leads somewhere.
pub(crate) fn link(label: &'static str, href: String, off: Off) -> View {
    leads(label, href, "item", off)
}

/// Leads to a question before something that cannot be undone.
pub(crate) fn danger(label: &'static str, href: String, off: Off) -> View {
    leads(label, href, "item danger", off)
}

fn leads(label: &'static str, href: String, class: &'static str, off: Off) -> View {
    match off.get_untracked() {
        None => view! { <a class=class href=href>{label}</a> },
        Some(why) => is_off(label, class, why),
    }
}

/// Does something at once.
pub(crate) fn button(label: &'static str, off: Off, on: Callback<()>) -> View {
    match off.get_untracked() {
        None => view! { <button type="button" class="item" on:click=move |_| on.run(())>{label}</button> },
        Some(why) => is_off(label, "item", why),
    }
}

/// A click on it does nothing, and leaves the menu open.
fn is_off(label: &'static str, class: &'static str, why: String) -> View {
    let nothing = |event: web_sys::MouseEvent| event.stop_propagation();
    view! { <button type="button" class=class aria-disabled="true" on:click=nothing>{label}<small>{why}</small></button> }
}
