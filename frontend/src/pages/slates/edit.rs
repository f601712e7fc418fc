//! Edit failover slate.

use super::form::{SETTINGS, fields, texts, update};
use super::{known, slate};
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Editing, Shown, edit_form, edit_page, of_page};
use crate::shared::sheet::{Plain, Sheet};
use crate::view::prelude::*;

/// The form.
#[component]
pub(crate) fn Edit() -> View {
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Slate, scope);
    let query = slate(scope, arn);
    let shown = Shown::of(Noun::Slate, scope, id, query, known);
    let theirs = Memo::new(move |before: Option<&Vec<String>>| {
        let now = query.with(|state| state.value().map(|reply| texts(&reply.failover_slate_configuration)));
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
            saved: |reply| texts(&reply.failover_slate_configuration),
            fields: Box::new(move || fields(values)),
        })
    })
}
