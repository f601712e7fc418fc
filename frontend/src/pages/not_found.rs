//! Not found.

use leptos::prelude::*;

#[component]
pub(crate) fn NotFound() -> impl IntoView {
    view! { <h1>"Not found"</h1> }
}
