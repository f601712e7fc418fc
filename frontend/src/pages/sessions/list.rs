//! The stream sessions of one channel, newest first.

use super::which;
use crate::api::{Paged, Pages, Query, Scope, query};
use crate::components::badge::{Tone, badge, none};
use crate::components::load::{Stage, failure, stage};
use crate::components::locale;
use crate::components::page::Head;
use crate::components::table::{Cells, Column, Compare, Matches, Rows, Table, TableState, Usual};
use crate::routes::{Page, sessions_of};
use crate::shared::export::{self, Export, panel};
use crate::shared::known_channels::Known;
use crate::shared::on_air::OnAir;
use crate::shared::{arn, channels, clock, place, session, stream_badge};
use crate::view::prelude::*;
use contract::Code;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use contract::stream_session::{ListStreamSessions, StreamSessionSummary};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use std::sync::Arc;

const USUAL: Usual = Usual {
    list: "sessions",
    sort: "-started",
    columns: &[
        Column::usual("started", "Started", ""),
        Column::usual("state", "State", ""),
        Column::usual("ended", "Ended", "narrow-2"),
        Column::usual("length", "How long", "num narrow-0"),
        Column::usual("errors", "Error events", "narrow-1"),
        Column::usual("stream", "Stream id", "half narrow-3"),
    ],
    names: |_| false,
    fields: "What can be typed is a part of a stream id or of a date, live, ended and errors.",
};

/// The word of the choice that leaves out what went well.
const ERRORS: &str = "errors";

/// A row.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    stream: String,
    started: Option<f64>,
    ended: Option<f64>,
    /// IVS names no end: it is going on.
    live: bool,
    errors: bool,
}

impl Row {
    fn of(summary: &StreamSessionSummary) -> Self {
        let time = |text: &Option<String>| text.as_deref().and_then(locale::parse_time);
        Self {
            stream: summary.stream_id.clone().unwrap_or_default(),
            started: time(&summary.start_time),
            ended: time(&summary.end_time),
            live: summary.end_time.is_none(),
            errors: summary.has_error_event == Some(true),
        }
    }

    /// What can be searched for, in lower case.
    fn words(&self) -> String {
        let date = self.started.map(locale::date_time).unwrap_or_default();
        let state = if self.live { "live" } else { "ended" };
        locale::lower(&format!("{}\n{date}\n{state}\n{}", self.stream, if self.errors { ERRORS } else { "" }))
    }

    /// How long, by the time now while it goes on.
    fn length(&self, now: f64) -> Option<f64> {
        self.started.zip(if self.live { Some(now) } else { self.ended }).map(|(from, to)| to - from)
    }
}

/// Where the rows come from.
#[derive(Clone, Copy)]
struct Source {
    scope: Memo<Scope>,
    /// The channel's id.
    id: Memo<String>,
    rows: Memo<Arc<Vec<Row>>>,
    table: TableState,
}

