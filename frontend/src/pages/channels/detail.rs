//! One channel: whether it is live, where to send to, where to watch, what it is made of.

mod ad_break;
mod configuration;
mod delete;
mod delete_key;
mod ingest;
mod metadata;
mod off_air;
mod on_air;
mod past;
mod reset;
mod stop;
mod stream;
mod stream_key;

use super::one;
use crate::api::{Pages, Problem, Query, Scope, State, query};
use crate::components::action::Off;
use crate::components::load::{Stage, failed_load, load, skeleton_lines, stage};
use crate::components::page::{Head, card};
use crate::components::time::Ago;
use crate::routes::{Ask, Page};
use crate::shared::on_air::OnAir;
use crate::shared::{arn, as_code, channels, clock, first_frame, place, session, stream_badge, tags_card};
use crate::view::prelude::*;
use contract::Code;
use contract::arn::Arn;
use contract::channel::{Channel, DeleteChannel, GetChannel, GetChannelResponse};
use contract::stream::{PutMetadata, StopStream, StreamSummary};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

/// A channel on the screen, and what its cards need to know.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) scope: Memo<Scope>,
    pub(super) query: Query<GetChannelResponse>,
    pub(super) channel: Signal<Channel>,
    /// The live streams of its region.
    pub(super) streams: Query<Pages<StreamSummary>>,
    /// What they say of this channel.
    pub(super) on_air: Memo<OnAir>,
    /// The question that the address asks of a channel, by its id, until it is asked.
    asked: RwSignal<Option<(String, Ask)>>,
}

impl Shown {
    pub(super) fn arn(self) -> String {
        self.channel.with(|channel| channel.arn.clone().unwrap_or_default())
    }

    /// Asks the question that the address asks, once it is known whether it `applies`: where it does not, or may not be done, the
    /// page shows why.
    pub(super) fn when_asked(self, ask: Ask, off: Off, applies: impl Fn() -> Option<bool> + 'static, open: impl Fn() + 'static) {
        effect(move || {
            let arn = self.arn();
            let this = self.asked.with(|asked| asked.as_ref().is_some_and(|(id, asked)| *asked == ask && *id == Arn::short(&arn)));
            let Some(applies) = this.then(&applies).flatten() else { return };
            self.asked.set(None);
            if applies && off.with_untracked(Option::is_none) {
                untrack(&open);
            }
        });
    }

    /// What people call it: its name, or the last part of its ARN.
    pub(super) fn name(self) -> String {
        self.channel.with(|channel| arn::called(channel.name.as_deref(), channel.arn.as_deref().unwrap_or_default()).to_owned())
    }
}

fn tagged(shown: Shown) -> tags_card::Tagged {
    tags_card::Tagged {
        scope: shown.scope,
        arn: Memo::new(move |_| shown.arn()),
        tags: Memo::new(move |_| shown.channel.with(|channel| channel.tags.clone())),
        again: Callback::new(move |()| shown.query.refetch()),
    }
}

/// The page.
#[component]
pub(crate) fn Detail() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = one::of_page(scope);
    let query = query::call(move || Some((scope.get(), GetChannel { arn: arn.get()? }))).every(30_000.0);
    let streams = channels::streams(move || scope.get());
    let on_air = Memo::new(move |_| arn.get().map(|arn| streams.with(|state| OnAir::of(state, &arn))).unwrap_or_default());

    // View
    let crumb = Signal::derive(move || Page::Channels(scope.get()).path());
    let waiting = move || {
        view! {
            <div class="split">
                {card("Stream", View::Nothing, skeleton_lines(4))}
                {card("Configuration", View::Nothing, skeleton_lines(6))}
            </div>
        }
    };
    let channel = Memo::new(move |_| query.with(|state| state.value().and_then(|reply| reply.channel.clone()).unwrap_or_default()));
    let lost = Memo::new(move |_| query.with(lost));
    let shown = Shown { scope, query, channel: channel.into(), streams, on_air, asked: asked() };
    let deleting = RwSignal::new(false);
    // What was asked about one channel is not asked about another.
    effect(move || {
        id.track();
        deleting.set(false);
    });
    // Another channel is another page: nothing of the one before stays open. The heading stays, since the focus is on it.
    let cards = move || {
        id.track();
        match lost.get() {
            Some(problem) => missing(shown, problem, crumb),
            None => load(query, waiting, move |_| page(shown, deleting)),
        }
    };
    view! {
        {head(shown, crumb, id, lost, deleting)}
        {cards}
    }
}

