//! Whose turn it is on a job, and when it is looked at: one task of one console at a time, until nothing is left to do.

use super::live::Look;
use super::perform::Perform;
use super::store;
use super::work::{Core, Step};
use std::sync::{Arc, PoisonError};

/// Who works on a job.
#[derive(Debug, Default)]
pub(super) struct Turn {
    held: tokio::sync::Mutex<()>,
    /// Somebody cancelled it, or wants what was refused to be begun again.
    news: tokio::sync::Notify,
}

impl<P: Perform> Core<P> {
    /// Works until nothing is left to do.
    pub(super) async fn work(&self, id: &str) {
        let turn = self.turn(id);
        let _held = turn.held.lock().await;
        loop {
            // Again after each pause: whoever was held up for long may find that another console has gone on.
            let pauses = match store::claim(&self.journal, id).await {
                Ok(true) => match self.go_as_far_as_may_be(id).await {
                    Some(pauses) => pauses,
                    None => return self.release(id).await,
                },
                Ok(false) => return,
                Err(error) => {
                    tracing::error!(%error, job = id, "the job waits for the journal");
                    1
                }
            };
            tokio::select! {
                () = tokio::time::sleep(self.pause * pauses) => {}
                () = turn.news.notified() => {}
            }
        }
    }

    /// Until nothing can be done before another look, after so many pauses; `None`: nothing is left to do.
    async fn go_as_far_as_may_be(&self, id: &str) -> Option<u32> {
        let mut look = Look::default();
        loop {
            // However much moves meanwhile: what waits is looked at again after each pause.
            if look.is_older_than(self.pause) {
                look = Look::default();
            }
            match self.step(id, &mut look).await {
                Ok(Step::Moved) => {}
                Ok(Step::Later) => return Some(1),
                Ok(Step::Wait(pauses)) => return Some(pauses),
                Ok(Step::End) => return None,
                Err(error) => {
                    tracing::error!(%error, job = id, "the job waits for the journal");
                    return Some(1);
                }
            }
        }
    }

    async fn release(&self, id: &str) {
        if let Err(error) = store::release(&self.journal, id).await {
            tracing::warn!(%error, job = id, "the job could not be given free for the other consoles");
        }
    }

    /// Whoever waits in this job looks at it again now.
    pub(super) fn wake(&self, id: &str) {
        self.turn(id).news.notify_one();
    }

    fn turn(&self, id: &str) -> Arc<Turn> {
        Arc::clone(self.turns.lock().unwrap_or_else(PoisonError::into_inner).entry(id.to_owned()).or_default())
    }
}
