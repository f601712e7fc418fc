//! The two forms of a kind whose settings are texts: the one that makes it, and the one that changes it.

use super::edit::{Editing, Update, form};
use super::new::{Making, page as new_page};
use super::one::{Known, Shown, edit_page, of_page};
use crate::api::{Query, Scope};
use crate::components::action::always;
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::sheet::{Plain, Setting, Sheet};
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::view::prelude::*;
use contract::tag::Tags;
use contract::{Call, FieldErrors};

/// Shows the fields over what is typed in them.
type Fields<const N: usize> = fn([RwSignal<String>; N]) -> View;

/// What the form that makes one needs to be told.
pub(crate) struct PlainNew<R: Call, const N: usize> {
    pub(crate) noun: Noun,
    /// What is in the fields at first.
    pub(crate) texts: Vec<String>,
    /// What would be sent, and what of it cannot be read.
    pub(crate) create: fn(&[String], Tags) -> (R, FieldErrors),
    /// What it is to be called.
    pub(crate) named: fn(&R) -> Option<&str>,
    /// The ARN of what was made.
    pub(crate) made: fn(R::Response) -> Option<String>,
    /// Asks for the list again, which has one more.
    pub(crate) again: Callback<()>,
    /// What to know before beginning.
    pub(crate) below: &'static str,
    pub(crate) fields: Fields<N>,
}

/// The form that makes one.
pub(crate) fn new<R: Call + Clone + PartialEq + Send + Sync + 'static, const N: usize>(new: PlainNew<R, N>) -> View {
    let PlainNew { noun, texts, create, named, made, again, below, fields } = new;
    let (values, tags) = (Plain::values::<N>(&texts), TagsTyped::for_new());
    let read = move || create(&values.map(|value| value.get()), tags.tags());
    new_page(Making {
        noun,
        scope: place::scope(),
        request: Memo::new(move |_| read().0),
        untouched: untrack(|| read().0),
        unread: Signal::derive(move || read().1),
        tags,
        named,
        made: Callback::new(made),
        leads: None,
        again,
        title: None,
        off: always(),
        below,
        fields: Box::new(move || view! { {fields(values)} <TagEditor tags=tags/> }),
        beside: View::Nothing,
    })
}

/// What the form that changes one needs to be told. `T` is the reply of its Get operation.
pub(crate) struct PlainEdit<T, R: Call, const N: usize> {
    pub(crate) noun: Noun,
    /// Looks it up.
    pub(crate) query: fn(Memo<Scope>, Memo<Option<String>>) -> Query<T>,
    pub(crate) known: fn(&T) -> Option<Known>,
    pub(crate) settings: &'static [Setting; N],
    /// As it is, by setting.
    pub(crate) texts: fn(&T) -> Option<Vec<String>>,
    pub(crate) update: Update<R>,
    /// As it is after it was saved.
    pub(crate) saved: fn(&R::Response) -> Option<Vec<String>>,
    /// What to know before changing it.
    pub(crate) above: fn(Shown) -> View,
    pub(crate) fields: Fields<N>,
}

/// The form that changes one.
pub(crate) fn edit<T, R, const N: usize>(edit: &PlainEdit<T, R, N>) -> View
where
    T: Clone + PartialEq + Send + Sync + 'static,
    R: Call + Clone + PartialEq + Send + Sync + 'static,
{
    let PlainEdit { noun, query, known, settings, texts, update, saved, above, fields } = *edit;
    let scope = place::scope();
    let (id, arn) = of_page(noun, scope);
    let query = query(scope, arn);
    let shown = Shown::of(noun, scope, id, query, known);
    // While nothing is known for a moment, nothing has changed.
    let theirs = Memo::new(move |before: Option<&Vec<String>>| {
        query.with(|state| state.value().and_then(texts)).or_else(|| before.cloned()).unwrap_or_else(|| vec![String::new(); N])
    });
    edit_page(shown, move || {
        let values = Plain::values::<N>(&theirs.get_untracked());
        form(Editing {
            shown,
            sheet: Sheet::new(Plain { settings, values: values.to_vec() }, theirs.into()),
            settings,
            texts: Signal::derive(move || values.map(|value| value.get()).to_vec()),
            update,
            saved,
            fields: Box::new(move || view! { {above(shown)} {fields(values)} }),
        })
    })
}
