//! Whether a channel is on air, as far as is known: what could not be looked up is not called offline.

use crate::api::{Pages, State};
use contract::stream::StreamSummary;

/// What is known of a channel's stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum OnAir {
    /// The live streams were not looked up yet, or could not be.
    #[default]
    NotKnown,
    /// No live stream is this channel's.
    No,
    /// It is live.
    Yes(StreamSummary),
}

impl OnAir {
    /// Of one channel, by the live streams of its region.
    pub(crate) fn of(streams: &State<Pages<StreamSummary>>, channel: &str) -> Self {
        let mut live = streams.value().into_iter().flat_map(|pages| &pages.items);
        match live.find(|stream| stream.channel_arn.as_deref() == Some(channel)) {
            Some(stream) => Self::Yes(stream.clone()),
            None if all_known(streams) => Self::No,
            None => Self::NotKnown,
        }
    }

    /// Its stream, while it is known to be live.
    pub(crate) fn stream(&self) -> Option<&StreamSummary> {
        match self {
            Self::Yes(stream) => Some(stream),
            Self::NotKnown | Self::No => None,
        }
    }

    /// Is it? `None` where that is not known.
    pub(crate) fn known(&self) -> Option<bool> {
        (*self != Self::NotKnown).then(|| self.stream().is_some())
    }
}

/// Are all live streams known? Only then is a channel without one offline: not before the last page has come, and not
/// when looking again has failed.
pub(crate) fn all_known(streams: &State<Pages<StreamSummary>>) -> bool {
    streams.problem().is_none() && streams.value().is_some_and(|pages| pages.complete)
}
