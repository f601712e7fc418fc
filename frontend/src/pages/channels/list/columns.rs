//! The columns of the list: what stands in them and how they sort.

use super::meant::Meant;
use super::rows::{Channel, Source, links, names, starving};
use crate::components::badge::none;
use crate::components::table::{Cells, Column, Compare, Matches, Rows, TableState, Usual, has, quoted};
use crate::routes::Page;
use crate::shared::arn::id;
use crate::shared::{stream_badge, words};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::stream::StreamSummary;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One that shows only where somebody wants it.
const fn more(id: &'static str, label: &'static str) -> Column {
    Column { id, label, class: "", sorts: true, usual: false }
}

/// Live first: what an operator came for.
pub(in crate::pages::channels) const USUAL: Usual = Usual {
    list: "channels",
    sort: "state",
    columns: &[
        Column::usual("name", "Name", ""),
        Column::usual("state", "State", ""),
        Column::usual("health", "Health", "narrow-1"),
        Column::usual("viewers", "Viewers", "num narrow-0"),
        Column::usual("type", "Type", "narrow-2"),
        Column::usual("latency", "Latency", "narrow-3"),
        Column::usual("playback", "Playback", "narrow-2"),
        Column::unsorted("tags", "Tags", "narrow-3"),
        Column::unsorted("arn", "ARN", "narrow-4"),
        more("recording", "Recording"),
        more("policy", "Restriction policy"),
        more("ads", "Ad configuration"),
        more("slate", "Failover slate"),
        more("preset", "Preset"),
        more("insecure", "Insecure ingest"),
    ],
    names,
    fields: HELP,
};

/// As they are typed.
pub(in crate::pages::channels) const HELP: &str = "Fields are live, attention, state:offline, name:, health:, type:, latency:, playback:, tag:key=value, and recording:on, policy:off, ads:on, slate:off.";

pub(in crate::pages::channels) fn rows(source: Source) -> Rows {
    Rows {
        count: Signal::derive(move || source.channels.with(|channels| channels.len())),
        key: Arc::new(move |index| {
            source.channels.with(|channels| channels.get(index).map(|channel| channel.arn().to_owned()).unwrap_or_default())
        }),
        name: Arc::new(move |index| {
            source.channels.with(|channels| channels.get(index).map(|channel| channel.called()).unwrap_or_default())
        }),
        matches: Arc::new(move |words| matches(source, words)),
        compare: Arc::new(move |column| compare(source, column)),
        cells: Arc::new(move |index| cells(source, index)),
        open: Callback::new(|_| ()),
        selection: None,
        menu: None,
    }
}

/// Every word that was typed.
fn matches(source: Source, words: &[String]) -> Matches {
    let (channels, only) = (source.channels.get(), source.only.get());
    let words: Vec<Meant> = words.iter().map(|word| Meant::of(word)).collect();
    // Streams change every few seconds; without such a choice they do not decide who is shown.
    let by_state = !only.word().is_empty() || words.iter().any(|word| !matches!(word, Meant::Text(_)));
    let streams = if by_state { source.streams.get() } else { Arc::default() };
    Box::new(move |index| {
        let Some(channel) = channels.get(index) else { return false };
        let stream = streams.get(channel.arn());
        words.iter().all(|word| word.fits(channel, stream)) && only.fits(stream)
    })
}

/// By name where the column does not decide; in the column of the state those that want attention come first.
fn compare(source: Source, column: &str) -> Compare {
    let channels = source.channels.get();
    let live = matches!(column, "state" | "health" | "viewers");
    let streams: Arc<BTreeMap<String, StreamSummary>> = if live { source.streams.get() } else { Arc::default() };
    let by = match column {
        "state" => |_: (&Channel, &Channel), (a, b): Streams<'_>| urgency(a).cmp(&urgency(b)),
        "health" => |_: (&Channel, &Channel), (a, b): Streams<'_>| health(a).cmp(health(b)),
        "viewers" => |_: (&Channel, &Channel), (a, b): Streams<'_>| viewers(a).cmp(&viewers(b)),
        "type" => |(a, b): (&Channel, &Channel), _: Streams<'_>| a.summary.kind.cmp(&b.summary.kind),
        "latency" => |(a, b): (&Channel, &Channel), _: Streams<'_>| a.summary.latency_mode.cmp(&b.summary.latency_mode),
        "playback" => |(a, b): (&Channel, &Channel), _: Streams<'_>| a.summary.authorized.cmp(&b.summary.authorized),
        "preset" => |(a, b): (&Channel, &Channel), _: Streams<'_>| a.summary.preset.cmp(&b.summary.preset),
        "insecure" => |(a, b): (&Channel, &Channel), _: Streams<'_>| b.summary.insecure_ingest.cmp(&a.summary.insecure_ingest),
        _ => |_: (&Channel, &Channel), _: Streams<'_>| Ordering::Equal,
    };
    let link = ["recording", "policy", "ads", "slate"].iter().position(|field| *field == column);
    Box::new(move |a, b| {
        let (Some(a), Some(b)) = (channels.get(a), channels.get(b)) else { return a.cmp(&b) };
        let streams = (streams.get(a.arn()), streams.get(b.arn()));
        // Those that have one first.
        let link = |channel| link.map(|at| links(channel)[at].1).map(|arn| (arn.is_none(), arn));
        by((a, b), streams).then_with(|| link(&a.summary).cmp(&link(&b.summary))).then_with(|| by_name(a, b))
    })
}

