//! Viewer sessions: disconnecting viewers of private channels, one or many.

mod many;
mod one;
mod pairs;

use crate::components::load::failure;
use crate::components::page::Head;
use crate::shared::known_channels::Known;
use crate::shared::{channels, place};
use crate::view::prelude::*;

/// The page.
#[component]
pub(crate) fn Viewers() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());
    let known = Memo::new(move |_| {
        let region = scope.get().region;
        list.with(|state| {
            let complete = state.value().is_some_and(|pages| pages.complete);
            Known::of(region, state.value().map_or(&[], |pages| pages.items.as_slice()), complete)
        })
    });

    // View
    view! {
        <Head title="Viewer sessions" below=move || view! { <span>"Disconnects viewers of private channels in " {move || scope.get().region} "."</span> }/>
        {failure(list.bare())}
        {what_it_does()}
        <div class="halves">
            {one::card(scope, known)}
            {many::card(scope, known)}
        </div>
    }
}

/// What revoking does and does not do (`docs/ivs-behaviour.md` 2.10).
fn what_it_does() -> View {
    view! {
        <ul class="note what">
            <li>"Only sessions that were begun with a token with a viewer id (aws:viewer-id) are revoked. Public channels need no token, so there is nothing to revoke there."</li>
            <li>"IVS begins it and answers at once: viewers lose the picture some time later. A viewer id that nobody has is no error."</li>
            <li>"A later token with a higher version opens the channel again. To keep somebody out, stop giving out tokens to them, too."</li>
        </ul>
    }
}
