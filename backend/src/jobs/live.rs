//! Waiting for channels that are live: IVS changes none of them. One list of the streams says of all of them who still is.

use super::perform::Perform;
use super::stored::{Item, ItemState, Stored};
use super::work::{Core, nobody, passes};
use contract::call::CallFailure;
use contract::job::Task;
use contract::{ApiError, Code, Operation};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// What one look at a job has found out. The next begins with nothing.
#[derive(Debug)]
pub(super) struct Look {
    began: Instant,
    /// The channels that are live, once that was asked.
    live: Option<Result<BTreeSet<String>, ApiError>>,
    /// The items that had their turn, and wait for the next.
    had: BTreeSet<i64>,
}

impl Default for Look {
    fn default() -> Self {
        Self { began: Instant::now(), live: None, had: BTreeSet::new() }
    }
}

impl Look {
    /// Did it begin longer ago than this?
    pub(super) fn is_older_than(&self, pause: Duration) -> bool {
        self.began.elapsed() > pause
    }

    /// Whatever moves meanwhile, and whatever IVS shows as live: this one has its next turn in the next look.
    pub(super) fn had_its_turn(&mut self, item: &Item) {
        self.had.insert(item.n);
    }
}

/// Is it a change of a channel whose stream is waited for?
pub(super) fn waits(item: &Item) -> bool {
    !item.operation.reads() && item.error.as_ref().is_some_and(|error| error.code == Code::StreamNotEnded)
}

impl<P: Perform> Core<P> {
    /// Is there nothing to do for it in this look: it had its turn, or its stream has not ended?
    ///
    /// # Errors
    /// Who is live cannot be told, and waiting does not help.
    pub(super) async fn still_waits(&self, stored: &Stored, item: &Item, look: &mut Look) -> Result<bool, ApiError> {
        if stored.cancelled || item.state != ItemState::Begun {
            return Ok(false);
        }
        let had = look.had.contains(&item.n);
        if had || !waits(item) {
            return Ok(had);
        }
        if look.live.is_none() {
            look.live = Some(self.live(stored).await);
        }
        match look.live.as_ref() {
            Some(Ok(live)) => Ok(live.contains(&item.target)),
            Some(Err(error)) if !passes(&error.code, true) => Err(error.clone()),
            Some(Err(_)) | None => Ok(true),
        }
    }

    async fn live(&self, stored: &Stored) -> Result<BTreeSet<String>, ApiError> {
        let ask = self.ask(stored, None).ok_or_else(nobody)?;
        self.perform.live(&ask).await.map_err(|failure| failure.error)
    }

    /// Was a channel not changed because it is live? Its stream ends at some time, and whoever does not want to wait for that cancels
    /// the job. IVS answers other conflicts in the same way: those are refused, if the channel was offline twice, as the stream of
    /// the first may have ended just before the look. Answers with what the item waits for.
    pub(super) async fn on_air(&self, stored: &Stored, item: &Item, refusal: &ApiError) -> Option<ApiError> {
        let plan = matches!(stored.job.task, Task::DetachChannels { .. }) && item.operation == Operation::UpdateChannel;
        if !plan || refusal.code != Code::ConflictException {
            return None;
        }
        match self.perform.stream(&self.ask(stored, None)?, &item.target).await {
            Ok(Some(_)) => Some(ApiError::new(Code::StreamNotEnded, "The channel is live: it is changed when its stream ends.")),
            Ok(None) => {
                let twice = item.error.as_ref().is_some_and(|last| last.code == Code::ConflictException);
                (!twice).then(|| refusal.clone())
            }
            Err(CallFailure { error, .. }) => passes(&error.code, true).then_some(error),
        }
    }
}