/// The page.
#[component]
pub(crate) fn List() -> View {
    // Query
    let scope = place::scope();
    let address = use_query_map();
    let said = Memo::new(move |_| address.with(|query| query.get("channel").unwrap_or_default()));
    let channels = channels::channels(move || scope.get());
    let found = Memo::new(move |_| find(&said.get(), &scope.get()));
    let id = Memo::new(move |_| found.with(|found| found.as_ref().map(|found| found.clone().unwrap_or_default()).unwrap_or_default()));
    let wrong = Memo::new(move |_| found.get().and_then(Result::err));
    let of_id = channels::arn(scope, id);
    let channel = Memo::new(move |_| of_id.get().filter(|_| id.with(|id| !id.is_empty())));
    let query = query::pages(move || {
        Some((scope.get(), ListStreamSessions { channel_arn: channel.get()?, max_results: Some(100), ..ListStreamSessions::default() }))
    });
    let query = query.every(60_000.0);
    follow(scope, channel, query);
    let rows = Memo::new(move |_| {
        query.with(|state| state.value().map(|pages| Arc::new(pages.items.iter().map(Row::of).collect::<Vec<_>>()))).unwrap_or_default()
    });
    let table = TableState::new(USUAL);
    let source = Source { scope, id, rows, table };

    // Actions
    let navigate = use_navigate();
    let open = Callback::new(move |index: usize| {
        let stream = rows.with_untracked(|rows| rows.get(index).map(|row| row.stream.clone()));
        if let Some(stream) = stream {
            navigate(&Page::Session(scope.get_untracked(), id.get_untracked(), stream).path(), NavigateOptions::default());
        }
    });

    // View
    let any = Memo::new(move |_| channel.with(Option::is_some));
    let name = Memo::new(move |_| channels.with(|state| state.value().and_then(|pages| name_of(&pages.items, &id.get()))));
    let gone = Memo::new(move |_| name.with(Option::is_none) && channels.with(|state| state.value().is_some_and(|pages| pages.complete)));
    let listed = stage(query.bare());
    // A channel that is not there and has no session may never have been there.
    let unknown = Memo::new(move |_| {
        let none = query.with(|state| match (state.value(), state.problem()) {
            (Some(pages), _) => pages.complete && pages.items.is_empty(),
            (None, problem) => problem.is_some_and(|problem| problem.code == Some(Code::ResourceNotFoundException)),
        });
        gone.get() && none
    });
    let body = move || match (any.get(), unknown.get()) {
        (false, _) => nothing_chosen(scope, channels),
        (true, true) => unknown_channel(),
        (true, false) => view! {
            {failure(query.bare())}
            {move || (gone.get() && listed.get() == Stage::There).then(deleted)}
            <Table
                label="Stream sessions"
                rows=table_rows(source, open)
                state=table
                loading=Signal::derive(move || listed.get() == Stage::Waiting)
                example="Date, stream id, live, errors…"
                tools=move || segments(source)
                more=move || panel(export(source, query))
                empty=move || (listed.get() == Stage::There).then(none_yet)
            />
        },
    };
    view! {
        <div class="list-page">
            <Head title="Stream sessions" below=move || below(source, query, channel, name)/>
            {which::field(scope, channels, said, wrong)}
            {body}
        </div>
    }
}

/// The id that the address means: nothing yet while it is not known who is signed in, nor where the address names none.
fn find(said: &str, scope: &Scope) -> Option<Result<String, String>> {
    if said.is_empty() {
        return None;
    }
    // An id is one whatever it looks like: IVS says whether it knows it.
    if !said.starts_with("arn:") {
        return Some(Ok(said.to_owned()));
    }
    Some(match which::meant(said, scope, &session::me()?, &Known::default()) {
        Ok((there, id)) if there == *scope => Ok(id),
        Ok((there, _)) => Err(format!("That channel is in {} · {}: look there with the button.", there.account, there.region)),
        Err(why) => Err(why),
    })
}

/// What goes on air or off is in the list soon, not after a minute: the live streams are looked at more often.
fn follow(scope: Memo<Scope>, channel: Memo<Option<String>>, query: Query<Pages<StreamSessionSummary>>) {
    let live = channels::streams(move || scope.get());
    let stream = Memo::new(move |_| {
        let arn = channel.get()?;
        live.with(|state| match OnAir::of(state, &arn) {
            OnAir::NotKnown => None,
            OnAir::No => Some((arn, None)),
            OnAir::Yes(stream) => Some((arn, stream.stream_id)),
        })
    });
    let before = StoredValue::new(None);
    effect(move || {
        let Some(now) = stream.get() else { return };
        let before = before.try_update_value(|before| before.replace(now.clone())).flatten();
        if before.is_some_and(|before| before.0 == now.0 && before.1 != now.1) {
            query.refetch();
        }
    });
}

fn name_of(channels: &[ChannelSummary], id: &str) -> Option<String> {
    let arn = |channel: &ChannelSummary| channel.arn.clone().unwrap_or_default();
    channels
        .iter()
        .find(|channel| Arn::short(&arn(channel)) == id)
        .map(|channel| arn::called(channel.name.as_deref(), &arn(channel)).to_owned())
}

