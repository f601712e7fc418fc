//! One job: how far it is, what became of each item, and what can be done about what was refused.

use super::{items, result, state, undo, viewers};
use crate::api::{Problem, Scope, client, query};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::{Tone, tag};
use crate::components::confirm::{Confirm, fact};
use crate::components::load::{load, skeleton_lines};
use crate::components::page::Head;
use crate::components::time::Ago;
use crate::routes::Page;
use crate::shared::{clock, jobs, place, session, toasts};
use crate::view::prelude::*;
use contract::call::Outcome;
use contract::job::{Job, JobItem, JobState, OneJob, Task};
use contract::own::{CancelJob, GetJob, RetryJob};

/// So many items more are another second between two looks.
const EACH_SECOND: u32 = 500;

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let page = place::page();
    let id = Memo::new(move |_| page.with(|page| if let Some(Page::Job(id)) = page { Some(id.clone()) } else { None }));
    let query = query::own(move || Some(GetJob(OneJob { id: id.get()? })));
    let job = Memo::new(move |_| query.with(|state| state.value().cloned()));
    // While it goes on, every second, which the clock counts, or where it is long as often as it moves on much: it comes with all
    // its items. Afterwards nothing changes by itself.
    let now = clock::now();
    let (running, total) = (
        Memo::new(move |_| job.with(|job| job.as_ref().is_some_and(|job| job.state == JobState::Running))),
        Memo::new(move |_| job.with(|job| job.as_ref().map_or(0, |job| job.total))),
    );
    let looked = StoredValue::new(0.0);
    effect(move || {
        let now = now.get();
        let apart = f64::from(total.get_untracked() / EACH_SECOND) * 1_000.0;
        if running.get_untracked() && now - looked.get_value() >= apart {
            looked.set_value(now);
            query.refetch();
        }
    });
    // The bar need not tell of what is on the screen.
    let ended = Memo::new(move |_| job.with(|job| job.as_ref().filter(|job| job.state != JobState::Running).map(|job| job.id.clone())));
    let list = jobs::list();
    effect(move || {
        if let Some(id) = ended.get() {
            jobs::seen(&id, true);
            list.refetch();
        }
    });

    // Actions
    let busy = RwSignal::new(false);
    let asked = move |answer: std::pin::Pin<Box<dyn Future<Output = Result<Job, Problem>>>>| {
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            match answer.await {
                // Of this page's job: there may be another one on it by now.
                Ok(job) if id.try_get_untracked().flatten().as_ref() == Some(&job.id) => query.update(|old| *old = job),
                Ok(_) => {}
                Err(problem) => drop(toasts::failed(problem, None, String::new())),
            }
            busy.try_set(false);
        });
    };
    let named = move || OneJob { id: id.get_untracked().unwrap_or_default() };
    let cancel = Callback::new(move |()| asked(Box::pin(client::own(&CancelJob(named())))));
    let sure = RwSignal::new(false);
    let retry = Callback::new(move |()| {
        sure.set(false);
        jobs::started();
        jobs::seen(&named().id, false);
        asked(Box::pin(client::own(&RetryJob(named()))));
    });
    // What is deleted is asked about each time: it may be another thing by now.
    let deletes = move || job.with_untracked(|job| job.as_ref().is_some_and(|job| matches!(job.task, Task::DeleteChannels { .. })));
    let ask = Callback::new(move |()| if deletes() { sure.set(true) } else { retry.run(()) });
    let off: Off = Signal::derive(move || {
        let me = session::me();
        let others = job.with(|job| job.as_ref().is_some_and(|job| me.is_none_or(|me| me.name != job.person)));
        others.then(|| "Only whoever started it can do that.".to_owned())
    });
    let actions = move || {
        let stand = |job: &Job| if job.cancelled { (JobState::Cancelled, 0) } else { (job.state, job.refused) };
        let (state, refused) = job.with(|job| job.as_ref().map_or((JobState::Cancelled, 0), stand));
        match (state, refused) {
            (JobState::Running, _) => view! { <Action label="Cancel" name="Cancel this job" off=off busy=busy on=cancel/> },
            (JobState::Finished, 1..) => {
                let label = job.with(|job| job.as_ref().and_then(viewers::again)).unwrap_or_else(|| format!("Retry {refused} refused"));
                view! { <Action label=label look=Look::Primary off=off busy=busy on=ask/> }
            }
            (JobState::Finished | JobState::Cancelled, _) => View::Nothing,
        }
    };

    // View
    // Another job is another body: nothing of the one before is left in it.
    let body = move || {
        id.track();
        load(query, || skeleton_lines(6), whole)
    };
    let title = move || job.with(|job| job.as_ref().map_or_else(|| "Job".to_owned(), jobs::label));
    let badge = move || job.with(|job| job.as_ref().map(state));
    let above = ("Jobs", Signal::stored(Page::Jobs.path()));
    view! {
        <div class="list-page">
            <Head above=above title=TextProp::from(title) beside=badge below=move || job.with(|job| job.as_ref().map(below)) actions=actions/>
            {body}
            {again(job, sure, retry)}
        </div>
    }
}

