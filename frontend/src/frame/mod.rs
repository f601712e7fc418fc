//! What surrounds every page.

use leptos::prelude::*;

/// The frame around a page.
#[component]
pub(crate) fn Frame(children: Children) -> impl IntoView {
    view! { <main id="main">{children()}</main> }
}
