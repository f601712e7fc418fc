//! Playback restriction policies: in which countries, and on which web pages, a public channel may be watched.

mod countries;
mod edit;
mod form;
mod list;
mod new;
mod one;
mod picker;

pub(super) use edit::Edit;
pub(super) use list::List;
pub(super) use new::New;
pub(super) use one::One;

use crate::api::{Pages, Query, Scope, query};
use crate::shared::resource::Known;
use crate::view::prelude::*;
use contract::playback_restriction_policy::{
    GetPlaybackRestrictionPolicy, GetPlaybackRestrictionPolicyResponse, ListPlaybackRestrictionPolicies, PlaybackRestrictionPolicySummary,
};

/// All of a region.
fn policies(scope: Memo<Scope>) -> Query<Pages<PlaybackRestrictionPolicySummary>> {
    let all = ListPlaybackRestrictionPolicies { max_results: Some(100), ..ListPlaybackRestrictionPolicies::default() };
    query::pages(move || Some((scope.get(), all.clone()))).every(60_000.0)
}

/// One of them.
fn policy(scope: Memo<Scope>, arn: Memo<Option<String>>) -> Query<GetPlaybackRestrictionPolicyResponse> {
    query::call(move || Some((scope.get(), GetPlaybackRestrictionPolicy { arn: arn.get()? }))).every(15_000.0)
}

fn known(reply: &GetPlaybackRestrictionPolicyResponse) -> Option<Known> {
    let one = reply.playback_restriction_policy.as_ref()?;
    Some(Known { arn: one.arn.clone(), name: one.name.clone().unwrap_or_default(), tags: one.tags.clone(), unready: None })
}
