//! From a new channel to its first frame: settings for the encoder, then waiting for the picture.

use super::{endpoints, reveal};
use crate::api::{Scope, query};
use crate::components::copy::CopyBox;
use crate::components::page::card;
use crate::view::prelude::*;
use contract::channel::Channel;
use contract::stream_key::ListStreamKeys;

/// The steps for a channel.
pub(crate) fn steps(scope: Memo<Scope>, channel: Signal<Channel>, live: Signal<bool>) -> View {
    let server =
        Signal::derive(move || channel.with(|channel| endpoints::of(channel).first().map(|first| first.url.clone()).unwrap_or_default()));
    let body = view! {
        <ol class="steps">
            <li>
                <h3>"Give the encoder its server and stream key"</h3>
                <CopyBox label="Server" text=server/>
                {key(scope, channel)}
            </li>
            <li>
                <h3>"Set what it sends"</h3>
                {encoder(server)}
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
    (move || first.get().map(|key| reveal::stream_key(scope, key))).into_view()
}

/// What the two encoders that most people have want to be told.
fn encoder(server: Signal<String>) -> View {
    let ffmpeg = move || {
        format!(
            "ffmpeg -re -i input.mp4 -c:v libx264 -preset veryfast -b:v 4500k -maxrate 4500k -bufsize 9000k \\\n  -g 60 -keyint_min 60 -sc_threshold 0 -pix_fmt yuv420p -c:a aac -b:a 160k -ar 48000 \\\n  -f flv \"{}$STREAM_KEY\"",
            server.get()
        )
    };
    view! {
        <details open>
            <summary>"OBS Studio"</summary>
            <p>"Settings, Stream: service Custom, the server and the stream key from above. Output: keyframe interval 2 s, rate control CBR, profile main. 1080p at up to 8,500 kb/s; 6,000 kb/s suits most."</p>
        </details>
        <details>
            <summary>"ffmpeg"</summary>
            <pre class="cli">{ffmpeg}</pre>
        </details>
    }
}
