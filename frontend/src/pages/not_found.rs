//! A URL that is no page.

use crate::view::prelude::*;

#[component]
pub(crate) fn NotFound() -> View {
    view! {
        <div class="narrow stack">
            <h1 tabindex="-1">"There is no such page"</h1>
            <p class="soft">"The address may be mistyped, or of another version of the console."</p>
            <p><a class="link" href="/">"Go to the channels"</a></p>
        </div>
    }
}