fn below(source: Source, query: Query<Pages<StreamSessionSummary>>, channel: Memo<Option<String>>, name: Memo<Option<String>>) -> View {
    let of = move || {
        let Some(arn) = channel.get() else { return view! { <span>"The last 60 days of a channel, even of one that was deleted."</span> } };
        let to = Page::Channel(source.scope.get(), source.id.get()).path();
        let link = name.get().map(|name| view! { <span>"of " <a class="link" href=to>{name}</a></span> });
        view! { {link} {arn::arn(&arn)} }
    };
    let count = move || {
        let (all, complete) = query.with(|state| state.value().map_or((None, true), |pages| (Some(pages.items.len()), pages.complete)));
        let all = all?;
        let mut text = format!("{all} {}{}", if all == 1 { "session" } else { "sessions" }, if complete { "" } else { " so far" });
        if source.table.filters() || source.table.show.with(|show| !show.is_empty()) {
            text.push_str(&format!(" · {} match", source.table.matched()));
        }
        Some(text)
    };
    view! { {of} <span role="status">{count}</span> }
}

fn deleted() -> View {
    view! { <p class="note above">"This channel was deleted. IVS keeps its sessions for 60 days after each, and nothing else of it."</p> }
}

fn unknown_channel() -> View {
    view! {
        <div class="card"><div class="empty" role="status">
            <h2>"IVS knows no sessions of this channel"</h2>
            <p>"The ARN is mistyped, or the channel was deleted and its last session is older than 60 days."</p>
        </div></div>
    }
}

fn none_yet() -> View {
    view! {
        <div class="empty">
            <h2>"No streams in the last 60 days"</h2>
            <p>"A session begins when an encoder signs in with the channel's stream key. IVS keeps each for 60 days."</p>
        </div>
    }
}

/// What is most often looked for, where nothing is chosen: what is on air.
fn nothing_chosen(scope: Memo<Scope>, list: Query<Pages<ChannelSummary>>) -> View {
    let live = channels::streams(move || scope.get());
    let on_air = Memo::new(move |_| live.with(|state| state.value().map(|pages| pages.items.clone()).unwrap_or_default()));
    let row = move |channel: String| {
        let id = Arn::short(&channel).to_owned();
        let to = sessions_of(&scope.get_untracked(), &id);
        let name = move || list.with(|state| state.value().and_then(|pages| name_of(&pages.items, &id))).unwrap_or_else(|| id.clone());
        view! { <li class="row"><a class="link" href=to>{name}</a>{stream_badge::state(Some(true))}</li> }
    };
    let arns = move || on_air.with(|streams| streams.iter().filter_map(|stream| stream.channel_arn.clone()).collect::<Vec<_>>());
    let any = Memo::new(move |_| on_air.with(|streams| !streams.is_empty()));
    let now = move || any.get().then(|| view! { <h2>"On air now"</h2><ul class="used-by">{each(arns, Clone::clone, row)}</ul> });
    view! {
        <div class="card"><div class="body stack">
            <p class="soft">"Choose a channel to see when it was live, for how long, and what went wrong. That of a deleted channel is found by its ARN."</p>
            <div>{now}</div>
        </div></div>
    }
}

/// What IVS lists of each.
fn export(source: Source, query: Query<Pages<StreamSessionSummary>>) -> Export {
    Export {
        file: Signal::derive(move || format!("stream-sessions-{}-{}", source.id.get(), source.scope.get().region)),
        called: ("stream session", "stream sessions"),
        member: ListStreamSessions::ITEMS,
        head: "streamId,startTime,endTime,hasErrorEvent",
        state: source.table,
        row: export::row(query),
        beside: None,
        full: None,
    }
}

