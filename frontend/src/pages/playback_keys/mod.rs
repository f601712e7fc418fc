//! Playback key pairs: whoever holds the private half of one signs the tokens that open private channels. IVS has the public
//! halves alone, three to a region.

mod generate;
mod import;
mod list;
mod material;
mod new;
mod one;

pub(super) use list::List;
pub(super) use new::New;
pub(super) use one::One;

use crate::api::{Pages, Query, Scope, query};
use crate::view::prelude::*;
use contract::playback_key_pair::{ListPlaybackKeyPairs, PlaybackKeyPairSummary};

/// So many a region has.
const SLOTS: usize = 3;

/// All of a region.
fn keys(scope: Memo<Scope>) -> Query<Pages<PlaybackKeyPairSummary>> {
    let all = ListPlaybackKeyPairs { max_results: Some(100), ..ListPlaybackKeyPairs::default() };
    query::pages(move || Some((scope.get(), all.clone()))).every(60_000.0)
}
