//! What the list is of, and its columns.

use crate::api::{Pages, Query, Scope};
use crate::components::badge::none;
use crate::components::locale::{self, lower};
use crate::components::table::{Cells, Column, Compare, Matches, RowMenu, Rows, TableState, Usual, WHOLE};
use crate::routes::Page;
use crate::shared::{arn, clock, stream_badge};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use contract::stream::{StreamHealth, StreamSummary};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which streams to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Only {
    /// All of them.
    #[default]
    All,
    /// Those whose encoder sends enough.
    Healthy,
    /// Those whose encoder sends too little.
    Starving,
    /// The others: IVS does not know, or says what this console does not.
    Other,
}

impl Only {
    pub(super) const ALL: [Only; 4] = [Self::All, Self::Healthy, Self::Starving, Self::Other];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Healthy => "Healthy",
            Self::Starving => "Starving",
            Self::Other => "Not known",
        }
    }

    /// As in the URL.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Healthy => "healthy",
            Self::Starving => "starving",
            Self::Other => "other",
        }
    }

    fn fits(self, stream: &StreamSummary) -> bool {
        self == Self::All || self == Self::of(stream)
    }

    fn of(stream: &StreamSummary) -> Self {
        match stream.health {
            Some(StreamHealth::Healthy) => Self::Healthy,
            Some(StreamHealth::Starving) => Self::Starving,
            Some(StreamHealth::NotKnown | StreamHealth::Unknown(_)) | None => Self::Other,
        }
    }
}

/// Those that want attention first.
pub(super) const USUAL: Usual = Usual {
    list: "streams",
    sort: "health",
    columns: &[
        Column::usual("name", "Channel", "main"),
        Column::usual("health", "Health", ""),
        Column::usual("viewers", "Viewers", "num"),
        Column::usual("uptime", "On air for", "num narrow-0"),
        Column::usual("started", "Started", "narrow-1"),
        Column::usual("stream", "Stream id", "narrow-2"),
    ],
    names: |word| ["name:", "health:"].iter().any(|field| word.strip_prefix(field).is_some_and(|value| !value.is_empty())),
    fields: "Fields are name: and health:.",
};

/// A stream, with what its channel is called and everything that can be searched for, in lower case.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) stream: StreamSummary,
    pub(super) channel: Option<ChannelSummary>,
    words: String,
}

impl Row {
    fn new(stream: StreamSummary, channel: Option<ChannelSummary>) -> Self {
        let row = Self { stream, channel, words: String::new() };
        let (health, id) = (row.stream.health.as_ref().map_or("", |health| health.as_str()), row.stream.stream_id.as_deref());
        let words = format!("name:{}\n{}\n{}\nhealth:{health}\n", row.called(), row.arn(), id.unwrap_or_default());
        Self { words: lower(&words), ..row }
    }

    pub(super) fn arn(&self) -> &str {
        self.stream.channel_arn.as_deref().unwrap_or_default()
    }

    /// The channel's name; its id where it has none, or is not known yet.
    pub(super) fn called(&self) -> &str {
        arn::called(self.channel.as_ref().and_then(|channel| channel.name.as_deref()), self.arn())
    }

    fn started(&self) -> Option<f64> {
        self.stream.start_time.as_deref().and_then(locale::parse_time)
    }
}

/// The streams as signals.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) scope: Memo<Scope>,
    pub(super) rows: Memo<Arc<Vec<Row>>>,
    /// Are those all?
    pub(super) complete: Memo<bool>,
    pub(super) only: Memo<Only>,
    pub(super) table: TableState,
}

impl Source {
    pub(super) fn new(
        scope: Memo<Scope>,
        live: Query<Pages<StreamSummary>>,
        list: Query<Pages<ChannelSummary>>,
        table: TableState,
    ) -> Self {
        let named = Memo::new(move |_| {
            let mut named = BTreeMap::new();
            list.with(|state| {
                let channels = state.value().into_iter().flat_map(|pages| &pages.items);
                named.extend(channels.filter_map(|channel| Some((channel.arn.clone()?, channel.clone()))));
            });
            Arc::new(named)
        });
        let rows = Memo::new(move |_| {
            let named = named.get();
            let row =
                |stream: &StreamSummary| Row::new(stream.clone(), stream.channel_arn.as_ref().and_then(|arn| named.get(arn).cloned()));
            live.with(|state| Arc::new(state.value().map(|pages| pages.items.iter().map(row).collect::<Vec<_>>()).unwrap_or_default()))
        });
        let complete = Memo::new(move |_| live.with(|state| state.value().is_some_and(|pages| pages.complete)));
        let only = Memo::new(move |_| table.show.with(|word| Only::ALL.into_iter().find(|only| only.word() == word).unwrap_or_default()));
        Self { scope, rows, complete, only, table }
    }

    /// The last part of the ARN of a row's channel.
    pub(super) fn id(self, index: usize) -> Option<String> {
        self.rows.with_untracked(|rows| rows.get(index).map(|row| Arn::short(row.arn()).to_owned()))
    }

    /// How many there are; nothing is said of all of them, which stands above.
    pub(super) fn count(self, only: Only) -> Option<usize> {
        (only != Only::All).then(|| self.rows.with(|rows| rows.iter().filter(|row| only.fits(&row.stream)).count()))
    }
}

