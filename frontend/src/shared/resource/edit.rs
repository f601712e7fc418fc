//! The form that changes one of a kind: only what is changed is sent, and nothing that somebody else has changed meanwhile is
//! overwritten.

use super::{Shown, one_of};
use crate::api::{Change, Mutation};
use crate::components::form::{Form, FormState, Purpose};
use crate::routes::{At, Page};
use crate::shared::sheet::{Setting, Sheet, changes, meanwhile};
use crate::shared::{as_code, session};
use crate::view::prelude::*;
use contract::{Call, Code, FieldError, FieldErrors};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// An update of these settings to these texts, and what of them cannot be read.
pub(super) type Update<R> = fn(String, &[String], &[usize]) -> (R, FieldErrors);

/// What a form needs to be told.
pub(crate) struct Editing<R: Call> {
    pub(crate) shown: Shown,
    pub(crate) sheet: Sheet,
    pub(crate) settings: &'static [Setting],
    /// What is typed, by setting.
    pub(crate) texts: Signal<Vec<String>>,
    pub(crate) update: Update<R>,
    /// What it is after it was saved, by setting.
    pub(crate) saved: fn(&R::Response) -> Option<Vec<String>>,
    /// The fields, made inside the form: they find there what is wrong with them.
    pub(crate) fields: Children,
}

/// The form.
pub(crate) fn form<R: Call + Clone + PartialEq + Send + Sync + 'static>(editing: Editing<R>) -> View {
    let Editing { shown, sheet, settings, texts, update, saved, fields } = editing;
    let read = Memo::new(move |_| update(shown.arn(), &texts.get(), &sheet.changed.get()));
    let request = Signal::derive(move || read.get().0);
    let state = FormState::new(move || {
        let (request, mut errors) = read.get();
        errors.0.extend(request.check().err().unwrap_or_default().0);
        let undecided = |setting: usize| FieldError {
            field: settings[setting].path.to_owned(),
            message: "Somebody else changed this meanwhile. Say which one holds.".to_owned(),
        };
        errors.0.extend(sheet.conflicts().into_iter().map(undecided));
        errors
    });
    // Gone with the form.
    let here = RwSignal::new(());
    let dirty = Signal::derive(move || sheet.changed.with(|changed| !changed.is_empty()));

    // Actions
    let save = Mutation::in_form();
    let navigate = use_navigate();
    let back = Callback::new(move |()| {
        let page = Page::Resource(shown.scope.get_untracked(), shown.noun, At::One(shown.id.get_untracked()));
        navigate(&page.path(), NavigateOptions::default());
    });
    let submit = Callback::new(move |()| {
        if sheet.untouched() {
            back.run(());
            return;
        }
        sheet.decided.set(false);
        let (request, seen) = untrack(|| (request.get(), update(shown.arn(), &sheet.seen(), &sheet.changed.get()).0));
        let done = format!("{} saved", untrack(|| shown.name()));
        save.run(Change { seen: Some(seen), ..Change::new(shown.scope.get_untracked(), request, done) }, move |reply| {
            shown.again();
            // Whoever left the form meanwhile is not called back to it.
            if here.try_set(()) {
                saved(&reply).into_iter().for_each(|now| sheet.saved(now));
                back.run(());
            }
        });
    });
    effect(move || {
        if let Some(problem) = save.problem().get() {
            state.refuse(problem.fields);
            // What refused it may be news: somebody else was quicker.
            shown.again();
        }
    });

    // View
    let (role, gone) = (session::off::<R>(), shown.gone());
    let off = Signal::derive(move || {
        let gone = || gone.get().then(|| "Somebody else deleted it. There is nothing left to save to.".to_owned());
        role.get().or_else(gone)
    });
    // Once it is decided which one holds, nothing has failed any more.
    let error = Signal::derive(move || {
        let open = || !sheet.decided.get() || !sheet.conflicts().is_empty();
        save.problem().get().filter(|problem| problem.code != Some(Code::StateChanged) || open())
    });
    let aside = view! { <div class="stack">{changes(sheet)} {as_code::beside_form::<R>(shown.scope, request)}</div> };
    let purpose = Purpose::Save(one_of(shown.noun));
    view! {
        <Form purpose=purpose state=state submit=submit error=error busy=save.busy() looked_for=save.looked_for() dirty=dirty off=off cancel=back aside=aside>
            {meanwhile(sheet)}
            {fields()}
        </Form>
    }
}
