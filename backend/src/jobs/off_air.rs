//! Taking a channel off air and keeping it off: its stream key goes first, so that no encoder comes back; then its stream is
//! stopped, and watched to stay down. A new key is created after that, if one is wanted; viewers are revoked meanwhile.

use super::perform::{OnAir, Perform};
use super::plan::stream_of;
use super::store;
use super::stored::{Item, ItemState, Stored};
use super::work::{Core, Step, nobody, passes};
use crate::journal::{JournalError, micros};
use contract::call::CallFailure;
use contract::job::Task;
use contract::{ApiError, Code, Operation};
use serde_json::json;

/// The places of the items in their order.
const KEY: i64 = 0;
const STOP: i64 = 1;
const WATCH: i64 = 2;
pub(super) const NEW_KEY: i64 = 3;

/// A stream that began so long after the job was asked for, in milliseconds, is not the one that was to go: it has another key.
const LATE: u64 = 5 * 60 * 1000;

/// So often in a row it must be seen offline, a pause apart.
const LOOKS: i64 = 4;

/// What is done again beside what was refused: an encoder may have come back with the key that was still there, so that the channel
/// is looked at anew before anybody says that it is off air. And is all that is live by then meant, as at the start? Once the key was
/// gone it is not: what began long after that has another.
pub(super) fn again(stored: &Stored) -> (&'static [i64], bool) {
    let refused = |most: i64| stored.items.iter().any(|item| item.n <= most && item.state == ItemState::Refused);
    let off_air = matches!(stored.job.task, Task::TakeOffAir { .. });
    (if off_air && refused(WATCH) { &[STOP, WATCH] } else { &[] }, off_air && refused(KEY))
}

impl<P: Perform> Core<P> {
    pub(super) async fn begin_off_air(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        let state = |n: i64| stored.items.iter().find(|other| other.n == n).map(|other| other.state);
        let open = |n: i64| matches!(state(n), Some(ItemState::Waiting | ItemState::Begun | ItemState::Unknown));
        match item.n {
            KEY => self.begin_deleting(stored, item).await,
            // Whatever became of the key: a stream that must go is not kept for it.
            STOP if open(KEY) => Ok(Step::Later),
            STOP => self.begin_stop(stored, item).await,
            WATCH if open(STOP) => Ok(Step::Later),
            WATCH if state(STOP) == Some(ItemState::Refused) => self.not_begun(stored, item, "The stream was not stopped.").await,
            WATCH => {
                item.attempt = 1;
                self.begun(stored, item).await
            }
            NEW_KEY if item.operation == Operation::CreateStreamKey && (open(KEY) || open(WATCH)) => Ok(Step::Later),
            NEW_KEY if item.operation == Operation::CreateStreamKey && state(KEY) == Some(ItemState::Refused) => {
                self.not_begun(stored, item, "The old stream key was not deleted.").await
            }
            NEW_KEY if item.operation == Operation::CreateStreamKey && state(WATCH) == Some(ItemState::Refused) => {
                self.not_begun(stored, item, "The channel did not stay off air: it gets no key.").await
            }
            // The new key, and viewers, who wait for nothing.
            _ => self.begun(stored, item).await,
        }
    }

