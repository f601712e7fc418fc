//! Create playback restriction policy.

use super::form::{create, fields, texts};
use super::policies;
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{PlainNew, plain_new};
use crate::view::prelude::*;
use contract::playback_restriction_policy::PlaybackRestrictionPolicy;

/// The form.
#[component]
pub(crate) fn New() -> View {
    let list = policies(place::scope());
    plain_new(PlainNew {
        noun: Noun::Policy,
        texts: texts(&PlaybackRestrictionPolicy::default()),
        create,
        named: |request| request.name.as_deref(),
        made: |reply| reply.playback_restriction_policy.map(|made| made.arn),
        again: Callback::new(move |()| list.refetch()),
        below: "It has an effect on public channels alone.",
        fields,
    })
}
