//! The stream key of a channel, of which IVS allows one: closed, created, and reset. A reset is a job, since IVS has no such
//! call: what it is interrupted by, this page says and finishes.

use super::reset::{self, Reset};
use super::stop::Stop;
use super::{Shown, delete_key};
use crate::api::{Change, Mutation, query};
use crate::components::action::{Action, Look};
use crate::components::load::{load, skeleton_lines};
use crate::routes::Ask;
use crate::shared::{endpoints, reveal, session};
use crate::view::prelude::*;
use contract::job::JobState;
use contract::stream_key::{CreateStreamKey, DeleteStreamKey, ListStreamKeys};
use contract::tag::Tags;

pub(super) fn box_of(shown: Shown, stop: Stop) -> View {
    let arn = Memo::new(move |_| shown.arn());
    let keys = query::pages(move || {
        let request = ListStreamKeys { channel_arn: arn.get(), max_results: Some(50), ..ListStreamKeys::default() };
        (!request.channel_arn.is_empty()).then(|| (shown.scope.get(), request))
    })
    .every(60_000.0);
    let first = Memo::new(move |_| {
        keys.with(|state| state.value().map(|pages| pages.items.first().and_then(|key| key.arn.clone()).unwrap_or_default()))
    });
    let tags = Memo::new(move |_| {
        keys.with(|state| state.value().and_then(|pages| pages.items.first().map(|key| key.tags.clone())).unwrap_or_default())
    });
    let again = Callback::new(move |()| keys.refetch());
    let reset = Reset::follow(shown, first, again);
    // Not in what follows the job itself: the way to finish it stays while the job is looked at again and again.
    let handed = Memo::new(move |_| reset.tags());
    let asks = [RwSignal::new(false), RwSignal::new(false)];
    let there_is = move || first.with(|key| key.as_ref().map(|key| !key.is_empty()));
    for (ask, open) in [Ask::Reset, Ask::DeleteKey].into_iter().zip(asks) {
        shown.when_asked(ask, session::off::<DeleteStreamKey>(), there_is, move || open.set(true));
    }
    let finished = Callback::new(move |()| {
        untrack(|| reset.finished());
        again.run(());
    });
    let body = move || match reset.stage.get() {
        Some(JobState::Running) => reset::progress(reset),
        // Created by its own call: a reset that is begun again would delete what somebody else has created meanwhile.
        Some(JobState::Finished | JobState::Cancelled) => missing(shown, "Finish the reset", reset::broken(reset), handed.into(), finished),
        None => load(keys, || skeleton_lines(1), move |_| there(shown, first, again)),
    };
    // It stays while the reset is at work, so that the focus does.
    let has_key = Memo::new(move |_| first.with(|key| key.as_ref().is_some_and(|key| !key.is_empty())));
    view! {
        <div class="stack">
            {body}
            {move || has_key.get().then(|| button(shown, stop, first, tags, reset, asks, again))}
        </div>
    }
}

/// The key, or the way to one. `again` looks once more.
fn there(shown: Shown, first: Memo<Option<String>>, again: Callback<()>) -> View {
    let key = Memo::new(move |_| first.get().filter(|key| !key.is_empty()));
    let body = move || match key.get() {
        Some(key) => {
            let srt = Signal::derive(move || shown.channel.with(endpoints::srt).unwrap_or_default());
            let url = (!untrack(|| srt.with(String::is_empty)))
                .then(|| reveal::srt_url(shown.scope, srt, untrack(|| shown.arn()), key.clone(), again));
            view! {
                <div class="stack">
                    {reveal::stream_key(shown.scope, key, again)}
                    {url}
                </div>
            }
        }
        None => {
            let why = view! { <p class="note">"This channel has no stream key, so no encoder can send to it."</p> };
            missing(shown, "Create stream key", why, Signal::stored(Tags::new()), again)
        }
    };
    body.into_view()
}

/// `asks`: whether it is asked to reset, and to delete.
fn button(
    shown: Shown,
    stop: Stop,
    key: Memo<Option<String>>,
    tags: Memo<Tags>,
    reset: Reset,
    asks: [RwSignal<bool>; 2],
    again: Callback<()>,
) -> View {
    let [resets, deletes] = asks;
    let off = session::off::<DeleteStreamKey>();
    let busy = Signal::derive(move || reset.busy.get() || reset.stage.get() == Some(JobState::Running));
    view! {
        <div class="row">
            <Action label="Reset stream key…" off=off busy=busy on=move |()| resets.set(true)/>
            <Action label="Delete stream key…" look=Look::Quiet off=off busy=busy on=move |()| deletes.set(true)/>
        </div>
        {reset::dialog(shown, stop, key, tags, reset, resets)}
        {delete_key::dialog(shown, key, deletes, again)}
    }
}

/// `tags` are those of the key that was there before.
fn missing(shown: Shown, label: &'static str, why: View, tags: Signal<Tags>, again: Callback<()>) -> View {
    let create = Mutation::action();
    let off = session::off::<CreateStreamKey>();
    let make = Callback::new(move |()| {
        let request = CreateStreamKey { channel_arn: untrack(|| shown.arn()), tags: tags.get_untracked() };
        create.run(Change::new(shown.scope.get_untracked(), request, "Stream key created"), move |_| again.run(()));
    });
    view! {
        {why}
        <div><Action label=label off=off busy=create.busy() on=make/></div>
    }
}
