//! Welcome.

use leptos::prelude::*;

#[component]
pub(crate) fn Welcome() -> impl IntoView {
    view! { <h1>"Welcome"</h1> }
}