/// All of them, or those that something went wrong in.
fn segments(source: Source) -> View {
    let count = move |errors: bool| source.rows.with(|rows| rows.iter().filter(|row| !errors || row.errors).count());
    let button = move |label: &'static str, word: &'static str| {
        view! {
            <button type="button" aria-pressed=move || source.table.show.with(|show| show == word).to_string() on:click=move |_| source.table.show.set(word.to_owned())>
                {label}
                <small>{move || count(!word.is_empty()).to_string()}</small>
            </button>
        }
    };
    view! { <div class="segmented" role="group" aria-label="Which sessions">{button("All", "")}{button("With errors", ERRORS)}</div> }
}

fn table_rows(source: Source, open: Callback<usize>) -> Rows {
    let rows = source.rows;
    let of = move |index: usize, read: fn(&Row) -> String| rows.with(|rows| rows.get(index).map(read).unwrap_or_default());
    Rows {
        count: Signal::derive(move || rows.with(|rows| rows.len())),
        key: Arc::new(move |index| of(index, |row| row.stream.clone())),
        name: Arc::new(move |index| of(index, |row| row.started.map_or_else(|| row.stream.clone(), locale::date_time))),
        matches: Arc::new(move |words| matches(source, words)),
        compare: Arc::new(move |column| compare(&rows.get(), column)),
        cells: Arc::new(move |index| cells(source, index)),
        open,
        selection: None,
        menu: None,
    }
}

fn matches(source: Source, words: &[String]) -> Matches {
    let texts = source.rows.with(|rows| rows.iter().map(|row| (row.errors, row.words())).collect::<Vec<_>>());
    let (errors, words) = (source.table.show.with(|show| show == ERRORS), words.to_vec());
    Box::new(move |index| {
        texts.get(index).is_some_and(|(failed, text)| (*failed || !errors) && words.iter().all(|word| text.contains(word.as_str())))
    })
}

fn compare(rows: &Arc<Vec<Row>>, column: &str) -> Compare {
    // What goes on is the longest by its end, and in the order of its start by its length.
    let end = |row: &Row| if row.live { f64::INFINITY } else { row.ended.unwrap_or_default() };
    let by: fn(&Row) -> f64 = match column {
        "state" => |row| f64::from(u8::from(row.live)),
        "errors" => |row| f64::from(u8::from(row.errors)),
        "length" => |row| if row.live { f64::INFINITY } else { row.length(0.0).unwrap_or_default() },
        _ => |row| row.started.unwrap_or_default(),
    };
    let (rows, column) = (Arc::clone(rows), column.to_owned());
    Box::new(move |a, b| {
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else { return a.cmp(&b) };
        match column.as_str() {
            "stream" => a.stream.cmp(&b.stream),
            "ended" => end(a).total_cmp(&end(b)),
            _ => by(a).total_cmp(&by(b)),
        }
    })
}

fn cells(source: Source, index: Signal<usize>) -> Cells {
    let row = Memo::new(move |_| source.rows.with(|rows| rows.get(index.get()).cloned()));
    let now = clock::now();
    let date = |at: Option<f64>| at.map_or_else(none, |at| view! { <time title=locale::utc(at)>{locale::date_time(at)}</time> });
    Box::new(move |column| {
        let Some(row) = row.get() else { return View::Nothing };
        match column {
            "started" => {
                let to = Page::Session(source.scope.get(), source.id.get(), row.stream.clone()).path();
                let title = row.started.map(locale::utc);
                let mark = row.errors.then(|| view! { <span class="badge bad only-narrow" role="img" aria-label="Errors">"■"</span> });
                view! { <a class="link" href=to title=title>{row.started.map_or_else(|| row.stream.clone(), locale::date_time)}</a>{mark} }
            }
            "state" if row.live => badge(Tone::Live, "LIVE"),
            "state" => badge(Tone::Plain, "Ended"),
            "ended" => date(row.ended),
            "length" if row.live => {
                let length = move || row.length(now.get()).map(locale::clock);
                view! { <span aria-live="off">{length}</span> }
            }
            "length" => row.length(0.0).map_or_else(none, |length| locale::clock(length).into_view()),
            "errors" if row.errors => badge(Tone::Bad, "Errors"),
            "errors" => none(),
            _ => view! { <code title=row.stream.clone()>{row.stream}</code> },
        }
    })
}
