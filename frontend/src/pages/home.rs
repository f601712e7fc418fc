//! `/`: leads to the account and region of last time, or to the first there are.

use crate::routes::Page;
use crate::shared::place;
use crate::view::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub(crate) fn Home() -> View {
    let scope = place::scope();
    let navigate = use_navigate();
    effect(move || {
        let scope = scope.get();
        if !scope.account.is_empty() {
            let (navigate, path) = (navigate.clone(), Page::Channels(scope).path());
            // Going back must not come here again. A frame later, since until then the router has not put `/` into the
            // history: the page before would be replaced in its place.
            request_animation_frame(move || navigate(&path, NavigateOptions { replace: true, ..NavigateOptions::default() }));
        }
    });
    view! {
        <Show when=move || scope.with(|scope| scope.account.is_empty())>
            <h1 tabindex="-1">"No account is set up"</h1>
            <p class="soft">
                "The configuration names no AWS account. " <a class="link" href=Page::Setup.path()>"Set-up"</a> " says what is missing."
            </p>
        </Show>
    }
}