/// Deletes what was refused before: by its names, and with their number typed.
fn again(job: Memo<Option<Job>>, sure: RwSignal<bool>, retry: Callback<()>) -> View {
    let refused = Memo::new(move |_| {
        let refused = |item: &&JobItem| item.outcome == Some(Outcome::Refused);
        let name = jobs::item_name;
        job.with(|job| job.iter().flat_map(|job| job.items.iter().filter(refused).map(name)).collect::<Vec<_>>())
    });
    let word = Signal::derive(move || {
        refused.with(|names| if let [one] = names.as_slice() { one.clone() } else { format!("{} channels", names.len()) })
    });
    let names = move || refused.get().into_iter().map(|name| view! { <li>{name}</li> }).collect::<View>();
    view! {
        <Confirm
            open=sure
            title=TextProp::from(move || format!("Delete {} now?", word.get()))
            verb="Delete channels"
            keep="Keep them"
            type_name=word
            on=retry
        >
            <ul class="names" tabindex="0" aria-label="Channels">{names}</ul>
            <ul class="facts">{fact(Tone::Bad, "Their stream keys go with them, and their playback URLs stop working. This cannot be undone.")}</ul>
        </Confirm>
    }
}

fn below(job: &Job) -> View {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
    let at = job.at as f64;
    let now = clock::now();
    view! {
        <span>"in " <a class="link" href=Page::Channels(Scope { account: job.account.clone(), region: job.region.clone() }).path()>{format!("{} · {}", job.account, job.region)}</a></span>
        <span class="faint">"· started " <Ago at=Signal::stored(at) now=now/> {format!(" by {}", job.person)}</span>
    }
}

/// What the task says beside which resources.
fn about(task: &Task) -> View {
    match task {
        Task::TagResources { tags, .. } => {
            view! { <div class="tags about">{tags.iter().map(|(key, value)| tag(key, value)).collect::<View>()}</div> }
        }
        Task::UntagResources { tag_keys, .. } => {
            view! { <div class="tags about">{tag_keys.iter().map(|key| view! { <span class="tag"><b>{key.clone()}</b></span> }).collect::<View>()}</div> }
        }
        Task::DetachChannels { delete, .. } => {
            let deletes = if *delete { " When none has it any more, it is deleted." } else { "" };
            view! { <p class="soft">"Each channel is changed only while it still has it. IVS refuses to change one that is live: that one is waited for, until its stream ends or the job is cancelled." {deletes}</p> }
        }
        Task::ResetStreamKeys { .. } => {
            view! { <p class="soft">"One channel after the other: its stream key is deleted, then the new one is created. Where that fails, the others keep theirs."</p> }
        }
        Task::TakeOffAir { new_key, .. } => {
            let key = if *new_key { " Then it gets a new stream key." } else { " It gets no new stream key." };
            view! { <p class="soft">"The stream key goes first, so that no encoder comes back; then the stream is stopped, and watched to stay down." {key} " Viewers that were named are revoked after that."</p> }
        }
        Task::RevokeViewers { .. } => {
            view! { <p class="soft">"Twenty in a call, as fast as IVS takes them. IVS begins it and answers at once: they lose the picture some time later."</p> }
        }
        Task::CreateChannels { .. } | Task::DeleteChannels { .. } | Task::ResetStreamKey { .. } => View::Nothing,
    }
}

fn whole(job: Signal<Job>) -> View {
    let ended = Memo::new(move |_| job.with(|job| job.done + job.refused));
    let said = Memo::new(move |_| job.with(|job| viewers::said(job).unwrap_or_else(|| jobs::counts(job))));
    let total = Memo::new(move |_| job.with(|job| job.total.max(1)));
    view! {
        <div class="job-progress">
            <progress max=total value=ended aria-label="How far it is"></progress>
            <p role="status">{said}</p>
        </div>
        {job.with_untracked(|job| about(&job.task))}
        <div class="halves">
            {job.with_untracked(|job| result::makes_keys(&job.task)).then(|| result::card(job))}
            {job.with_untracked(|job| matches!(job.task, Task::CreateChannels { .. })).then(|| undo::card(job))}
        </div>
        {if job.with_untracked(viewers::alone) { viewers::table(job) } else { items::table(job) }}
    }
}
