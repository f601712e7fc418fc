//! Whether it is live: since when, how well, for how many.

use super::Shown;
use super::ad_break::{self, AdBreak};
use super::metadata::{self, Metadata};
use super::off_air::{self, OffAir};
use super::stop::{self, Stop};
use crate::components::copy::CopyBox;
use crate::components::load::failure;
use crate::components::locale;
use crate::components::page;
use crate::components::properties::{properties, property};
use crate::shared::on_air::OnAir;
use crate::shared::{clock, stream_badge};
use crate::view::prelude::*;
use contract::stream::{StreamHealth, StreamSummary};

pub(super) fn card(shown: Shown, stop: Stop, off_air: OffAir, metadata: Metadata, ad_break: AdBreak) -> View {
    let known = Memo::new(move |_| shown.on_air.with(OnAir::known));
    let stream = Signal::derive(move || shown.on_air.with(|on_air| on_air.stream().cloned()).unwrap_or_default());
    let playback = Signal::derive(move || shown.channel.with(|channel| channel.playback_url.clone().unwrap_or_default()));
    let body = view! {
        <div class="stack">
            {failure(shown.streams.bare())}
            <div aria-live="polite">{move || known.get().map_or_else(not_known, |on_air| if on_air { live(stream) } else { offline() })}</div>
            <CopyBox label="Playback URL" text=playback/>
            <div class="row">{metadata::button(metadata)} {ad_break::button(ad_break)}</div>
            {ad_break::answered(ad_break)}
        </div>
    };
    let on_air = move || (known.get() == Some(true)).then(|| view! { {off_air::button(off_air)} {stop::button(shown, stop, None)} });
    page::card("Stream", on_air.into_view(), body.into_view())
}

fn not_known() -> View {
    view! { <p class="soft">"Whether it is live is not known yet."</p> }
}

fn offline() -> View {
    view! { <p class="soft">"Offline. Start the encoder with the server and the stream key of this channel; it takes a few seconds until it shows here."</p> }
}

fn live(stream: Signal<StreamSummary>) -> View {
    let now = clock::now();
    let started = Memo::new(move |_| stream.with(|stream| stream.start_time.as_deref().and_then(locale::parse_time)));
    let since = move || started.get().map_or_else(String::new, |started| locale::clock(now.get() - started));
    let exact = move || started.get().map(|started| format!("{} · {}", locale::date_time(started), locale::utc(started)));
    let viewers = Memo::new(move |_| stream.with(|stream| stream_badge::viewers(stream.viewer_count)));
    let starving = Memo::new(move |_| stream.with(|stream| stream.health == Some(StreamHealth::Starving)));
    view! {
        <dl class="stats">
            <div>
                <dt>"Viewers"</dt>
                <dd>{viewers}</dd>
            </div>
            <div>
                <dt>"On air for"</dt>
                <dd aria-live="off" title=exact>{since}</dd>
            </div>
        </dl>
        {properties(vec![
            property("Health", move || stream.with(|stream| stream_badge::health(stream.health.as_ref()))),
            property("Stream id", move || view! { <code>{stream.with(|stream| stream.stream_id.clone())}</code> }),
            property("Started", move || started.get().map(locale::date_time)),
        ])}
        {move || {
            starving
                .get()
                .then(|| view! { <p class="note warn">"The encoder sends too little, most often because of its uplink. Viewers may see the picture stall."</p> })
        }}
    }
}
