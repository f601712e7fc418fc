//! Work of more than one call. A job is rows in the journal's file, so it outlives the browser and the process; it makes
//! its calls as the person who started it, with the rights they hold at that moment.

mod calls;
mod live;
mod off_air;
mod perform;
mod plan;
mod reset;
mod store;
mod stored;
mod turn;
mod viewers;
mod work;

pub use calls::Calls;
pub use perform::{Ask, Change, OnAir, Perform};

use crate::error::Failure;
use crate::journal::{Actor, Journal, JournalError, Visibility};
use crate::metrics::instruments::Counts;
use contract::access::Rights;
use contract::job::{Job, Jobs as Listed, StartJob, Task};
use contract::{Code, Operation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::Inserted;
use stored::{ItemState, Stored};
use tokio::task::JoinSet;
use work::Core;

/// Between two looks at something that is not known or not possible yet.
const PAUSE: Duration = Duration::from_secs(5);

/// The operations that a task makes.
pub fn operations(task: &Task) -> BTreeSet<Operation> {
    plan::items(task).into_iter().map(|item| item.operation).collect()
}

/// The jobs of this console. Clones share them; when the last is gone, work stops where it is and is taken up again at
/// the next start.
#[derive(Debug)]
pub struct Jobs<P>(Arc<Inner<P>>);

impl<P> Clone for Jobs<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

#[derive(Debug)]
struct Inner<P> {
    core: Arc<Core<P>>,
    /// Ended with this: whatever is under way then is found in the journal at the next start.
    at_work: Mutex<JoinSet<()>>,
}

impl<P: Perform> Jobs<P> {
    /// Takes up what is unfinished.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn resume(journal: Journal, perform: P) -> Result<Self, JournalError> {
        Self::resume_with(journal, perform, PAUSE).await
    }

    /// As [`Self::resume`], with another pause between two looks at something that is not known yet.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn resume_with(journal: Journal, perform: P, pause: Duration) -> Result<Self, JournalError> {
        let ends = ItemState::ALL.into_iter().filter(|state| state.outcome().is_some());
        let steps = Counts::from_zero(ends.map(|state| [state.as_str()]));
        let core = Arc::new(Core { journal, perform, pause, steps, turns: Mutex::default() });
        let jobs = Self(Arc::new(Inner { core, at_work: Mutex::default() }));
        for id in store::unfinished(&jobs.0.core.journal).await? {
            jobs.work(&id);
        }
        Ok(jobs)
    }

    /// Looks at the jobs of all consoles for as long as it is polled: what another left behind is taken up, and what another's people
    /// have cancelled or want more of is looked at.
    pub async fn take_up(&self) {
        let journal = &self.0.core.journal;
        let mut seen = BTreeMap::new();
        while journal.is_shared() {
            tokio::time::sleep(self.0.core.pause).await;
            let jobs = match store::here(journal).await {
                Ok(jobs) => jobs,
                Err(error) => {
                    tracing::warn!(%error, "whether another console has left a job behind cannot be told");
                    continue;
                }
            };
            let mut now = BTreeMap::new();
            for (id, worker, stirred) in jobs {
                let stands = (worker, stirred);
                // One that stands as it did at the last look was looked at then: a cancelled one, of which nothing will be begun.
                if seen.get(&id) != Some(&stands) {
                    self.0.core.wake(&id);
                    self.work(&id);
                }
                now.insert(id, stands);
            }
            seen = now;
        }
    }

    /// Starts a job, or finds the one that this person started with the same key.
    ///
    /// # Errors
    /// The task is outside its limits, the person may not do what it does, the key was used for another task, or the
    /// journal cannot be written.
    pub async fn start(&self, actor: &Actor, rights: &Rights, request_id: &str, start: &StartJob) -> Result<Job, Failure> {
        plan::check(start)?;
        for operation in operations(&start.task) {
            rights.demand(operation.permission()).map_err(|missing| Failure::refused(Code::RoleForbidden, missing))?;
        }
        let id = match store::insert(&self.0.core.journal, actor, request_id, start).await? {
            Inserted::Job(id) => id,
            Inserted::Other => return Err(Failure::refused(Code::KeyReused, "The idempotency key was used for another job.")),
        };
        let job = self.get(&id, &Visibility::Everyone).await?;
        self.work(&id);
        Ok(job)
    }

    /// The latest hundred jobs, newest first, without their items and what their tasks list.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn list(&self, visibility: &Visibility) -> Result<Listed, Failure> {
        Ok(Listed { jobs: store::latest(&self.0.core.journal, visibility).await? })
    }

    /// Does one go on that may be seen, or was one started within the last day?
    ///
    /// # Errors
    /// The journal cannot be read.
    pub async fn any(&self, visibility: &Visibility) -> Result<bool, Failure> {
        Ok(store::any(&self.0.core.journal, visibility).await?)
    }

    /// A job with its items as they are now.
    ///
    /// # Errors
    /// There is none of that id for this person, or the journal cannot be read.
    pub async fn get(&self, id: &str, visibility: &Visibility) -> Result<Job, Failure> {
        Ok(self.stored(id, visibility).await?.job)
    }

    async fn stored(&self, id: &str, visibility: &Visibility) -> Result<Stored, Failure> {
        let stored = store::load(&self.0.core.journal, id).await?;
        let seen = stored.filter(|stored| match visibility {
            Visibility::Everyone => true,
            Visibility::Only(subject) => stored.actor.subject == *subject,
        });
        seen.ok_or_else(|| Failure::refused(Code::NotFound, "There is no such job."))
    }

    /// Begins no further item. What is under way ends, and a reset that has deleted the old stream key still tries to make
    /// the other one; but what was refused is not tried again. A job that has ended stays as it is.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn cancel(&self, id: &str, visibility: &Visibility) -> Result<Job, Failure> {
        self.get(id, visibility).await?;
        store::cancel(&self.0.core.journal, id).await?;
        self.0.core.wake(id);
        self.get(id, visibility).await
    }

    /// Begins the refused items again. Not of a job that was cancelled, even if all of its items have ended: whoever
    /// cancelled it was told that nothing more would be begun.
    ///
    /// # Errors
    /// As [`Self::get`]; the job was cancelled.
    pub async fn retry(&self, id: &str, visibility: &Visibility) -> Result<Job, Failure> {
        let stored = self.stored(id, visibility).await?;
        if stored.cancelled {
            return Err(Failure::refused(Code::StateChanged, "The job was cancelled. Start another one."));
        }
        let (beside, anew) = off_air::again(&stored);
        store::retry(&self.0.core.journal, id, beside, anew).await?;
        self.0.core.wake(id);
        self.work(id);
        self.get(id, visibility).await
    }

    /// Items that came to an end, by which.
    pub(crate) fn steps(&self) -> &Counts<1> {
        &self.0.core.steps
    }

    /// Works on a job, after whoever is working on it now.
    fn work(&self, id: &str) {
        let (core, id) = (Arc::clone(&self.0.core), id.to_owned());
        let mut at_work = self.0.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        while at_work.try_join_next().is_some() {}
        at_work.spawn(async move { core.work(&id).await });
    }
}