/// What the address asks. It leaves the address at once: nobody is asked again who loads the page again or comes back to it.
fn asked() -> RwSignal<Option<(String, Ask)>> {
    let (query, path, navigate) = (use_query_map(), use_location().pathname, use_navigate());
    let asked = RwSignal::new(None);
    effect(move || {
        let Some(ask) = query.with(|query| query.get("ask")) else { return };
        let id = path.with_untracked(|path| Page::parse(path)).and_then(|page| page.channel().map(ToOwned::to_owned));
        asked.set(id.zip(Ask::named(&ask)));
        navigate(&path.get_untracked(), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    });
    asked
}

/// Why there is no channel to show: none was found, or the one that was there is gone.
fn lost(state: &State<GetChannelResponse>) -> Option<Problem> {
    let problem = state.problem()?;
    (state.value().is_none() || problem.code == Some(Code::ResourceNotFoundException)).then(|| problem.clone())
}

fn missing(shown: Shown, problem: Problem, list: Signal<String>) -> View {
    view! {
        {failed_load(problem, Callback::new(move |()| shown.query.refetch()))}
        <p><a class="btn" href=move || list.get()>"Go to the channels"</a></p>
    }
}

fn head(shown: Shown, crumb: Signal<String>, id: Memo<String>, lost: Memo<Option<Problem>>, deleting: RwSignal<bool>) -> View {
    let stage = stage(shown.query.bare());
    let there = move || stage.get() == Stage::There && lost.with(Option::is_none);
    let at = Memo::new(move |_| shown.query.with(State::at));
    let now = clock::now();
    let title = move || if there() { shown.name() } else { id.get() };
    let beside = move || {
        there().then(|| {
            let on_air = shown.on_air.get();
            let health = on_air.stream().map(|stream| stream_badge::health(stream.health.as_ref()));
            view! { <div class="row">{stream_badge::state(on_air.known())} {health}</div> }
        })
    };
    let age = move || at.get().map(|at| view! { <span class="faint nowrap">"looked up " <Ago at=Signal::stored(at) now=now/></span> });
    let below = move || there().then(|| view! { {arn::whole(shown.arn())} {age} });
    let actions = move || there().then(|| delete::button(deleting));
    view! { <Head above=("Channels", crumb) title=TextProp::from(title) beside=beside below=below actions=actions/> }
}

fn page(shown: Shown, deleting: RwSignal<bool>) -> View {
    let stop = stop::Stop::new();
    let query_map = use_query_map();
    let created = Memo::new(move |_| query_map.with(|query| query.get("created").is_some()));
    let live = Memo::new(move |_| shown.on_air.with(|on_air| on_air.stream().is_some()));
    shown.when_asked(Ask::Delete, session::off::<DeleteChannel>(), || Some(true), move || deleting.set(true));
    let on_air = move || shown.on_air.with(OnAir::known);
    let (metadata, ad_break) = (metadata::Metadata::new(shown), ad_break::AdBreak::new(shown));
    shown.when_asked(Ask::Metadata, session::off::<PutMetadata>(), on_air, move || metadata.open());
    shown.when_asked(Ask::AdBreak, ad_break::off(shown), on_air, move || ad_break.ask());
    let off_air = off_air::OffAir::new();
    shown.when_asked(Ask::OffAir, off_air::off(), || Some(true), move || off_air.ask());
    shown.when_asked(Ask::Stop, session::off::<StopStream>(), on_air, move || stop.ask(shown, None));
    view! {
        {move || created.get().then(|| first_frame::steps(shown.scope, shown.channel, live.into()))}
        <div class="split">
            <div class="stack">
                {stream::card(shown, stop, off_air, metadata, ad_break)}
                {metadata::card(metadata)}
                {ingest::card(shown, stop, created)}
            </div>
            <div class="stack">
                {configuration::card(shown)}
                {past::card(shown)}
                {tags_card::card(tagged(shown))}
                {as_code::of_page(shown.scope, shown.channel, Signal::derive(move || shown.arn()))}
            </div>
        </div>
        {ad_break::dialog(ad_break)}
        {stop::dialog(shown, stop, off_air)}
        {off_air::dialog(shown, off_air)}
        {delete::dialog(shown, deleting, stop)}
    }
}
