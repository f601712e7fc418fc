//! The channel and the slate as IVS kept them at go-live, and what of the channel is otherwise now.

use super::differences::{Setting, Value, settings};
use super::one::Shown;
use crate::api::{Query, State, query};
use crate::components::badge::none;
use crate::components::load::failed_load;
use crate::components::page;
use crate::components::properties::{properties, property};
use crate::routes::{At, Noun, Page};
use crate::shared::arn::called;
use crate::shared::resource_select::Offer;
use crate::shared::resources;
use crate::view::prelude::*;
use contract::Code;
use contract::arn::Arn;
use contract::channel::{GetChannel, GetChannelResponse};

/// The channel as it is now.
pub(super) fn now(shown: Shown) -> Query<GetChannelResponse> {
    query::call(move || Some((shown.scope.get(), GetChannel { arn: shown.arn.get()? })))
}

/// Is it known to have been deleted?
pub(super) fn gone(query: Query<GetChannelResponse>) -> Memo<bool> {
    Memo::new(move |_| query.with(|state| state.problem().is_some_and(|problem| problem.code == Some(Code::ResourceNotFoundException))))
}

/// The card of the channel.
pub(super) fn channel(shown: Shown) -> View {
    let query = now(shown);
    let now = Memo::new(move |_| query.with(|state| state.value().and_then(|reply| reply.channel.clone())));
    let problem = Memo::new(move |_| query.with(|state: &State<_>| state.problem().cloned()));
    let gone = gone(query);
    let list = Memo::new(move |_| {
        shown
            .session
            .with(|session| session.channel.as_ref().map(|then| now.with(|now| settings(then, now.as_ref().filter(|_| !gone.get())))))
    });
    let summary = move || {
        let changed = list.with(|list| list.iter().flatten().filter(|setting| setting.now.is_some()).count());
        match (gone.get(), now.with(Option::is_some), changed) {
            (true, ..) => "The channel has been deleted since.".to_owned(),
            (false, false, _) => "What has changed since is not known.".to_owned(),
            (false, true, 0) => "Nothing of it has changed since.".to_owned(),
            (false, true, 1) => "One setting has changed since.".to_owned(),
            (false, true, changed) => format!("{changed} settings have changed since."),
        }
    };
    let failed = move || {
        let problem = problem.get().filter(|_| !gone.get())?;
        Some(failed_load(problem, Callback::new(move |()| query.refetch())))
    };
    let of = move |noun: Noun| move || list.with(|list| list.iter().flatten().any(|setting| names(setting, noun)));
    let named = Named {
        policies: resources::playback_restriction_policies(shown.scope, of(Noun::Policy)),
        ads: resources::ad_configurations(shown.scope, of(Noun::Ads)),
    };
    let body = move || match list.get() {
        None => view! { <p class="soft">"IVS did not keep how the channel was."</p> },
        Some(list) => {
            let rows = list.into_iter().map(|setting| row(shown, named, setting)).collect();
            view! { <p class="soft small" role="status">{summary}</p> {properties(rows)} }
        }
    };
    page::card("Channel at go-live", View::Nothing, view! { <div class="stack">{failed}{body}</div> })
}

/// What the session does not keep the names of, as they are called now.
#[derive(Clone, Copy)]
struct Named {
    policies: Offer,
    ads: Offer,
}

/// Is it about something of this kind, then or now?
fn names(setting: &Setting, noun: Noun) -> bool {
    let values = std::iter::once(&setting.then).chain(&setting.now);
    values.into_iter().any(|value| matches!(value, Value::Of(of, arn) if *of == noun && !arn.is_empty()))
}

fn row(shown: Shown, named: Named, Setting { label, then, now }: Setting) -> View {
    let now = now.map(|now| view! { <span class="changed"><span aria-hidden="true">"▲ "</span>"now " {value(shown, named, now)}</span> });
    property(label, view! { {value(shown, named, then)} {now} })
}

fn value(shown: Shown, named: Named, value: Value) -> View {
    match value {
        Value::Text(text) if text.is_empty() => none(),
        Value::Text(text) => view! { <span>{text}</span> },
        Value::Of(_, arn) if arn.is_empty() => view! { <span>"None"</span> },
        Value::Of(noun, arn) => (move || link(shown, noun, &arn, &name(shown, named, noun, &arn))).into_view(),
    }
}

/// What it was called then, where the session says it, or is called now; else the last part of its ARN.
fn name(shown: Shown, named: Named, noun: Noun, arn: &str) -> String {
    let kept = shown.session.with(|session| match noun {
        Noun::Recording => session.recording_configuration.as_ref().filter(|kept| kept.arn == arn).and_then(|kept| kept.name.clone()),
        Noun::Slate => session.failover_slate_configuration.as_ref().filter(|kept| kept.arn == arn).and_then(|kept| kept.name.clone()),
        Noun::Policy => named.policies.name(arn),
        Noun::Ads => named.ads.name(arn),
        Noun::PlaybackKey => None,
    });
    called(kept.as_deref(), arn).to_owned()
}

fn link(shown: Shown, noun: Noun, arn: &str, text: &str) -> View {
    let to = Page::Resource(shown.scope.get_untracked(), noun, At::One(Arn::short(arn).to_owned())).path();
    view! { <a class="link" href=to>{text.to_owned()}</a> }
}

/// The card of the slate, where there was one.
pub(super) fn slate(shown: Shown) -> View {
    let slate = Memo::new(move |_| shown.session.with(|session| session.failover_slate_configuration.clone()));
    let card = move || {
        let slate = slate.get()?;
        let seconds = |seconds: Option<i32>| seconds.map_or_else(|| "as IVS has it".to_owned(), |seconds| format!("{seconds} s"));
        let list = vec![
            property("Slate", link(shown, Noun::Slate, &slate.arn, called(slate.name.as_deref(), &slate.arn))),
            property("Shown after", seconds(slate.activation_threshold_seconds)),
            property("For at least", seconds(slate.min_slate_display_seconds)),
            property("For at most", seconds(slate.max_slate_display_seconds)),
        ];
        Some(page::card("Failover slate at go-live", View::Nothing, properties(list)))
    };
    card.into_view()
}
