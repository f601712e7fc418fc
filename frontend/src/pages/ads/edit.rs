//! Edit ad configuration.

use super::form::{SETTINGS, fields, texts, update};
use super::{ad, known};
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Editing, Shown, edit_form, edit_page, of_page};
use crate::shared::sheet::{Plain, Sheet};
use crate::view::prelude::*;

/// The form.
#[component]
pub(crate) fn Edit() -> View {
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Ads, scope);
    let query = ad(scope, arn);
    let shown = Shown::of(Noun::Ads, scope, id, query, known);
    let theirs = Memo::new(move |before: Option<&Vec<String>>| {
        let now = query.with(|state| state.value().and_then(|reply| reply.ad_configuration.as_ref().map(texts)));
        now.or_else(|| before.cloned()).unwrap_or_else(|| texts(&Default::default()))
    });
    edit_page(shown, move || {
        let values = Plain::values::<5>(&theirs.get_untracked());
        edit_form(Editing {
            shown,
            sheet: Sheet::new(Plain { settings: &SETTINGS, values: values.to_vec() }, theirs.into()),
            settings: &SETTINGS,
            texts: Signal::derive(move || values.map(|value| value.get()).to_vec()),
            update,
            saved: |reply| texts(&reply.ad_configuration),
            fields: Box::new(move || fields(values)),
        })
    })
}
