//! Set-up.

use leptos::prelude::*;

#[component]
pub(crate) fn Setup() -> impl IntoView {
    view! { <h1>"Set-up"</h1> }
}
