//! Resetting the stream key: asked, followed to its end, and finished where it was interrupted.

use super::Shown;
use super::stop::{self, Stop};
use crate::api::{Problem, Query, query};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::copy::CodeBox;
use crate::shared::jobs::{self, failed};
use crate::shared::on_air::OnAir;
use crate::shared::{as_code, toasts};
use crate::view::prelude::*;
use contract::Code;
use contract::call::Outcome;
use contract::job::{Job, JobItem, JobState, OneJob, Task};
use contract::own::GetJob;
use contract::stream_key::{CreateStreamKey, DeleteStreamKey};
use contract::tag::{Tags, given};

/// How often the backend is asked how far it is, in milliseconds. It costs no call of IVS.
const EVERY: f64 = 1_000.0;

/// The reset of a channel's stream key that is under way, or was left half done. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Reset {
    /// Where it stands; `None` where there is none to speak of.
    pub(super) stage: Memo<Option<JobState>>,
    /// Is it being started?
    pub(super) busy: RwSignal<bool>,
    /// The one that this page has started, or has seen at work, until it ends.
    started: RwSignal<Option<String>>,
    job: Query<Job>,
    /// The channel's ARN.
    arn: Memo<String>,
}

impl Reset {
    /// Of this channel, whoever began it and wherever: one's own jobs are looked through. `key` is the channel's stream key,
    /// empty where it has none; `again` looks for it once more.
    pub(super) fn follow(shown: Shown, key: Memo<Option<String>>, again: Callback<()>) -> Self {
        let (busy, started) = (RwSignal::new(false), RwSignal::new(None));
        let list = jobs::list();
        let arn = Memo::new(move |_| shown.arn());
        let newest = Memo::new(move |_| list.with(|state| jobs::newest_reset(&state.value()?.jobs, &arn.get()).cloned()));
        // Once seen at work it is followed to its end, whatever the list says meanwhile; and once, since the list may lag.
        let ended = StoredValue::new(None::<String>);
        effect(move || {
            let working = newest.get().filter(|job| job.state == JobState::Running).map(|job| job.id);
            if working.is_some() && started.with_untracked(Option::is_none) && ended.with_value(|ended| *ended != working) {
                started.set(working);
            }
        });
        let without_key = Memo::new(move |_| key.with(|key| key.as_ref().is_some_and(String::is_empty)));
        let id =
            Memo::new(move |_| started.get().or_else(|| newest.get().filter(|job| without_key.get() && failed(job)).map(|job| job.id)));
        let job = query::own(move || id.get().map(|id| GetJob(OneJob { id }))).every(EVERY);
        let stage = Memo::new(move |_| {
            let (stage, failed) =
                job.with(|state| state.value().filter(|job| id.get().as_ref() == Some(&job.id)).map(|job| (job.state, failed(job))))?;
            Some(stage).filter(|stage| *stage == JobState::Running || failed && without_key.get())
        });
        let name = move || untrack(|| shown.name());
        let steps = Memo::new(move |_| job.with(|state| state.value().map(|job| (job.id.clone(), job.state, job.done, job.refused))));
        effect(move || {
            let Some((id, state, ..)) = steps.get() else { return };
            list.refetch();
            if state == JobState::Running {
                return;
            }
            // Not before: in between the channel has no key, which is no news while the job is at work.
            again.run(());
            if started.get_untracked().as_ref() != Some(&id) {
                return;
            }
            ended.set_value(Some(id));
            started.set(None);
            let of = |job: &Job| arn.with(|arn| (why(job, arn), half_done(job, arn)));
            let (problem, half) = untrack(|| job.with(|state| state.value().map(of).unwrap_or_default()));
            // The channel has a key: the old one, or by now somebody else's.
            let unsaid = |problem: &Problem| !half || problem.code == Some(Code::ServiceQuotaExceededException);
            match problem {
                None => toasts::say(toasts::Tone::Good, format!("Stream key of {} reset", name())),
                Some(problem) if unsaid(&problem) => drop(toasts::failed(problem, None, String::new())),
                // It is said where the key would be, for as long as there is none.
                Some(_) => {}
            }
        });
        Self { stage, busy, started, job, arn }
    }

    /// What the deleted key was tagged with.
    pub(super) fn tags(self) -> Tags {
        self.arn.with(|arn| {
            self.job.with(|state| state.value().and_then(|job| halves(job, arn)).map(|[gone, _]| gone.tags.clone()).unwrap_or_default())
        })
    }

    /// It has been finished here, by the call that was left: nobody need look at the job.
    pub(super) fn finished(self) {
        if let Some(id) = self.job.with(|state| state.value().map(|job| job.id.clone())) {
            jobs::seen(&id, true);
        }
    }

