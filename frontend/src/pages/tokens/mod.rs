//! The token studio: playback tokens are made, signed and read here, in the browser alone. The key that signs, the tokens and
//! what is pasted in are sent to nobody.

mod check;
mod form;
mod held;
mod jwt;
mod made;
mod typed;

use crate::api::query;
use crate::components::copy::Copy;
use crate::components::form::FormState;
use crate::components::page::{Head, card};
use crate::shared::{channels, clock, place};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::GetChannel;
use held::Held;
use leptos_router::hooks::use_query_map;
use typed::Typed;

/// The page.
#[component]
pub(crate) fn Tokens() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());
    let known = Memo::new(move |_| list.with(|state| state.value().cloned()));
    let typed = Typed::new();
    // Who comes from the page of a channel means that one.
    let address = use_query_map();
    let meant = Memo::new(move |_| address.with(|query| query.get("channel").unwrap_or_default()));
    let meant = channels::arn(scope, meant);
    let chosen = query::call(move || {
        let arn = typed.channel.get();
        (!arn.is_empty()).then(|| (scope.get(), GetChannel { arn }))
    });
    let address = Memo::new(move |_| chosen.with(|state| state.value().and_then(|reply| reply.channel.as_ref()?.playback_url.clone())));

    // Actions
    let held = Held::new();
    let form = FormState::new(move || typed.check());
    provide_context(form);
    let (token, pasted) = (RwSignal::new(None), RwSignal::new(String::new()));
    // What is on the screen is what is typed.
    effect(move || {
        typed.claims(0.0);
        held.print.track();
        token.set(None);
    });

    // Another region has other channels.
    effect(move || {
        scope.track();
        typed.channel.set(meant.get().filter(|arn| Arn::parse(arn).is_some()).unwrap_or_default());
    });

    // View
    let now = clock::now();
    // Once they are signed, those that were: when it expires does not move any more.
    let json = Signal::derive(move || {
        let signed = token.with(|token: &Option<String>| token.as_ref().and_then(|token| jwt::read(token).ok()));
        signed.map_or_else(|| jwt::pretty(&typed.claims(now.get() / 1000.0)), |signed| jwt::pretty(&signed.claims))
    });
    let claims = view! { <pre class="cli">{json}</pre> };
    view! {
        <Head title="Token studio" below=|| view! { <span>"Playback tokens for private channels. Keys and tokens stay in this browser."</span> }/>
        <div class="split">
            <div class="stack">
                {held::card(scope, held)}
                {form::card(list, known, typed, form, held, token)}
            </div>
            <div class="stack">
                {card("Claims", view! { <Copy name="Copy claims" text=json/> }, claims)}
                {made::card(scope, typed, address, token, pasted)}
                {check::card(scope, known, held, pasted)}
            </div>
        </div>
    }
}