type Streams<'a> = (Option<&'a StreamSummary>, Option<&'a StreamSummary>);

/// Names are ASCII; those without one come last.
fn by_name(a: &Channel, b: &Channel) -> Ordering {
    let (a, b) = (a.name(), b.name());
    let folded = |byte: u8| byte.to_ascii_lowercase();
    a.is_empty().cmp(&b.is_empty()).then_with(|| a.bytes().map(folded).cmp(b.bytes().map(folded)))
}

fn urgency(stream: Option<&StreamSummary>) -> u8 {
    match stream {
        Some(stream) if starving(stream) => 0,
        Some(_) => 1,
        None => 2,
    }
}

fn health(stream: Option<&StreamSummary>) -> &str {
    stream.and_then(|stream| stream.health.as_ref()).map_or("", |health| health.as_str())
}

fn viewers(stream: Option<&StreamSummary>) -> i64 {
    stream.and_then(|stream| stream.viewer_count).unwrap_or(-2)
}

/// What a row says of the stream changes by itself: a poll that brings another number of viewers leaves the rest as it is.
fn cells(source: Source, index: Signal<usize>) -> Cells {
    let channel = Memo::new(move |_| source.channels.with(|channels| channels.get(index.get()).cloned()));
    let stream = Memo::new(move |_| {
        source.streams.with(|streams| channel.with(|channel| channel.as_ref().and_then(|channel| streams.get(channel.arn()).cloned())))
    });
    let on_air = Memo::new(move |_| stream.with(|stream| (source.on_air(stream.as_ref()), stream.as_ref().is_some_and(starving))));
    let health = Memo::new(move |_| stream.with(|stream| stream.as_ref().map(|stream| stream.health.clone())));
    let viewers = Memo::new(move |_| stream.with(|stream| stream.as_ref().map(|stream| stream.viewer_count)));
    Box::new(move |column| {
        let Some(channel) = channel.get() else { return View::Nothing };
        let summary = &channel.summary;
        match column {
            "name" => name(source, &channel),
            "state" => (move || state(on_air.get())).into_view(),
            "health" => (move || health.with(|health| health.as_ref().map_or_else(none, |health| stream_badge::health(health.as_ref()))))
                .into_view(),
            "viewers" => (move || viewers.get().map_or_else(none, |viewers| stream_badge::viewers(viewers).into_view())).into_view(),
            "type" => summary.kind.as_ref().map(ToString::to_string).into_view(),
            "latency" => summary.latency_mode.as_ref().map(words::latency).into_view(),
            "playback" => playback(&channel).into_view(),
            "tags" => tags(source.table, &channel),
            "arn" => id(channel.arn(), &channel.called()),
            "preset" => summary.preset.as_ref().map(words::preset).into_view(),
            "insecure" => {
                if summary.insecure_ingest == Some(true) {
                    "Allowed".into_view()
                } else {
                    none()
                }
            }
            _ => {
                let arn = links(summary).into_iter().find(|(field, _)| *field == column).and_then(|(_, arn)| arn);
                arn.map_or_else(none, |arn| view! { <code title=arn.to_owned()>{Arn::short(arn).to_owned()}</code> })
            }
        }
    })
}

/// On a narrow page the column of the health is not there, but what wants attention still is.
pub(in crate::pages::channels) fn state((on_air, starving): (Option<bool>, bool)) -> View {
    let mark = starving.then(|| view! { <span class="badge warn only-narrow" role="img" aria-label="Starving">"▲"</span> });
    view! {
        {stream_badge::state(on_air)}
        {mark}
    }
}

pub(in crate::pages::channels) fn name(source: Source, channel: &Channel) -> View {
    let href = source.scope.with_untracked(|scope| Page::Channel(scope.clone(), channel.id().to_owned()).path());
    view! { <a class="link" href=href>{channel.called()}</a> }
}

fn playback(channel: &Channel) -> &'static str {
    words::playback(channel.summary.authorized, channel.summary.playback_restriction_policy_arn.as_deref()).0
}

/// How many tags a row shows; the rest is counted.
const SHOWN: usize = 2;

fn tags(table: TableState, channel: &Channel) -> View {
    let tags = || channel.summary.tags.iter().filter(|(key, _)| *key != contract::tag::OPERATION_TAG);
    let shown = tags().take(SHOWN).map(|(key, value)| tag(table, key, value)).collect::<View>();
    let more = tags().count().saturating_sub(SHOWN);
    view! {
        <span class="tags">
            {shown}
            {(more > 0).then(|| view! { <span class="faint">{format!("+{more}")}</span> })}
        </span>
    }
}

/// Pressed, it narrows the list to those that have it. It is out of the tab order: the same can be typed.
fn tag(table: TableState, key: &str, value: &str) -> View {
    let spaced = key.contains(char::is_whitespace);
    let word = if spaced { quoted("tag:", &format!("{key}={value}")) } else { quoted(&format!("tag:{key}="), value) };
    let narrow = move |_| {
        if table.filter.with_untracked(|typed| !has(typed, &word)) {
            table.filter.update(|typed| *typed = format!("{word} {typed}"));
        }
    };
    view! {
        <button type="button" class="tag" tabindex="-1" title="Show those with this tag" on:click=narrow>
            <b>{key.to_owned()}</b>
            <span>{value.to_owned()}</span>
        </button>
    }
}