    /// Goes on with one that has just been started.
    fn go_on(self, asked: impl Future<Output = Result<Job, Problem>> + 'static) {
        self.busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            match asked.await {
                Ok(job) => drop(self.started.try_set(Some(job.id))),
                Err(problem) => drop(toasts::failed(problem, None, String::new())),
            }
            self.job.refetch();
            self.busy.try_set(false);
        });
    }
}

/// What deletes the key of this channel, and what creates the next.
fn halves<'a>(job: &'a Job, channel: &str) -> Option<&'a [JobItem; 2]> {
    let (pairs, _) = job.items.as_chunks::<2>();
    pairs.iter().find(|[_, made]| made.target == channel)
}

/// What refused it.
fn why(job: &Job, channel: &str) -> Option<Problem> {
    halves(job, channel)?.iter().find_map(|item| item.error.clone()).map(Problem::from)
}

/// Is the old key gone?
fn half_done(job: &Job, channel: &str) -> bool {
    halves(job, channel).is_some_and(|[gone, _]| gone.outcome == Some(Outcome::Done))
}

/// The question, with what it means for who sends now.
pub(super) fn dialog(shown: Shown, stop: Stop, key: Memo<Option<String>>, tags: Memo<Tags>, reset: Reset, open: RwSignal<bool>) -> View {
    let tags = Memo::new(move |_| tags.with(given));
    let attempt = jobs::Attempt::new();
    let on = Callback::new(move |()| {
        open.set(false);
        let key_arn = key.get_untracked().filter(|key| !key.is_empty());
        let task = Task::ResetStreamKey { channel_arn: untrack(|| shown.arn()), key_arn };
        reset.go_on(attempt.start(shown.scope.get_untracked(), task, Some(untrack(|| shown.name()))));
    });
    let lines = Signal::derive(move || {
        let (delete, create) =
            (DeleteStreamKey { arn: key.get().unwrap_or_default() }, CreateStreamKey { channel_arn: shown.arn(), tags: tags.get() });
        shown.scope.with(|scope| format!("{}\n{}", as_code::command(scope, &delete), as_code::command(scope, &create)))
    });
    let known = Memo::new(move |_| shown.on_air.with(OnAir::known));
    let live = move || match known.get() {
        Some(true) if stop.ending(shown) => fact(Tone::Plain, "The stream is stopped. IVS shows it as live for some seconds more."),
        Some(true) => fact(Tone::Warn, live(shown, stop, open)),
        Some(false) => fact(Tone::Plain, "It is offline now, so no stream is interrupted."),
        None => fact(Tone::Warn, "Whether it is live is not known now. A running stream goes on with the old key until it ends."),
    };
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Reset the stream key of {}?", shown.name()))
            verb="Reset stream key"
            keep="Keep it"
            busy=reset.busy
            on=on
        >
            <ul class="facts">
                {fact(Tone::Bad, "The stream key stops working: every encoder that has it is refused. It cannot be brought back.")}
                {live}
                {move || tags.with(|tags| (!tags.is_empty()).then(|| fact(Tone::Plain, "The new one gets the same tags.")))}
                {fact(Tone::Plain, "IVS allows one key, so the old one is deleted before the new one is created. If that is interrupted, it is said here and can be finished.")}
            </ul>
            <details>
                <summary>"as aws ivs"</summary>
                <CodeBox name="Copy commands" text=lines/>
            </details>
        </Confirm>
    }
}

/// What a reset means for the stream that is on air, and the way to end it first.
fn live(shown: Shown, stop: Stop, open: RwSignal<bool>) -> View {
    view! {
        "It is live now. The running stream goes on with the old key until it ends; the encoder needs the new one before it connects again. "
        <span class="offer">"To end it now: " {stop::button(shown, stop, Some(open))}</span>
    }
}

/// How far it is.
pub(super) fn progress(reset: Reset) -> View {
    let said = Memo::new(move |_| {
        reset.job.with(|state| {
            let (job, arn) = (state.value()?, reset.arn.get());
            let half = half_done(job, &arn);
            let doing = if half { "The old stream key is deleted. Creating the new one…" } else { "Deleting the old stream key…" };
            Some((doing, why(job, &arn).map(|problem| format!("Not yet: {} It is tried again.", problem.detail))))
        })
    });
    view! {
        <div class="note" role="status">
            <p class="row"><span class="spinner" aria-hidden="true"></span> {move || said.get().map(|(doing, _)| doing)}</p>
            {move || said.get().and_then(|(_, why)| why).map(|why| view! { <p class="soft">{why}</p> })}
        </div>
    }
}

/// Half done: the old key is gone, and there is no other.
pub(super) fn broken(reset: Reset) -> View {
    let problem = move || reset.arn.with(|arn| reset.job.with(|state| why(state.value()?, arn))).map(|problem| problem.detail);
    view! {
        <div class="problem" role="alert">
            <b>"The stream key is reset only by half"</b>
            <p>"The old one is deleted and the new one was not created: no encoder can send to this channel."</p>
            <p class="soft">{problem}</p>
        </div>
    }
}
