//! Create recording configuration; or a copy of another, since IVS changes none.

use super::typed::Typed;
use super::{form, paths, recordings};
use crate::api::{Scope, query};
use crate::components::action::always;
use crate::components::load::{load, skeleton_lines};
use crate::components::page::Head;
use crate::routes::{At, Noun, Page};
use crate::shared::arn::{self, called};
use crate::shared::place;
use crate::shared::resource::{Making, kind, new_page};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::recording_configuration::{CreateRecordingConfigurationResponse, GetRecordingConfiguration, RecordingConfiguration};
use leptos_router::hooks::use_query_map;

/// The form.
#[component]
pub(crate) fn New() -> View {
    let scope = place::scope();
    let address = use_query_map();
    let from = Memo::new(move |_| address.with(|query| query.get("from").unwrap_or_default()));
    let arn = Memo::new(move |_| from.with(|id| (!id.is_empty()).then(|| arn::of(&scope.get(), kind(Noun::Recording), id)).flatten()));
    let copied = query::call(move || Some((scope.get(), GetRecordingConfiguration { arn: arn.get()? })));
    let page = move || {
        if from.with(String::is_empty) {
            return page(None);
        }
        // The page is called by the id before the other one is there, and where it cannot be had.
        let there = Memo::new(move |_| copied.bare().is_there());
        let head = move || (!there.get()).then(|| view! { <Head title=from.with(|id| heading(id))/> });
        let form =
            load(copied, || skeleton_lines(8), |reply| page(reply.with_untracked(|reply| reply.recording_configuration.clone()).as_ref()));
        view! { {head} {form} }
    };
    page.into_view()
}

/// It is no edit in place: what is in use stays as it is.
fn heading(name: &str) -> String {
    format!("Change {name}: a copy")
}

/// The page of one, with the question whether another is to take its place.
fn replaces(scope: Memo<Scope>, from: String) -> Callback<String, String> {
    Callback::new(move |made: String| {
        let page = Page::Resource(scope.get_untracked(), Noun::Recording, At::One(Arn::short(&from).to_owned()));
        format!("{}?to={}", page.path(), Arn::short(&made))
    })
}

fn page(copied: Option<&RecordingConfiguration>) -> View {
    let scope = place::scope();
    let list = recordings(scope);
    let typed = Typed::of(copied);
    let request = Memo::new(move |_| typed.request());
    new_page(Making {
        noun: Noun::Recording,
        scope,
        request,
        untouched: untrack(|| typed.request()),
        unread: Signal::derive(move || typed.unread()),
        tags: typed.tags,
        named: |request| request.name.as_deref(),
        made: Callback::new(|reply: CreateRecordingConfigurationResponse| reply.recording_configuration.map(|made| made.arn)),
        // The one that it is a copy of: there it can take its place.
        leads: copied.map(|from| replaces(scope, from.arn.clone())),
        again: Callback::new(move |()| list.refetch()),
        title: copied.map(|from| heading(called(from.name.as_deref(), &from.arn))),
        off: always(),
        below: match copied {
            None => "IVS changes none afterwards: another one takes its place.",
            Some(_) => "IVS changes none. This makes another one, which can then take its place.",
        },
        fields: Box::new(move || form::fields(typed)),
        beside: paths::preview(scope, typed.bucket.into(), Signal::derive(move || typed.kept())),
    })
}
