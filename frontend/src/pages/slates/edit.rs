//! Edit failover slate.

use super::form::{SETTINGS, fields, texts, update};
use super::{known, slate};
use crate::routes::Noun;
use crate::shared::resource::{PlainEdit, plain_edit};
use crate::view::prelude::*;

/// The form.
#[component]
pub(crate) fn Edit() -> View {
    plain_edit(&PlainEdit {
        noun: Noun::Slate,
        query: slate,
        known,
        settings: &SETTINGS,
        texts: |reply| Some(texts(&reply.failover_slate_configuration)),
        update,
        saved: |reply| Some(texts(&reply.failover_slate_configuration)),
        above: |_| View::Nothing,
        fields,
    })
}
