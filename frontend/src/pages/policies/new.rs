//! Create playback restriction policy.

use super::form::{create, fields, texts};
use super::policies;
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Making, new_page};
use crate::shared::sheet::Plain;
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::view::prelude::*;
use contract::playback_restriction_policy::{CreatePlaybackRestrictionPolicyResponse, PlaybackRestrictionPolicy};

/// The form.
#[component]
pub(crate) fn New() -> View {
    let scope = place::scope();
    let list = policies(scope);
    let values = Plain::values::<4>(&texts(&PlaybackRestrictionPolicy::default()));
    let tags = TagsTyped::for_new();
    let read = move || create(&values.map(|value| value.get()), tags.tags());
    let request = Memo::new(move |_| read().0);
    new_page(Making {
        noun: Noun::Policy,
        scope,
        request,
        untouched: untrack(|| read().0),
        unread: Signal::derive(move || read().1),
        tags,
        named: |request| request.name.as_deref(),
        made: Callback::new(|reply: CreatePlaybackRestrictionPolicyResponse| reply.playback_restriction_policy.map(|made| made.arn)),
        leads: None,
        again: Callback::new(move |()| list.refetch()),
        below: "It has an effect on public channels alone.",
        fields: Box::new(move || view! { {fields(values)} <TagEditor tags=tags/> }),
        beside: View::Nothing,
    })
}
