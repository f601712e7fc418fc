//! Create channel.

use leptos::prelude::*;

#[component]
pub(crate) fn New() -> impl IntoView {
    view! { <h1>"Create channel"</h1> }
}
