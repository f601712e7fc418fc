//! What can be done with one stream key of the list.

use super::Keys;
use super::look::Found;
use crate::api::{Change, client};
use crate::components::action::Off;
use crate::components::table::item;
use crate::routes::{Ask, Page, ask, tags_of};
use crate::shared::{arn, session, toasts};
use crate::view::prelude::*;
use contract::own::RevealStreamKey;
use contract::stream_key::{CreateStreamKey, DeleteStreamKey};
use contract::tag::Tags;
use leptos::task::spawn_local;

/// The items, for the row whose menu is open.
#[component]
pub(super) fn Menu() -> View {
    let Keys { source, looks, menu, create, half } = expect_context::<Keys>();
    let channel = menu.of.get_untracked().and_then(|index| source.channels.with_untracked(|channels| channels.get(index).cloned()));
    let Some(channel) = channel else { return View::Nothing };
    let scope = source.scope.get_untracked();
    let page = Page::Channel(scope.clone(), channel.id().to_owned());
    let found = untrack(|| looks.known(channel.arn()));
    let why = match &found {
        Found::Key(_) => None,
        Found::None => Some("The channel has no stream key."),
        Found::Waiting | Found::Failed(_) => Some("Its stream key is not looked up yet."),
    };
    let with_key = move |role: Off| -> Off { Signal::derive(move || role.get().or_else(|| why.map(ToOwned::to_owned))) };
    // What the old key was tagged with is known there.
    let broken = half.with_untracked(|half| half.iter().any(|arn| arn == channel.arn()));
    let items = match found {
        Found::None if broken => item::link("Finish the reset on its page", page.path(), Signal::stored(None)),
        Found::None => {
            let channel = channel.clone();
            let make = Callback::new(move |()| {
                let arn = channel.arn().to_owned();
                let request = CreateStreamKey { channel_arn: arn.clone(), tags: Tags::new() };
                let done = format!("Stream key of {} created", channel.called());
                create.run(Change::new(scope.clone(), request, done), move |_| looks.again(&arn));
            });
            item::button("Create stream key", session::off::<CreateStreamKey>(), make)
        }
        other @ (Found::Key(_) | Found::Waiting | Found::Failed(_)) => {
            let key = if let Found::Key(key) = other { key.arn.unwrap_or_default() } else { String::new() };
            let request = RevealStreamKey { account: scope.account, region: scope.region, arn: key.clone(), reason: None };
            let copy = Callback::new(move |()| copy(request.clone()));
            view! {
                {item::button("Copy stream key without showing it", with_key(session::off_route::<RevealStreamKey>()), copy)}
                {item::link("Tags of the key", tags_of(&key), with_key(Signal::stored(None)))}
            }
        }
    };
    let items = view! {
        {item::link("Open channel", page.path(), Signal::stored(None))}
        {items}
        {item::danger("Reset stream key…", ask(&page, Ask::Reset), with_key(session::off::<DeleteStreamKey>()))}
        {item::danger("Delete stream key…", ask(&page, Ask::DeleteKey), with_key(session::off::<DeleteStreamKey>()))}
    };
    menu.shown(channel.called(), items)
}

fn copy(request: RevealStreamKey) {
    spawn_local(async move {
        match client::own(&request).await {
            Err(problem) => drop(toasts::failed(problem, None, String::new())),
            Ok(revealed) => arn::copy(revealed.value.expose().to_owned(), "Stream key copied without showing it").await,
        }
    });
}
