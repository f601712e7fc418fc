//! Home.

use leptos::prelude::*;

#[component]
pub(crate) fn Home() -> impl IntoView {
    view! { <h1>"Home"</h1> }
}
