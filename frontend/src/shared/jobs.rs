//! Jobs: which there are, starting one, and what they are called.

use crate::api::{Problem, Query, Scope, client, new_key, query};
use crate::shared::session;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::job::{Job, JobItem, JobState, Jobs, ListJobs, StartJob, Task};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How often the backend is asked, in milliseconds. It costs no call of IVS.
const EVERY: f64 = 5_000.0;

/// So long after its start it is told of, in milliseconds. Its page stays.
const RECENT: f64 = 86_400_000.0;

/// One's own jobs, and with the auditor grant everyone's, newest first. Nothing is asked before it is known who asks.
pub(crate) fn list() -> Query<Jobs> {
    query::own(|| session::me().map(|_| ListJobs {})).every(EVERY)
}

/// Starts jobs from one place. The same task started again in the same place, after an
/// answer that was lost, is the same job.
#[derive(Clone, Copy)]
pub(crate) struct Attempt(StoredValue<Option<(Scope, Task, String)>>);

impl Attempt {
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Starts the job. `name`: what the one resource that it is about is called.
    pub(crate) fn start(self, scope: Scope, task: Task, name: Option<String>) -> impl Future<Output = Result<Job, Problem>> + 'static {
        let same = self.0.get_value().filter(|(there, before, _)| *there == scope && *before == task);
        let key = same.map_or_else(new_key, |(.., key)| key);
        self.0.set_value(Some((scope.clone(), task.clone(), key.clone())));
        let start = StartJob { account: scope.account, region: scope.region, task, name, reason: None, key };
        started();
        async move {
            let started = client::own(&start).await;
            // Without a code no answer came: the job may have been started all the same.
            if started.as_ref().err().is_none_or(|problem| problem.code.is_some()) {
                self.0.try_set_value(None);
            }
            started
        }
    }
}

thread_local! {
    static NAMES: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Keeps what the resources of a job are called, by their ARNs: what is deleted cannot be asked any more.
pub(crate) fn remember(names: BTreeMap<String, String>) {
    NAMES.with_borrow_mut(|known| known.extend(names));
}

/// What a resource of a job is called; where this page never saw that, the last part of its ARN.
pub(crate) fn called(arn: &str) -> String {
    NAMES.with_borrow(|known| known.get(arn).cloned()).unwrap_or_else(|| Arn::short(arn).to_owned())
}

/// What an item of a job is about: its name when the call was made, else as [`called`].
pub(crate) fn item_name(item: &JobItem) -> String {
    item.name.clone().unwrap_or_else(|| called(&item.target))
}

/// What the one resource of a job is called, as whoever started it saw it.
pub(crate) fn subject(job: &Job) -> String {
    job.name.clone().unwrap_or_else(|| called(job.task.subject().unwrap_or_default()))
}

/// What a job does, as “Tag 48 resources”.
pub(crate) fn label(job: &Job) -> String {
    let of = |one: &str| if job.total == 1 { format!("1 {one}") } else { format!("{} {one}s", job.total) };
    match &job.task {
        Task::ResetStreamKey { .. } => format!("Reset the stream key of {}", subject(job)),
        Task::ResetStreamKeys { .. } => match job.total / 2 {
            1 => "Reset 1 stream key".to_owned(),
            many => format!("Reset {many} stream keys"),
        },
        Task::TakeOffAir { .. } => format!("Take {} off air", subject(job)),
        Task::RevokeViewers { .. } if job.total == 1 => "Revoke viewers in 1 call".to_owned(),
        Task::RevokeViewers { .. } => format!("Revoke viewers in {} calls", job.total),
        Task::CreateChannels { .. } => format!("Create {}", of("channel")),
        Task::DeleteChannels { .. } => format!("Delete {}", of("channel")),
        Task::DetachChannels { to, delete, .. } => {
            let (name, to) = (subject(job), to.as_deref().map(called));
            match (to, delete) {
                (None, true) => format!("Detach and delete {name}"),
                (None, false) => format!("Detach {name}"),
                (Some(to), true) => format!("Put {to} in place of {name}, and delete that"),
                (Some(to), false) => format!("Put {to} in place of {name}"),
            }
        }
        Task::TagResources { .. } => format!("Tag {}", of("resource")),
        Task::UntagResources { .. } => format!("Untag {}", of("resource")),
    }
}

/// The newest reset of this channel's stream key, of jobs that stand newest first: what was left half done before it is mended,
/// or its own to tell. One of many keys counts while it has left this channel without one.
pub(crate) fn newest_reset<'a>(jobs: &'a [Job], channel: &str) -> Option<&'a Job> {
    let resets = |job: &&Job| match &job.task {
        Task::ResetStreamKey { channel_arn, .. } => channel_arn == channel,
        Task::ResetStreamKeys { .. } => job.without_key.iter().any(|left| left == channel),
        Task::TakeOffAir { .. }
        | Task::RevokeViewers { .. }
        | Task::CreateChannels { .. }
        | Task::DeleteChannels { .. }
        | Task::TagResources { .. }
        | Task::UntagResources { .. }
        | Task::DetachChannels { .. } => false,
    };
    jobs.iter().find(resets)
}

/// Has it ended, and not well?
pub(crate) fn failed(job: &Job) -> bool {
    job.state != JobState::Running && job.refused + job.unknown > 0
}

/// As `34 done · 2 refused · 12 to go`; what there is none of is left out.
pub(crate) fn counts(job: &Job) -> String {
    let left = job.total.saturating_sub(job.done + job.refused + job.unknown);
    let left_word = if job.cancelled { "not begun" } else { "to go" };
    let mut said = format!("{} done", job.done);
    for (count, word) in [(job.refused, "refused"), (job.unknown, "being looked up"), (left, left_word)] {
        if count > 0 {
            said.push_str(&format!(" · {count} {word}"));
        }
    }
    said
}

thread_local! {
    static SEEN: RwSignal<Vec<String>> = RwSignal::new(Vec::new());
    static STARTED: RwSignal<bool> = RwSignal::new(false);
}

/// Keeps what was started and looked at for as long as the app. Called once, by its root.
pub(crate) fn provide() {
    SEEN.with(|_| ());
    STARTED.with(|_| ());
}

/// There is a job to tell of from now on.
pub(crate) fn started() {
    STARTED.with(|started| started.set(true));
}

/// May there be jobs to tell of? Some from before, or one that was started here.
pub(crate) fn any() -> Memo<bool> {
    Memo::new(|_| STARTED.with(|started| started.get()) || session::me().is_some_and(|me| me.jobs))
}

/// Somebody has looked at how it ended; or it goes on, and has an end to be looked at again.
pub(crate) fn seen(id: &str, is: bool) {
    SEEN.with(|seen| {
        seen.update(|seen| {
            seen.retain(|other| other != id);
            if is {
                seen.push(id.to_owned());
            }
        });
    });
}

/// Did it end with something that was refused, not long ago, and nobody has looked at that? Reactively.
pub(crate) fn wants_a_look(job: &Job) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
    let recent = js_sys::Date::now() - (job.at as f64) < RECENT;
    let mine = session::me().is_some_and(|me| me.name == job.person);
    job.state == JobState::Finished
        && job.refused > 0
        && !job.cancelled
        && recent
        && mine
        && SEEN.with(|seen| seen.with(|seen| !seen.contains(&job.id)))
}
