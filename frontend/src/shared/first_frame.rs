//! From a new channel to its first frame: settings for the encoder, then waiting for the picture.

use super::{encoder, endpoints, reveal};
use crate::api::{Scope, query};
use crate::components::copy::CopyBox;
use crate::components::page::card;
use crate::view::prelude::*;
use contract::channel::Channel;
use contract::stream_key::ListStreamKeys;

/// The steps for a channel.
pub(crate) fn steps(scope: Memo<Scope>, channel: Signal<Channel>, live: Signal<bool>) -> View {
    let server = Signal::derive(move || channel.with(endpoints::server));
    let body = view! {
        <ol class="steps">
            <li>
                <h3>"Give the encoder its server and stream key"</h3>
                <CopyBox label="Server" text=server/>
                {key(scope, channel)}
            </li>
            <li>
                <h3>"Set what it sends"</h3>
                {encoder::settings(channel, server, true)}
            </li>
            <li class:done=live>
                <h3>"Start it"</h3>
                <p role="status">{move || if live.get() { "On air. The first frame has arrived." } else { "Waiting for the first frame…" }}</p>
            </li>
        </ol>
    };
    view! { <div class="first-frame">{card("To the first frame", View::Nothing, body.into_view())}</div> }
}

fn key(scope: Memo<Scope>, channel: Signal<Channel>) -> View {
    let arn = Memo::new(move |_| channel.with(|channel| channel.arn.clone()));
    let keys = query::pages(move || {
        Some((scope.get(), ListStreamKeys { channel_arn: arn.get()?, max_results: Some(50), ..ListStreamKeys::default() }))
    });
    let first = Memo::new(move |_| keys.with(|state| state.value().and_then(|pages| pages.items.first()).and_then(|key| key.arn.clone())));
    (move || first.get().map(|key| reveal::stream_key(scope, key, Callback::new(move |()| keys.refetch())))).into_view()
}
