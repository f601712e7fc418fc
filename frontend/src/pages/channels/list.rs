//! Channels.

use leptos::prelude::*;

#[component]
pub(crate) fn List() -> impl IntoView {
    view! { <h1>"Channels"</h1> }
}
