//! Names and values of one thing.

use leptos::prelude::*;

/// One name with its value.
pub(crate) fn property(name: &'static str, value: impl IntoView) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd>{value.into_any()}</dd>
    }
    .into_any()
}

/// The list of them.
pub(crate) fn properties(items: Vec<AnyView>) -> AnyView {
    view! { <dl class="props">{items}</dl> }.into_any()
}
