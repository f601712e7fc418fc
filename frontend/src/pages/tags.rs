//! The tags of any resource of IVS, found by its ARN.

use crate::api::{Scope, query};
use crate::components::action::{Action, Look};
use crate::components::guard;
use crate::components::load::{load, skeleton_lines};
use crate::components::page::Head;
use crate::routes::tags_of;
use crate::shared::arn::find;
use crate::shared::resource::page_of;
use crate::shared::session;
use crate::shared::tags_card::{Tagged, card};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::tag::{ListTagsForResource, Tags as Values};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The page.
#[component]
pub(crate) fn Tags() -> View {
    // Query
    let address = use_query_map();
    let arn = Memo::new(move |_| address.with(|query| query.get("arn").unwrap_or_default()));
    let found = Memo::new(move |_| Some(find(&arn.get(), &session::me()?)));
    let wrong = Memo::new(move |_| found.get().and_then(Result::err).filter(|_| arn.with(|arn| !arn.is_empty())));
    let scope = Memo::new(move |_| found.get().and_then(Result::ok).map(|(scope, _)| scope).unwrap_or_default());
    let there = Memo::new(move |_| scope.with(|scope| !scope.account.is_empty()));
    let query = query::call(move || there.get().then(|| (scope.get(), ListTagsForResource { resource_arn: arn.get() }))).every(30_000.0);

    // Actions
    let typed = RwSignal::new(String::new());
    // Back and a link change the address without us.
    effect(move || typed.set(arn.get()));
    let navigate = use_navigate();
    let look = Callback::new(move |()| {
        let (navigate, to) = (navigate.clone(), tags_of(typed.get_untracked().trim()));
        guard::leave(move || navigate(&to, NavigateOptions::default()));
    });

    // View
    let tagged = Tagged {
        scope,
        arn,
        tags: Memo::new(move |_| query.with(|state| state.value().map(|reply| reply.tags.clone()).unwrap_or_else(Values::new))),
        again: Callback::new(move |()| query.refetch()),
    };
    // Another resource is another card: nothing that was typed for the one before is left in it.
    let body = move || {
        arn.track();
        there.get().then(|| load(query, || skeleton_lines(2), move |_| card(tagged)))
    };
    view! {
        <Head title="Tags" below=move || view! { <span>"Of any resource of IVS, by its ARN."</span> }/>
        <div class="narrow stack">
            <form
                class="field"
                on:submit=move |event| {
                    event.prevent_default();
                    look.run(());
                }
            >
                <label for="tags-arn">"ARN"</label>
                <div class="row nowrap">
                    <input
                        class="input"
                        id="tags-arn"
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh"
                        aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                        aria-describedby="tags-arn-help"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <Action label="Look up" look=Look::Primary on=look/>
                </div>
                <div id="tags-arn-help">
                    <p class="error" role="alert" hidden=move || wrong.with(Option::is_none)>{wrong}</p>
                    <p class="help">"A channel, stream key, playback key, recording configuration, playback restriction policy, ad configuration or failover slate."</p>
                </div>
            </form>
            {move || found.get().and_then(Result::ok).map(|(scope, arn)| what(&scope, &arn))}
            {body}
        </div>
    }
}

/// What kind of thing it is, and where; the way to its page where it has one.
fn what(scope: &Scope, arn: &Arn) -> View {
    let kind = arn.resource.as_str().replace('-', " ");
    let id = match page_of(scope.clone(), arn.clone()) {
        Some(page) => view! { <a class="link" href=page.path()>{arn.id.clone()}</a> },
        None => view! { <code>{arn.id.clone()}</code> },
    };
    view! { <p class="soft">{format!("The {kind} ")} {id} {format!(" in {} · {}", scope.account, scope.region)}</p> }
}
