//! Edit playback restriction policy.

use super::form::{SETTINGS, fields, texts, update};
use super::one::notes;
use super::{known, policy};
use crate::routes::Noun;
use crate::shared::resource::{PlainEdit, plain_edit};
use crate::view::prelude::*;

/// The form.
#[component]
pub(crate) fn Edit() -> View {
    plain_edit(&PlainEdit {
        noun: Noun::Policy,
        query: policy,
        known,
        settings: &SETTINGS,
        texts: |reply| reply.playback_restriction_policy.as_ref().map(texts),
        update,
        saved: |reply| reply.playback_restriction_policy.as_ref().map(texts),
        above: notes,
        fields,
    })
}