pub(super) fn rows(source: Source, open: Callback<usize>, menu: RowMenu) -> Rows {
    let rows = source.rows;
    let of =
        move |index: usize, read: fn(&Row) -> &str| rows.with(|rows| rows.get(index).map(|row| read(row).to_owned()).unwrap_or_default());
    Rows {
        count: Signal::derive(move || rows.with(|rows| rows.len())),
        // A channel has one stream at a time: another one takes its row.
        key: Arc::new(move |index| of(index, Row::arn)),
        name: Arc::new(move |index| of(index, Row::called)),
        matches: Arc::new(move |words| matches(source, words)),
        compare: Arc::new(move |column| compare(source, column)),
        cells: Arc::new(move |index| cells(source, index)),
        open,
        selection: None,
        menu: Some(menu),
    }
}

/// Every word that was typed.
fn matches(source: Source, words: &[String]) -> Matches {
    let (rows, only) = (source.rows.get(), source.only.get());
    let words: Vec<String> = words.iter().map(|word| word.trim_end_matches(WHOLE).to_owned()).collect();
    Box::new(move |index| {
        rows.get(index).is_some_and(|row| only.fits(&row.stream) && words.iter().all(|word| row.words.contains(word.as_str())))
    })
}

/// By name where the column does not decide.
fn compare(source: Source, column: &str) -> Compare {
    let rows = source.rows.get();
    let by = match column {
        "health" => |a: &Row, b: &Row| urgency(a).cmp(&urgency(b)),
        "viewers" => |a: &Row, b: &Row| a.stream.viewer_count.cmp(&b.stream.viewer_count),
        // The shortest first: what began last.
        "uptime" => |a: &Row, b: &Row| b.stream.start_time.cmp(&a.stream.start_time),
        "started" => |a: &Row, b: &Row| a.stream.start_time.cmp(&b.stream.start_time),
        "stream" => |a: &Row, b: &Row| a.stream.stream_id.cmp(&b.stream.stream_id),
        _ => |_: &Row, _: &Row| std::cmp::Ordering::Equal,
    };
    Box::new(move |a, b| {
        let (Some(a), Some(b)) = (rows.get(a), rows.get(b)) else { return a.cmp(&b) };
        let name = |row: &Row| row.called().to_ascii_lowercase();
        by(a, b).then_with(|| name(a).cmp(&name(b)))
    })
}

fn urgency(row: &Row) -> u8 {
    match Only::of(&row.stream) {
        Only::Starving => 0,
        Only::Other | Only::All => 1,
        Only::Healthy => 2,
    }
}

/// What a poll changes leaves the rest of the row as it is.
fn cells(source: Source, index: Signal<usize>) -> Cells {
    let row = Memo::new(move |_| source.rows.with(|rows| rows.get(index.get()).cloned()));
    let named =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| (row.arn().to_owned(), row.called().to_owned())).unwrap_or_default()));
    let health = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.stream.health.clone())));
    let viewers = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.stream.viewer_count)));
    let started = Memo::new(move |_| row.with(|row| row.as_ref().and_then(Row::started)));
    let stream = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.stream.stream_id.clone())));
    let now = clock::now();
    Box::new(move |column| match column {
        "name" => {
            let (arn, called) = named.get();
            let to = source.scope.with_untracked(|scope| Page::Channel(scope.clone(), Arn::short(&arn).to_owned()).path());
            view! { <a class="link" href=to>{called}</a> }
        }
        "health" => (move || health.with(|health| stream_badge::health(health.as_ref()))).into_view(),
        "viewers" => (move || stream_badge::viewers(viewers.get())).into_view(),
        "uptime" => (move || started.get().map_or_else(none, |started| locale::clock(now.get() - started).into_view())).into_view(),
        "started" => (move || started.get().map_or_else(none, at)).into_view(),
        _ => (move || stream.get().map_or_else(none, |id| view! { <code title=id.clone()>{id.clone()}</code> })).into_view(),
    })
}

fn at(started: f64) -> View {
    view! { <span title=locale::utc(started)>{locale::date_time(started)}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(health: Option<StreamHealth>) -> StreamSummary {
        StreamSummary { health, stream_id: Some("st-ABC".into()), ..StreamSummary::default() }
    }

    #[test]
    fn every_stream_is_in_one_health_whatever_ivs_says_of_it() {
        for (health, only) in [
            (Some(StreamHealth::Healthy), Only::Healthy),
            (Some(StreamHealth::Starving), Only::Starving),
            (Some(StreamHealth::NotKnown), Only::Other),
            (Some(StreamHealth::Unknown("DROWNING".into())), Only::Other),
            (None, Only::Other),
        ] {
            let stream = stream(health);
            assert_eq!(Only::ALL.map(|choice| choice.fits(&stream)), Only::ALL.map(|choice| choice == Only::All || choice == only));
        }
    }

    #[test]
    fn a_stream_is_found_by_its_channel_its_id_and_its_health() {
        let arn = Some("arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh".to_owned());
        let channel = ChannelSummary { name: Some("Arena-Main".into()), ..ChannelSummary::default() };
        let row = Row::new(StreamSummary { channel_arn: arn, ..stream(Some(StreamHealth::Starving)) }, Some(channel));
        for typed in ["arena", "name:arena", "abcdabcd", "st-abc", "health:starving"] {
            assert!(row.words.contains(typed), "{typed}: {}", row.words);
        }
        assert_eq!(Row { channel: None, ..row }.called(), "abcdABCDefgh");
    }
}