    async fn not_begun(&self, stored: &Stored, item: Item, why: &str) -> Result<Step, JournalError> {
        self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::ConflictException, why))).await
    }

    /// Says on disk which stream is about to be stopped.
    async fn begin_stop(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        match self.on_air_now(stored, &item).await {
            Ok(None) => self.end(stored, item, ItemState::Done, None).await,
            Ok(Some(stream)) if stream.since.is_some_and(|since| since > stored.asked + LATE) => {
                let message = "What is live now began long after this was asked, with another key. It was not stopped.";
                self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::StateChanged, message))).await
            }
            Ok(Some(stream)) => {
                item.request = Some(json!({ "streamId": stream.id }));
                self.begun(stored, item).await
            }
            // What must go does not wait for a read; what could be another stream does.
            Err(error) if micros().unsigned_abs() / 1000 > stored.asked + LATE => self.refused(stored, item, error).await,
            Err(_) => {
                item.request = None;
                self.begun(stored, item).await
            }
        }
    }

    /// It ended by itself, or the encoder came back with another stream before the key was gone: that one goes too.
    pub(super) async fn not_stopped(&self, stored: &Stored, item: &Item, error: &ApiError) -> Result<Option<Step>, JournalError> {
        let mut item = item.clone();
        if error.code == Code::ChannelNotBroadcasting {
            return self.end(stored, item, ItemState::Done, None).await.map(Some);
        }
        if error.code != Code::StateChanged || item.state != ItemState::Begun || stored.cancelled {
            return Ok(None);
        }
        (item.state, item.attempt) = (ItemState::Waiting, item.attempt + 1);
        store::save(&self.journal, &stored.job.id, &item).await?;
        Ok(Some(Step::Moved))
    }

    /// No answer came to the stop. Nobody waits for that while it may be on air: the same stream is stopped again, which can hit no
    /// other, and one that came back since is looked at like the first.
    pub(super) async fn look_at_stop(&self, stored: &Stored, item: Item) -> Result<Step, JournalError> {
        match self.on_air_now(stored, &item).await {
            Ok(None) => self.end(stored, item, ItemState::Done, None).await,
            Ok(Some(stream)) if is_that(&stream, stream_of(item.request.as_ref()).as_deref(), stored.asked) => {
                let message = "No answer came, and the stream is live: it is stopped again.";
                self.again(stored, item, ApiError::new(Code::OutcomeUnknown, message)).await
            }
            Ok(Some(_)) => {
                let item = Item { state: ItemState::Waiting, attempt: item.attempt + 1, ..item };
                store::save(&self.journal, &stored.job.id, &item).await?;
                Ok(Step::Moved)
            }
            Err(_) => Ok(Step::Later),
        }
    }

    /// Looks whether it stays down: so often in a row, whatever stops in between. Each look that finds it offline is an attempt.
    pub(super) async fn watch(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        if stored.cancelled {
            let error = ApiError::new(Code::StateChanged, "The job was cancelled: it was not watched to the end.");
            return self.end(stored, item, ItemState::Refused, Some(error)).await;
        }
        let stopped = stored.items.iter().find(|other| other.n == STOP).and_then(|stop| stream_of(stop.request.as_ref()));
        match self.on_air_now(stored, &item).await {
            Ok(None) if item.attempt >= LOOKS => return self.end(stored, item, ItemState::Done, None).await,
            Ok(None) => (item.attempt, item.error) = (item.attempt + 1, None),
            // IVS shows a stream for some seconds after it was stopped.
            Ok(Some(stream)) if is_that(&stream, stopped.as_deref(), stored.asked) => {
                let message = "The stream is stopped; IVS shows it as live for some seconds more.";
                (item.attempt, item.error) = (1, Some(ApiError::new(Code::StreamNotEnded, message)));
            }
            Ok(Some(stream)) => {
                let message = format!("It is live again, with the stream {}: an encoder has a key that works.", stream.id);
                return self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::StateChanged, message))).await;
            }
            Err(error) if passes(&error.code, true) => (item.attempt, item.error) = (1, Some(error)),
            Err(error) => return self.end(stored, item, ItemState::Refused, Some(error)).await,
        }
        store::save(&self.journal, &stored.job.id, &item).await?;
        Ok(Step::Later)
    }

    async fn on_air_now(&self, stored: &Stored, item: &Item) -> Result<Option<OnAir>, ApiError> {
        let ask = self.ask(stored, None).ok_or_else(nobody)?;
        self.perform.stream(&ask, &item.target).await.map_err(|CallFailure { error, .. }| error)
    }
}

/// Is it the stream that was stopped? Where that was not read, it is if it began before this was asked.
fn is_that(stream: &OnAir, stopped: Option<&str>, asked: u64) -> bool {
    stopped.map_or_else(|| stream.since.is_none_or(|since| since <= asked), |stopped| stopped == stream.id)
}
