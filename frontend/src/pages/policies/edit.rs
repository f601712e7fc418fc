//! Edit playback restriction policy.

use super::form::{SETTINGS, fields, texts, update};
use super::{known, policy};
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Editing, Shown, edit_form, edit_page, of_page};
use crate::shared::sheet::{Plain, Sheet};
use crate::view::prelude::*;

/// The form.
#[component]
pub(crate) fn Edit() -> View {
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Policy, scope);
    let query = policy(scope, arn);
    let shown = Shown::of(Noun::Policy, scope, id, query, known);
    let theirs = Memo::new(move |before: Option<&Vec<String>>| {
        let now = query.with(|state| state.value().and_then(|reply| reply.playback_restriction_policy.as_ref().map(texts)));
        now.or_else(|| before.cloned()).unwrap_or_else(|| texts(&Default::default()))
    });
    edit_page(shown, move || {
        let values = Plain::values::<4>(&theirs.get_untracked());
        edit_form(Editing {
            shown,
            sheet: Sheet::new(Plain { settings: &SETTINGS, values: values.to_vec() }, theirs.into()),
            settings: &SETTINGS,
            texts: Signal::derive(move || values.map(|value| value.get()).to_vec()),
            update,
            saved: |reply| reply.playback_restriction_policy.as_ref().map(texts).unwrap_or_default(),
            fields: Box::new(move || fields(values)),
        })
    })
}
