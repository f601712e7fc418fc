//! The playback key pairs of a region, its three places for them, and how one takes the place of another.

use super::{SLOTS, keys};
use crate::api::{Query, Scope, query};
use crate::components::load::{Stage, stage};
use crate::components::table::{Column, Usual};
use crate::routes::{At, Noun, Page};
use crate::shared::arn::called;
use crate::shared::resource::{ListPage, Listed, list_page, listed, names};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::playback_key_pair::{GetPlaybackKeyPair, ImportPlaybackKeyPair, ListPlaybackKeyPairs, PlaybackKeyPairSummary};

const COLUMNS: &[Column] = &[
    Column::usual("name", "Name", "main"),
    Column::unsorted("looked-up", "Fingerprint", ""),
    Column::unsorted("tags", "Tags", "narrow-2"),
    Column::unsorted("arn", "ARN", "narrow-1"),
];

const USUAL: Usual = Usual {
    list: "playback-key-pairs",
    sort: "name",
    columns: COLUMNS,
    names: |word| names(word, &[]),
    fields: "Fields are name: and tag:key=value.",
};

/// The page.
#[component]
pub(crate) fn List() -> View {
    let scope = place::scope();
    let query = keys(scope);
    list_page(ListPage {
        noun: Noun::PlaybackKey,
        scope,
        usual: USUAL,
        found: listed::<ListPlaybackKeyPairs>(query, row),
        head: "name,arn,tags",
        off: session::off::<ImportPlaybackKeyPair>(),
        what_for: "Private channels are opened by tokens that you sign with the private half of a key pair. IVS knows such a token by the public half, which is imported here.",
        above: view! { {slots(scope, query)} {rotation(scope, query)} },
        looked_up: Some(fingerprint),
        example: "Name, tag:team=platform…",
    })
}

fn row(item: &PlaybackKeyPairSummary) -> Listed {
    Listed {
        arn: item.arn.clone().unwrap_or_default(),
        name: item.name.clone().unwrap_or_default(),
        tags: item.tags.clone(),
        facts: Vec::new(),
    }
}

/// IVS's list does not say it: each is looked up.
fn fingerprint(scope: Memo<Scope>, arn: String) -> View {
    let query = query::call(move || Some((scope.get(), GetPlaybackKeyPair { arn: arn.clone() })));
    let stage = stage(query.bare());
    let found = move || query.with(|state| state.value().and_then(|reply| reply.key_pair.as_ref()?.fingerprint.clone()));
    let show = move || match (stage.get(), found()) {
        (_, Some(print)) => view! { <code title=print.clone()>{print.clone()}</code> },
        (Stage::Failed, None) => view! { <span class="soft">"could not be looked up"</span> },
        (Stage::Waiting | Stage::There, None) => view! { <span class="faint">"…"</span> },
    };
    show.into_view()
}

/// By its name, to its page.
fn way(scope: Memo<Scope>, key: &PlaybackKeyPairSummary) -> View {
    let arn = key.arn.clone().unwrap_or_default();
    let to = Page::Resource(scope.get(), Noun::PlaybackKey, At::One(Arn::short(&arn).to_owned())).path();
    view! { <a class="link" href=to>{called(key.name.as_deref(), &arn).to_owned()}</a> }
}

/// The places, those that are free among them.
fn slots(scope: Memo<Scope>, query: Query<crate::api::Pages<PlaybackKeyPairSummary>>) -> View {
    let slot = move |at: usize| {
        let key = move || query.with(|state| state.value().and_then(|pages| pages.items.get(at).cloned()));
        let known = move || query.with(|state| state.value().is_some_and(|pages| pages.complete));
        let inside = move || match key() {
            Some(key) => way(scope, &key),
            None if known() => view! { <span class="soft">"Free"</span> },
            None => view! { <span class="faint">"…"</span> },
        };
        view! { <li class:taken=move || key().is_some()><small>"Slot " {(at + 1).to_string()}</small>{inside}</li> }
    };
    view! { <ol class="slots" aria-label="Slots">{(0..SLOTS).map(slot).collect::<View>()}</ol> }
}

/// One after the other: nobody who may watch is shut out in between.
fn rotation(scope: Memo<Scope>, query: Query<crate::api::Pages<PlaybackKeyPairSummary>>) -> View {
    let full = Memo::new(move |_| query.with(|state| state.value().is_some_and(|pages| pages.items.len() >= SLOTS)));
    let to = move || Page::Resource(scope.get(), Noun::PlaybackKey, At::New).path();
    let pairs = move || query.with(|state| state.value().map(|pages| pages.items.clone()).unwrap_or_default());
    let name = move |key: PlaybackKeyPairSummary| view! { <li>{way(scope, &key)}</li> };
    // On its page one is deleted; which is the old one, IVS does not say.
    let names = move || view! { <ul aria-label="Pairs to delete">{each(pairs, |key| key.arn.clone().unwrap_or_default(), name)}</ul> };
    let first = move || match full.get() {
        true => view! { "All slots are taken: delete the pair that nothing signs with any more, then import the next one." {names()} },
        false => view! { <a class="link" href=to>"Import the next pair"</a> ", or generate it there. Both are good from then on." },
    };
    let last = move || (!full.get()).then(names);
    let studio = move || Page::Tokens(scope.get()).path();
    view! {
        <details class="rotate">
            <summary>"Rotate a key pair"</summary>
            <ol>
                <li>{first}</li>
                <li>"Let what signs your tokens use the private half of the new one. Compare its fingerprint with the one in the list; the " <a class="link" href=studio>"Token studio"</a> " says which key has signed a token."</li>
                <li>"Wait until tokens of the old one are used up: they open a stream until they expire. Then delete it. Whoever is watching goes on." {last}</li>
            </ol>
        </details>
    }
}
