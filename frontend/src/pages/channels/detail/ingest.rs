//! Where an encoder sends to, and what it signs in with.

use super::Shown;
use crate::api::{Change, Mutation, query};
use crate::components::action::Action;
use crate::components::copy::CopyBox;
use crate::components::load::{load, skeleton_lines};
use crate::components::page;
use crate::components::secret_box::SecretBox;
use crate::shared::{encoder, endpoints, reveal, session};
use crate::view::prelude::*;
use contract::own::RevealPassphrase;
use contract::stream_key::{CreateStreamKey, ListStreamKeys};

/// `created`: the encoder's settings stand above already, in the steps of a new channel.
pub(super) fn card(shown: Shown, created: Memo<bool>) -> View {
    let endpoints = Memo::new(move |_| shown.channel.with(endpoints::of));
    let box_of = |endpoint: &endpoints::Endpoint| view! { <CopyBox label=endpoint.label text=Signal::stored(endpoint.url.clone())/> };
    let body = view! {
        <div class="stack">
            {move || endpoints.with(|endpoints| endpoints.iter().map(box_of).collect::<View>())}
            {passphrase(shown)}
            {stream_key(shown)}
            <Show when=move || !created.get()>
                <div>
                    <h3>"Encoder settings"</h3>
                    {encoder::settings(shown.channel, Signal::derive(move || shown.channel.with(endpoints::server)), false)}
                </div>
            </Show>
        </div>
    };
    page::card("Ingest", View::Nothing, body.into_view())
}

fn passphrase(shown: Shown) -> View {
    let off = session::off_route::<RevealPassphrase>();
    let insecure = Memo::new(move |_| shown.channel.with(|channel| channel.insecure_ingest == Some(true)));
    let fetch = reveal::by(move || {
        let scope = shown.scope.get_untracked();
        RevealPassphrase { account: scope.account, region: scope.region, arn: untrack(|| shown.arn()), reason: None }
    });
    view! {
        <SecretBox label="SRT passphrase" off=off reveal=fetch/>
        {move || insecure.get().then(|| view! { <p class="note warn">"Insecure ingest is allowed: RTMP without TLS, and SRT without the passphrase."</p> })}
    }
}

/// The stream key of the channel: IVS allows one.
fn stream_key(shown: Shown) -> View {
    let arn = Memo::new(move |_| shown.arn());
    let keys = query::pages(move || {
        let request = ListStreamKeys { channel_arn: arn.get(), max_results: Some(50), ..ListStreamKeys::default() };
        (!request.channel_arn.is_empty()).then(|| (shown.scope.get(), request))
    });
    let create = Mutation::action();
    let off = session::off::<CreateStreamKey>();
    let make = Callback::new(move |()| {
        let request = CreateStreamKey { channel_arn: arn.get_untracked(), ..CreateStreamKey::default() };
        create.run(Change::new(shown.scope.get_untracked(), request, "Stream key created"), move |_| keys.refetch());
    });
    load(
        keys,
        || skeleton_lines(1),
        move |pages| {
            let key = Memo::new(move |_| pages.with(|pages| pages.items.first().and_then(|key| key.arn.clone())));
            let body = move || match key.get() {
                Some(key) => reveal::stream_key(shown.scope, key),
                None => view! {
                    <p class="note">"This channel has no stream key, so no encoder can send to it."</p>
                    <Action label="Create stream key" off=off busy=create.busy() on=make/>
                },
            };
            view! { <div class="stack">{body}</div> }
        },
    )
}
