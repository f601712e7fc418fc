//! Channel.

use leptos::prelude::*;

#[component]
pub(crate) fn Detail() -> impl IntoView {
    view! { <h1>"Channel"</h1> }
}
