//! Create channel: every field of the operation, and IVS's rules between them.

use super::typed::Typed;
use super::{bring_back, fields, summary};
use crate::api::{Change, Mutation};
use crate::components::form::{Form, FormState, Purpose};
use crate::components::page::Head;
use crate::routes::Page;
use crate::shared::resources::Offers;
use crate::shared::tag_editor::TagEditor;
use crate::shared::{as_code, channels, place, session};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::{CreateChannel, CreateChannelResponse};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// The form.
#[component]
pub(crate) fn New() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());

    // What is typed
    let typed = Typed::new();
    let request = Memo::new(move |_| typed.request());
    let state = FormState::new(move || typed.check());
    let sent = RwSignal::new(false);
    let dirty = Signal::derive(move || !sent.get() && request.with(|request| *request != typed.untouched()));

    // Actions
    let create = Mutation::in_form();
    let navigate = use_navigate();
    let cancel = {
        let navigate = navigate.clone();
        Callback::new(move |()| navigate(&Page::Channels(scope.get_untracked()).path(), NavigateOptions::default()))
    };
    let then = move |reply: CreateChannelResponse| {
        // Whoever left the form meanwhile is not called back to it.
        let here = sent.try_set(true);
        let Some(channel) = reply.channel.filter(|_| here) else { return };
        let id = Arn::short(channel.arn.as_deref().unwrap_or_default()).to_owned();
        list.update(|pages| pages.items.push(summary(channel)));
        let url = Page::Channel(scope.get_untracked(), id).path();
        navigate(&format!("{url}?created=1"), NavigateOptions::default());
    };
    let submit = Callback::new(move |()| {
        let request = request.get_untracked();
        let done = format!("Channel {} created", request.name.as_deref().unwrap_or("without a name"));
        create.run(Change::new(scope.get_untracked(), request, done), then.clone());
    });
    effect(move || {
        if let Some(problem) = create.problem().get() {
            state.refuse(problem.fields);
        }
    });

    // View
    let off = session::off::<CreateChannel>();
    let region = Signal::derive(move || scope.get().region);
    let code = as_code::beside_form::<CreateChannel>(scope, request.into());
    view! {
        <Head
            above=("Channels", Signal::derive(move || Page::Channels(scope.get()).path()))
            title=Purpose::Create("channel").label()
            below=move || view! { <span>"In " {region} ". It comes with a stream key."</span> }
        />
        {bring_back::notice(typed)}
        <Form purpose=Purpose::Create("channel") state=state submit=submit error=create.problem() busy=create.busy() looked_for=create.looked_for() dirty=dirty off=off cancel=cancel aside=code>
            {fields::fields(typed, Offers::of(scope), false, view! { <TagEditor tags=typed.tags/> })}
        </Form>
    }
}
