//! Where an encoder sends to, and what it signs in with.

use super::stop::Stop;
use super::{Shown, stream_key};
use crate::components::copy::CopyBox;
use crate::components::page;
use crate::components::secret_box::SecretBox;
use crate::shared::{encoder, endpoints, reveal, session};
use crate::view::prelude::*;
use contract::own::RevealPassphrase;

/// `created`: the encoder's settings stand above already, in the steps of a new channel.
pub(super) fn card(shown: Shown, stop: Stop, created: Memo<bool>) -> View {
    let endpoints = Memo::new(move |_| shown.channel.with(endpoints::of));
    let box_of = |endpoint: &endpoints::Endpoint| view! { <CopyBox label=endpoint.label text=Signal::stored(endpoint.url.clone())/> };
    let body = view! {
        <div class="stack">
            {move || endpoints.with(|endpoints| endpoints.iter().map(box_of).collect::<View>())}
            {passphrase(shown)}
            {stream_key::box_of(shown, stop)}
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
