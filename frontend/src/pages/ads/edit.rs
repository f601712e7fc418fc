//! Edit ad configuration.

use super::form::{SETTINGS, fields, texts, update};
use super::{ad, known};
use crate::routes::Noun;
use crate::shared::resource::{PlainEdit, plain_edit};
use crate::view::prelude::*;

/// The form.
#[component]
pub(crate) fn Edit() -> View {
    plain_edit(&PlainEdit {
        noun: Noun::Ads,
        query: ad,
        known,
        settings: &SETTINGS,
        texts: |reply| reply.ad_configuration.as_ref().map(texts),
        update,
        saved: |reply| Some(texts(&reply.ad_configuration)),
        above: |_| View::Nothing,
        fields,
    })
}
