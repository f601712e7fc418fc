//! The form that makes one of a kind.

use super::{kind_of, purpose};
use crate::api::{Change, Mutation, Scope};
use crate::components::action::Off;
use crate::components::form::{Form, FormState};
use crate::components::page::Head;
use crate::routes::{At, Noun, Page};
use crate::shared::tag_editor::TagsTyped;
use crate::shared::{as_code, session};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::{Call, FieldErrors};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What a form needs to be told.
pub(crate) struct Making<R: Call> {
    pub(crate) noun: Noun,
    pub(crate) scope: Memo<Scope>,
    /// What would be sent now.
    pub(crate) request: Memo<R>,
    /// What is sent by somebody who typed nothing.
    pub(crate) untouched: R,
    /// What of what is typed cannot be read.
    pub(crate) unread: Signal<FieldErrors>,
    /// The tags that are typed, which the request has too.
    pub(crate) tags: TagsTyped,
    /// What it is to be called.
    pub(crate) named: fn(&R) -> Option<&str>,
    /// The ARN of what was made.
    pub(crate) made: Callback<R::Response, Option<String>>,
    /// Where that leads, by the ARN of what was made; `None`: to its page.
    pub(crate) leads: Option<Callback<String, String>>,
    /// Asks for the list again, which has one more.
    pub(crate) again: Callback<()>,
    /// What the page is called, where that is not what it is for.
    pub(crate) title: Option<String>,
    /// Why there can be no other, beside the person's role.
    pub(crate) off: Off,
    /// What to know before beginning.
    pub(crate) below: &'static str,
    /// The fields, made inside the form: they find there what is wrong with them.
    pub(crate) fields: Children,
    /// Beside them, below the same thing as code.
    pub(crate) beside: View,
}

/// The page.
pub(crate) fn page<R: Call + Clone + PartialEq + Send + Sync + 'static>(making: Making<R>) -> View {
    let Making { noun, scope, request, untouched, unread, tags, named, made, leads, again, title, off: full, below, fields, beside } =
        making;
    let state = FormState::new(move || {
        let mut errors = unread.get();
        errors.0.extend(request.with(|request| request.check()).err().unwrap_or_default().0);
        // Tags are said by row, which the request no longer knows.
        errors.0.retain(|error| !error.field.starts_with("tags"));
        let of_items = errors.clone();
        // What is wrong with a list is said at its items.
        errors
            .0
            .retain(|error| !of_items.0.iter().any(|item| item.field.strip_prefix(&error.field).is_some_and(|rest| rest.starts_with('['))));
        errors.0.extend(tags.check().0);
        errors
    });
    let sent = RwSignal::new(false);
    let dirty = Signal::derive(move || !sent.get() && request.with(|request| *request != untouched));

    let create = Mutation::in_form();
    let navigate = use_navigate();
    let list = move || Page::Resource(scope.get_untracked(), noun, At::List).path();
    let cancel = {
        let navigate = navigate.clone();
        Callback::new(move |()| navigate(&list(), NavigateOptions::default()))
    };
    let then = move |reply: R::Response| {
        again.run(());
        // Whoever left the form meanwhile is not called back to it.
        let here = sent.try_set(true);
        if let Some(arn) = made.run(reply).filter(|_| here) {
            let page = || Page::Resource(scope.get_untracked(), noun, At::One(Arn::short(&arn).to_owned())).path();
            navigate(&leads.map_or_else(page, |leads| leads.run(arn.clone())), NavigateOptions::default());
        }
    };
    let purpose = purpose(noun);
    let submit = Callback::new(move |()| {
        let request = request.get_untracked();
        let done = format!("{} {} {}", kind_of(noun), named(&request).unwrap_or("without a name"), purpose.done());
        create.run(Change::new(scope.get_untracked(), request, done), then.clone());
    });
    effect(move || {
        if let Some(problem) = create.problem().get() {
            state.refuse(problem.fields);
        }
    });

    let aside = view! { <div class="stack">{as_code::beside_form::<R>(scope, request.into())} {beside}</div> };
    let role = session::off::<R>();
    let off = Signal::derive(move || role.get().or_else(|| full.get()));
    view! {
        <Head
            above=(noun.many(), Signal::derive(move || Page::Resource(scope.get(), noun, At::List).path()))
            title=title.unwrap_or_else(|| purpose.label())
            below=move || view! { <span>"In " {move || scope.get().region} ". " {below}</span> }
        />
        <Form purpose=purpose state=state submit=submit error=create.problem() busy=create.busy() looked_for=create.looked_for() dirty=dirty off=off cancel=cancel aside=aside>
            {fields()}
        </Form>
    }
}
