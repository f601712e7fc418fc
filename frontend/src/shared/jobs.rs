//! Jobs: which there are, starting one, and what they are called.

use crate::api::{Problem, Query, Scope, client, new_key, query};
use crate::shared::session;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::job::{Job, Jobs, ListJobs, StartJob, Task};

/// How often the backend is asked, in milliseconds. It costs no call of IVS.
const EVERY: f64 = 5_000.0;

/// One's own jobs, and with the auditor grant everyone's, newest first. Nothing is asked before it is known who asks.
pub(crate) fn list() -> Query<Jobs> {
    query::own(|| session::me().map(|_| ListJobs {})).every(EVERY)
}

/// Starts jobs of one kind from one place. Started again after an answer that was lost, it is the same job.
#[derive(Clone, Copy)]
pub(crate) struct Attempt(StoredValue<Option<String>>);

impl Attempt {
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Starts the job.
    pub(crate) fn start(self, scope: Scope, task: Task) -> impl Future<Output = Result<Job, Problem>> + 'static {
        let key = self.0.get_value().unwrap_or_else(new_key);
        self.0.set_value(Some(key.clone()));
        let start = StartJob { account: scope.account, region: scope.region, task, reason: None, key };
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

/// What a job does, as “Tag 48 resources”.
pub(crate) fn label(task: &Task) -> String {
    let of = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match task {
        Task::ResetStreamKey { channel_arn } => format!("Reset the stream key of {}", Arn::short(channel_arn)),
        Task::DeleteChannels { arns } => format!("Delete {}", of(arns.len(), "channel")),
        Task::TagResources { arns, .. } => format!("Tag {}", of(arns.len(), "resource")),
        Task::UntagResources { arns, .. } => format!("Untag {}", of(arns.len(), "resource")),
    }
}
