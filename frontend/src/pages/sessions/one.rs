//! One stream session: what happened in it, what the encoder sent, how the channel was, where the recording lies.

use super::{events, ingest, recording, snapshot};
use crate::api::{Query, Scope, query};
use crate::components::badge::{Tone, badge};
use crate::components::copy::Copy;
use crate::components::load::{Stage, load, skeleton_lines, stage};
use crate::components::locale;
use crate::components::page::{Head, card};
use crate::routes::{Page, sessions_of};
use crate::shared::arn::called;
use crate::shared::{channels, clock, place};
use crate::view::prelude::*;
use contract::stream_session::{GetStreamSession, GetStreamSessionResponse, StreamSession};

/// What happens after the end is told within this time, in milliseconds: a recording ends after the reconnect window, which is five
/// minutes at most.
const AFTERMATH: f64 = 360_000.0;

/// A session on the screen. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) scope: Memo<Scope>,
    /// The channel's id and its ARN.
    pub(super) channel: Memo<String>,
    pub(super) arn: Memo<Option<String>>,
    pub(super) session: Memo<StreamSession>,
    query: Query<GetStreamSessionResponse>,
}

impl Shown {
    /// When it began.
    pub(super) fn started(self) -> Option<f64> {
        self.session.with(|session| session.start_time.as_deref().and_then(locale::parse_time))
    }

    fn ended(self) -> Option<f64> {
        self.session.with(|session| session.end_time.as_deref().and_then(locale::parse_time))
    }

    /// Does it go on? Not while nothing is known of it.
    pub(super) fn live(self) -> bool {
        self.session.with(|session| session.end_time.is_none() && session.start_time.is_some())
    }
}

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let scope = place::scope();
    let here = place::page();
    // On the way to another page this one is still there for a moment.
    let ids = Memo::new(move |before: Option<&(String, String)>| {
        let now = here
            .with(|page| if let Some(Page::Session(_, channel, stream)) = page { Some((channel.clone(), stream.clone())) } else { None });
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let channel = Memo::new(move |_| ids.with(|(channel, _)| channel.clone()));
    let arn = channels::arn(scope, channel);
    let query = query::call(move || {
        let stream_id = Some(ids.with(|(_, stream)| stream.clone()));
        Some((scope.get(), GetStreamSession { channel_arn: arn.get()?, stream_id }))
    });
    let session = Memo::new(move |_| query.with(|state| state.value().and_then(|reply| reply.stream_session.clone()).unwrap_or_default()));
    let shown = Shown { scope, channel, arn, session, query };
    let now = clock::now();
    let query = query.every_while(10_000.0, move || shown.live() || shown.ended().is_some_and(|ended| now.get() - ended < AFTERMATH));

    // View
    let waiting = || view! { <div class="split">{card("Events", View::Nothing, skeleton_lines(8))}{card("Channel at go-live", View::Nothing, skeleton_lines(6))}</div> };
    let body = move || {
        // Another session is another page.
        ids.track();
        load(query, waiting, move |_| cards(shown))
    };
    view! {
        {head(shown)}
        {body}
    }
}

fn cards(shown: Shown) -> View {
    view! {
        <div class="split">
            <div class="stack">{events::card(shown)}</div>
            <div class="stack">
                {ingest::card(shown)}
                {recording::card(shown)}
                {snapshot::channel(shown)}
                {snapshot::slate(shown)}
            </div>
        </div>
    }
}

fn head(shown: Shown) -> View {
    let there = stage(shown.query.bare());
    let there = move || there.get() == Stage::There;
    let above = Signal::derive(move || sessions_of(&shown.scope.get(), &shown.channel.get()));
    let name = Memo::new(move |_| {
        let then = shown.session.with(|session| session.channel.as_ref().and_then(|channel| channel.name.clone()));
        called(then.as_deref(), &shown.channel.get()).to_owned()
    });
    let live = Memo::new(move |_| shown.live());
    let beside = move || there().then(|| if live.get() { badge(Tone::Live, "LIVE") } else { badge(Tone::Plain, "Ended") });
    let stream = Memo::new(move |_| shown.session.with(|session| session.stream_id.clone().unwrap_or_default()));
    let below = move || {
        there().then(|| {
            view! {
                <span>{move || times(shown)}</span>
                <span class="arn"><code>{stream}</code><Copy name="Copy stream id" text=stream/></span>
            }
        })
    };
    let to = Signal::derive(move || Page::Channel(shown.scope.get(), shown.channel.get()).path());
    let gone = snapshot::gone(snapshot::now(shown));
    view! {
        <Head
            above=("Stream sessions", above)
            title=TextProp::from(move || format!("Session of {}", name.get()))
            beside=beside
            below=below
            actions=move || (!gone.get()).then(|| view! { <a class="btn" href=move || to.get()>"Channel"</a> })
        />
    }
}

/// From when to when, and how long.
fn times(shown: Shown) -> View {
    let Some(started) = shown.started() else { return View::Nothing };
    let exact = |at: f64| view! { <time title=locale::utc(at)>{locale::exact_time(at)}</time> };
    match shown.ended() {
        Some(ended) => view! { {exact(started)} " – " {exact(ended)} " · " <b>{locale::clock(ended - started)}</b> },
        None => {
            let now = clock::now();
            view! { "Since " {exact(started)} " · on air for " <b aria-live="off">{move || locale::clock(now.get() - started)}</b> }
        }
    }
}
