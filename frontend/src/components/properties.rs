//! Names and values of one thing.

use crate::view::prelude::*;

/// One name with its value.
pub(crate) fn property(name: &'static str, value: impl Child) -> View {
    view! {
        <dt>{name}</dt>
        <dd>{value.into_view()}</dd>
    }
}

/// The list of them.
pub(crate) fn properties(items: Vec<View>) -> View {
    view! { <dl class="props">{items}</dl> }
}
