//! The channels of a region and their live streams, as the list, the palette and the frame share them.

use crate::api::{Pages, Query, Scope, query};
use contract::channel::{ChannelSummary, ListChannels};
use contract::stream::{ListStreams, StreamSummary};

/// How often the list of channels is looked at again, in milliseconds: it changes rarely and costs a call for each 100.
const CHANNELS_EVERY: f64 = 60_000.0;

/// How often the live streams are looked at again, in milliseconds. The backend shares the call between all who look.
const STREAMS_EVERY: f64 = 5_000.0;

/// All channels, page by page. `boot.js` asks for the first page in exactly these words.
pub(crate) fn channels(scope: impl Fn() -> Scope + Send + Sync + 'static) -> Query<Pages<ChannelSummary>> {
    query::pages(move || ask(scope(), ListChannels { max_results: Some(100), ..ListChannels::default() })).every(CHANNELS_EVERY)
}

/// All live streams.
pub(crate) fn streams(scope: impl Fn() -> Scope + Send + Sync + 'static) -> Query<Pages<StreamSummary>> {
    query::pages(move || ask(scope(), ListStreams { max_results: Some(100), ..ListStreams::default() })).every(STREAMS_EVERY)
}

/// Nothing is asked while no account is known.
fn ask<R>(scope: Scope, request: R) -> Option<(Scope, R)> {
    (!scope.account.is_empty()).then_some((scope, request))
}
