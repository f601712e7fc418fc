//! Which account and which region.

use crate::api::Scope;
use crate::components::guard::leave;
use crate::routes::Page;
use crate::shared::{place, session};
use crate::view::prelude::*;
use leptos_router::hooks::use_navigate;
use web_sys::wasm_bindgen::JsCast as _;

#[component]
pub(super) fn PlaceSwitch() -> View {
    let (scope, page) = (place::scope(), place::page());
    let navigate = use_navigate();
    let go = StoredValue::new_local(move |scope: Scope| {
        let here = page.get_untracked().unwrap_or(Page::Home);
        let (next, navigate) = (here.within(scope), navigate.clone());
        let stays = here.kind() == next.kind();
        let go = move || navigate(&next.path(), Default::default());
        // The same form elsewhere keeps what is typed.
        if stays { go() } else { leave(go) }
    });
    let to_account = move |name: String| {
        let accounts = session::me().map(|me| me.accounts).unwrap_or_default();
        let Some(account) = accounts.into_iter().find(|account| account.name == name) else { return };
        let here = scope.get_untracked().region;
        let region = if account.regions.contains(&here) { Some(here) } else { account.regions.into_iter().next() };
        go.with_value(|go| go(Scope { account: name, region: region.unwrap_or_default() }));
    };
    let to_region = move |region: String| go.with_value(|go| go(Scope { region, ..scope.get_untracked() }));
    let accounts = Memo::new(move |_| session::me().map(|me| me.accounts).unwrap_or_default());
    let names = move || accounts.with(|all| all.iter().map(|account| (account.name.clone(), account.name.clone())).collect());
    let regions = move || {
        let here = scope.get().account;
        let found = accounts.with(|all| all.iter().find(|account| account.name == here).map(|account| account.regions.clone()));
        found.unwrap_or_default().into_iter().map(|region| (with_place(&region), region)).collect()
    };
    view! {
        <div class="scope" hidden=move || accounts.with(Vec::is_empty)>
            {switch("Account", Signal::derive(names), Signal::derive(move || scope.get().account), to_account)}
            {switch("Region", Signal::derive(regions), Signal::derive(move || scope.get().region), to_region)}
        </div>
    }
}

/// A region with the place it is in, as `eu-west-1 · Ireland`.
fn with_place(region: &str) -> String {
    match contract::region::place(region) {
        "" => region.to_owned(),
        place => format!("{region} · {place}"),
    }
}

/// A choice of few: label and value of each.
fn switch(label: &'static str, options: Signal<Vec<(String, String)>>, chosen: Signal<String>, choose: impl Fn(String) + 'static) -> View {
    let option = move |(text, value): (String, String)| {
        let this = value.clone();
        view! { <option value=value prop:selected=move || chosen.get() == this>{text}</option> }
    };
    let change = move |event: web_sys::Event| {
        choose(event_target_value(&event));
        // Whoever stays to save something first is still here: what is chosen follows the address.
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok()) {
            select.set_value(&chosen.get_untracked());
        }
    };
    view! {
        <select class="quiet-select" aria-label=label on:change=change>
            {move || options.get().into_iter().map(option).collect::<View>()}
        </select>
    }
}
