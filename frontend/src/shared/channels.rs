//! The channels of a region and their live streams, as the list, the palette and the frame share them.

use super::arn;
use crate::api::{Pages, Query, Scope, query};
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
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

/// The ARN of the channel of an id, once it is known: of a deleted one too.
pub(crate) fn arn(scope: Memo<Scope>, id: Memo<String>) -> Memo<Option<String>> {
    let list = channels(move || scope.get());
    Memo::new(move |_| arn::of(&scope.get(), Resource::Channel, &id.get()).or_else(|| in_list(list, &id.get())))
}

/// The same where the account's digits are not known yet: some channel of the list has this id.
fn in_list(list: Query<Pages<ChannelSummary>>, id: &str) -> Option<String> {
    list.with(|state| state.value()?.items.iter().filter_map(|channel| channel.arn.clone()).find(|arn| Arn::short(arn) == id))
}

/// Nothing is asked while no account is known.
fn ask<R>(scope: Scope, request: R) -> Option<(Scope, R)> {
    (!scope.account.is_empty()).then_some((scope, request))
}
