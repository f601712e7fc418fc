//! One playback key pair.

use super::keys;
use crate::api::{Scope, query};
use crate::components::badge::Tone;
use crate::components::copy::Copy;
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::{Noun, Page};
use crate::shared::resource::{Deletion, Known, Shown, delete_button, delete_dialog, detail_page, of_page};
use crate::shared::{arn, channels, place};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use contract::playback_key_pair::{DeletePlaybackKeyPair, GetPlaybackKeyPair};

/// What goes with it.
const LOSES: &[(Tone, &str)] = &[
    (Tone::Bad, "Tokens that are signed with its private half open no stream any more, those that are out already among them."),
    (Tone::Plain, "Whoever is watching goes on."),
    (Tone::Plain, "The same public key can be imported again."),
];

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = of_page(Noun::PlaybackKey, scope);
    let query = query::call(move || Some((scope.get(), GetPlaybackKeyPair { arn: arn.get()? }))).every(60_000.0);
    let pair = Memo::new(move |_| query.with(|state| state.value().and_then(|reply| reply.key_pair.clone())).unwrap_or_default());
    let fingerprint = Memo::new(move |_| pair.with(|pair| pair.fingerprint.clone().unwrap_or_default()));
    let shown = Shown::of(Noun::PlaybackKey, scope, id, query, |reply| {
        let pair = reply.key_pair.as_ref()?;
        Some(Known { arn: pair.arn.clone()?, name: pair.name.clone().unwrap_or_default(), tags: pair.tags.clone(), unready: None })
    });
    let list = keys(scope);

    // Actions
    let deletion = Deletion::of(
        shown,
        |arn| DeletePlaybackKeyPair { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn.as_deref() != Some(arn)));
        },
    );

    // View
    detail_page(
        shown,
        || View::Nothing,
        move || delete_button(deletion, None),
        move || {
            let print = view! { <code>{fingerprint}</code> <Copy name="Copy fingerprint" text=fingerprint/> };
            let about = view! { <p class="soft">"MD5 over the DER of the public key: " <code>"openssl pkey -pubin -in public.pem -outform DER | openssl md5 -c"</code> " says the same."</p> };
            view! {
                <div class="split">
                    <div class="stack">
                        {card("Key pair", View::Nothing, view! { {properties(vec![property("Fingerprint", print)])} {about} })}
                        {opens(scope)}
                        {shown.code_card(pair)}
                    </div>
                    <div class="stack">{shown.tags_card()}</div>
                </div>
                {delete_dialog(deletion, None, LOSES.to_vec())}
            }
        },
    )
}

/// Every key of a region opens every private channel of it.
fn opens(scope: Memo<Scope>) -> View {
    let list = channels::channels(move || scope.get());
    let private = move || {
        let private = |channel: &&ChannelSummary| channel.authorized == Some(true);
        list.with(|state| state.value().map(|pages| pages.items.iter().filter(private).cloned().collect::<Vec<_>>()).unwrap_or_default())
    };
    let row = move |channel: ChannelSummary| {
        let arn = channel.arn.unwrap_or_default();
        let to = Page::Channel(scope.get_untracked(), Arn::short(&arn).to_owned()).path();
        view! { <li><a class="link" href=to>{arn::called(channel.name.as_deref(), &arn).to_owned()}</a></li> }
    };
    let none = move || {
        private().is_empty().then(|| view! { <p class="soft">"No channel of this region is private, as far as they are listed."</p> })
    };
    let body = view! {
        <p class="soft">"Any key pair of the region opens any of its private channels: a token names the channel."</p>
        <ul class="used-by">{each(private, |channel| channel.arn.clone().unwrap_or_default(), row)}</ul>
        {none}
    };
    card("Private channels", View::Nothing, body)
}
