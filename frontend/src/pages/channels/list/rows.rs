//! What the list is of: each channel with its stream, prepared for searching.

use crate::api::{Pages, Query, Scope};
use crate::components::locale::lower;
use crate::components::table::TableState;
use crate::routes::Noun;
use crate::shared::on_air::all_known;
use crate::shared::resource::named_by;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use contract::stream::{StreamHealth, StreamSummary};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which channels to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::pages::channels) enum Only {
    /// All of them.
    #[default]
    All,
    /// Those on air.
    Live,
    /// Those on air whose encoder sends too little.
    Attention,
}

impl Only {
    pub(in crate::pages::channels) const ALL: [Only; 3] = [Self::All, Self::Live, Self::Attention];

    pub(in crate::pages::channels) const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Live => "Live",
            Self::Attention => "Needs attention",
        }
    }

    /// As in the URL.
    pub(in crate::pages::channels) const fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Live => "live",
            Self::Attention => "attention",
        }
    }

    /// The state that a word of the filter may mean.
    pub(in crate::pages::channels) fn named(word: &str) -> Option<Self> {
        let word = word.strip_prefix("state:").unwrap_or(word);
        [Self::Live, Self::Attention].into_iter().find(|only| only.word() == word)
    }

    pub(in crate::pages::channels) fn fits(self, stream: Option<&StreamSummary>) -> bool {
        match self {
            Self::All => true,
            Self::Live => stream.is_some(),
            Self::Attention => stream.is_some_and(starving),
        }
    }
}

pub(in crate::pages::channels) fn starving(stream: &StreamSummary) -> bool {
    stream.health == Some(StreamHealth::Starving)
}

/// A channel, and everything of it that can be searched for, in lower case.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages::channels) struct Channel {
    pub(in crate::pages::channels) summary: ChannelSummary,
    pub(in crate::pages::channels) words: String,
}

impl Channel {
    pub(in crate::pages::channels) fn new(summary: ChannelSummary) -> Self {
        let words = lower(&words(&summary));
        Self { summary, words }
    }

    pub(in crate::pages::channels) fn arn(&self) -> &str {
        self.summary.arn.as_deref().unwrap_or_default()
    }

    pub(in crate::pages::channels) fn id(&self) -> &str {
        Arn::short(self.arn())
    }

    pub(in crate::pages::channels) fn name(&self) -> &str {
        self.summary.name.as_deref().unwrap_or_default()
    }

    /// Its name, for people.
    pub(in crate::pages::channels) fn called(&self) -> String {
        if self.name().is_empty() { format!("(no name) {}", self.id()) } else { self.name().to_owned() }
    }
}

/// Each on a line of its own, so that what is typed cannot reach from one into the next.
fn words(channel: &ChannelSummary) -> String {
    let mut words = format!("{}\n{}\n", channel.name.as_deref().unwrap_or_default(), channel.arn.as_deref().unwrap_or_default());
    let kind = channel.kind.as_ref().map_or("", |kind| kind.as_str());
    let latency = channel.latency_mode.as_ref().map_or("", |mode| mode.as_str());
    let playback = if channel.authorized == Some(true) { "private" } else { "public" };
    words.push_str(&format!("type:{kind}\nlatency:{latency}\nplayback:{playback}\n"));
    for (field, arn) in links(channel) {
        words.push_str(&format!("{field}:{}\n", if arn.is_some() { "on" } else { "off" }));
    }
    for (key, value) in &channel.tags {
        words.push_str(&format!("tag:{key}={value}\n"));
    }
    words
}

/// The configurations that a channel may have: their columns, and their ARNs where it has them.
pub(in crate::pages::channels) fn links(channel: &ChannelSummary) -> [(&'static str, Option<&str>); 4] {
    [("recording", Noun::Recording), ("policy", Noun::Policy), ("ads", Noun::Ads), ("slate", Noun::Slate)]
        .map(|(field, noun)| (field, named_by(noun, channel)))
}

/// The fields that can be typed, beside the states.
const FIELDS: [&str; 10] = ["name", "health", "type", "latency", "playback", "recording", "policy", "ads", "slate", "tag"];

/// Does a word of the filter name a field? In lower case.
pub(in crate::pages::channels) fn names(word: &str) -> bool {
    let field = |(field, value): (&str, &str)| !value.is_empty() && FIELDS.contains(&field);
    Only::named(word).is_some() || word == "state:offline" || word.split_once(':').is_some_and(field)
}

/// A page that arrives prepares its own channels only: those that were there and are the same stay as they are.
fn prepare(before: &[Arc<Channel>], pages: Option<&Pages<ChannelSummary>>) -> Vec<Arc<Channel>> {
    let items = pages.iter().flat_map(|pages| pages.items.iter()).enumerate();
    let prepared = items.map(|(index, summary)| match before.get(index).filter(|before| before.summary == *summary) {
        Some(same) => Arc::clone(same),
        None => Arc::new(Channel::new(summary.clone())),
    });
    prepared.collect()
}

/// The channels and their streams, as signals.
#[derive(Clone, Copy)]
pub(in crate::pages::channels) struct Source {
    pub(in crate::pages::channels) scope: Memo<Scope>,
    pub(in crate::pages::channels) channels: Memo<Arc<Vec<Arc<Channel>>>>,
    pub(in crate::pages::channels) streams: Memo<Arc<BTreeMap<String, StreamSummary>>>,
    /// Are those all channels?
    pub(in crate::pages::channels) complete: Memo<bool>,
    /// Are those all live streams? If not, a channel without one may be live all the same.
    pub(in crate::pages::channels) all_known: Memo<bool>,
    pub(in crate::pages::channels) only: Memo<Only>,
    pub(in crate::pages::channels) table: TableState,
}

impl Source {
    pub(in crate::pages::channels) fn new(
        scope: Memo<Scope>,
        list: Query<Pages<ChannelSummary>>,
        live: Query<Pages<StreamSummary>>,
        table: TableState,
    ) -> Self {
        let channels = Memo::new(move |before: Option<&Arc<Vec<Arc<Channel>>>>| {
            list.with(|state| Arc::new(prepare(before.map_or(&[], |before| before.as_slice()), state.value())))
        });
        let by_channel = |pages: &Pages<StreamSummary>| {
            let mut streams = BTreeMap::new();
            streams.extend(pages.items.iter().filter_map(|stream| Some((stream.channel_arn.clone()?, stream.clone()))));
            streams
        };
        let streams = Memo::new(move |_| Arc::new(live.with(|state| state.value().map(by_channel).unwrap_or_default())));
        let all_known = Memo::new(move |_| live.with(all_known));
        let complete = Memo::new(move |_| list.with(|state| state.value().is_some_and(|pages| pages.complete)));
        let only = Memo::new(move |_| table.show.with(|word| Only::ALL.into_iter().find(|only| only.word() == word).unwrap_or_default()));
        Self { scope, channels, streams, complete, all_known, only, table }
    }

    /// The last part of a channel's ARN.
    pub(in crate::pages::channels) fn id(self, index: usize) -> Option<String> {
        self.channels.with_untracked(|channels| channels.get(index).map(|channel| channel.id().to_owned()))
    }

    /// Is the channel on air, with this stream? `None` where that is not known.
    pub(in crate::pages::channels) fn on_air(self, stream: Option<&StreamSummary>) -> Option<bool> {
        (stream.is_some() || self.all_known.get()).then_some(stream.is_some())
    }

    /// How many there are, where that is known; nothing is said of all of them, which stands above.
    pub(in crate::pages::channels) fn count(self, only: Only) -> Option<usize> {
        (only != Only::All && self.all_known.get())
            .then(|| self.streams.with(|streams| streams.values().filter(|stream| only.fits(Some(stream))).count()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::channels::list::columns::HELP;

    #[test]
    fn a_state_is_named_with_its_field_or_without() {
        assert_eq!(
            ["live", "state:live", "state:attention", "lively", "state:", ""].map(Only::named),
            [Some(Only::Live), Some(Only::Live), Some(Only::Attention), None, None, None]
        );
    }

    #[test]
    fn what_can_be_searched_for_by_its_field_is_a_field() {
        let words = Channel::new(ChannelSummary { tags: [("a".to_owned(), "b".to_owned())].into(), ..ChannelSummary::default() }).words;
        let fields = words.lines().filter_map(|line| line.split_once(':'));
        assert_eq!(fields.filter(|(field, _)| !names(&format!("{field}:x"))).collect::<Vec<_>>(), []);
        for field in FIELDS {
            assert!(HELP.contains(&format!(" {field}:")), "{field} can be typed, and is not said to be");
        }
        assert!(names("live") && names("state:attention") && !names("type:") && !names("arn:aws"));
    }

    #[test]
    fn a_channel_is_found_by_name_arn_type_and_tag() {
        let summary = ChannelSummary {
            arn: Some("arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh".into()),
            name: Some("Arena-Main".into()),
            kind: Some(contract::channel::ChannelType::AdvancedHd),
            tags: [("team".to_owned(), "Sports".to_owned())].into(),
            ..ChannelSummary::default()
        };
        let channel = Channel::new(summary);
        for typed in ["arena", "channel/abcd", "type:advanced_hd", "tag:team=sports", "playback:public", "recording:off"] {
            assert!(channel.words.contains(typed), "{typed}: {}", channel.words);
        }
    }
}
