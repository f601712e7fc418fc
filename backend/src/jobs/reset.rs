//! Resetting a stream key: two calls that belong together. A channel has one key, so the old one goes first, and what it was
//! tagged with is written down before.

use super::off_air::NEW_KEY;
use super::perform::Perform;
use super::store;
use super::stored::{Item, ItemState, Stored};
use super::work::{Core, Step, key_of, nobody};
use crate::error::Failure;
use crate::journal::JournalError;
use contract::job::{Job, Task};
use contract::stream_key::{CreateStreamKey, StreamKeySummary};
use contract::tag::{self, OPERATION_TAG, Tags};
use contract::{ApiError, Check as _, Code, FieldErrors, Operation};
use uuid::Uuid;

impl<P: Perform> Core<P> {
    /// Says on disk which key is about to be deleted, or that the next one is about to be created.
    pub(super) async fn begin_reset(&self, stored: &Stored, item: Item) -> Result<Step, JournalError> {
        if item.operation == Operation::DeleteStreamKey {
            // One channel without a key is enough: what refused the next key there would refuse it here.
            if store::without_key(&self.journal, &stored.job.id).await? {
                let message = "A channel before it was left without a stream key, so this one keeps its own. Retry begins with that one.";
                return self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::ConflictException, message))).await;
            }
            return self.begin_deleting(stored, item).await;
        }
        match deletion(stored, &item).map(|first| first.state) {
            Some(ItemState::Done) => self.begun(stored, item).await,
            Some(ItemState::Refused) | None => {
                let error = ApiError::new(Code::ConflictException, "The old stream key was not deleted, so no other was created.");
                self.end(stored, item, ItemState::Refused, Some(error)).await
            }
            Some(ItemState::Waiting | ItemState::Begun | ItemState::Unknown) => Ok(Step::Later),
        }
    }

    /// Says on disk which key is about to be deleted, and what it is tagged with.
    pub(super) async fn begin_deleting(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        let keys = match self.keys(stored, channel(stored, &item)).await {
            Ok(keys) => keys,
            Err(error) => return self.refused(stored, item, error).await,
        };
        let Some((arn, tags)) = keys.into_iter().find_map(|key| Some((key.arn?, key.tags))) else {
            return self.end(stored, item, ItemState::Done, None).await;
        };
        if foreign(&stored.job, &arn, &tags) {
            let message = "Somebody else has reset it meanwhile: the channel has another stream key now. Nothing was changed.";
            return self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::StateChanged, message))).await;
        }
        (item.target, item.tags) = (arn, tag::given(&tags));
        let (there, most) = (item.tags.len(), self.perform.most_new_tags());
        // Refused now, and not when the old key is gone.
        let create = CreateStreamKey { channel_arn: String::new(), tags: item.tags.clone() };
        let fields = create.check().err().unwrap_or_default().0.into_iter().filter(|error| error.field != "channelArn").collect::<Vec<_>>();
        if creates(stored, &item) && !fields.is_empty() {
            return self.end(stored, item, ItemState::Refused, Some(FieldErrors(fields).into())).await;
        }
        if creates(stored, &item) && there > most {
            let error = ApiError::new(
                Code::ValidationException,
                format!(
                    "The stream key has {there} tags, and the next one can be created with {most}. Remove one first: nothing was changed."
                ),
            );
            return self.end(stored, item, ItemState::Refused, Some(error)).await;
        }
        self.begun(stored, item).await
    }

    /// IVS says that the channel has a stream key already.
    pub(super) async fn has_one(&self, stored: &Stored, item: Item, error: ApiError) -> Result<Step, JournalError> {
        match self.made(stored, &item).await {
            Ok(Made::Ours) => self.end(stored, item, ItemState::Done, None).await,
            Ok(Made::Foreign | Made::Unmarked) => {
                let message = "Somebody else created a stream key meanwhile; it is the channel's now.";
                self.end(stored, item, ItemState::Refused, Some(ApiError { message: message.to_owned(), ..error })).await
            }
            Ok(Made::Nothing) | Err(_) => self.again(stored, item, error).await,
        }
    }

    /// Whose is the stream key that the channel has now, other than the deleted one?
    pub(super) async fn made(&self, stored: &Stored, item: &Item) -> Result<Made, ApiError> {
        let old = deletion(stored, item).map(|item| item.target.as_str());
        let keys = self.keys(stored, &item.target).await?;
        let Some(key) = keys.iter().find(|key| key.arn.is_some() && key.arn.as_deref() != old) else { return Ok(Made::Nothing) };
        let Some(mark) = key.tags.get(OPERATION_TAG) else { return Ok(Made::Unmarked) };
        for attempt in 1..=item.attempt {
            let known = self.journal.by_key(&stored.actor.subject, &key_of(stored, item, attempt)).await;
            let known = known.map_err(|error| Failure::from(error).api)?;
            if known.is_some_and(|known| known.intent.to_string() == *mark) {
                return Ok(Made::Ours);
            }
        }
        Ok(Made::Foreign)
    }

    async fn keys(&self, stored: &Stored, channel_arn: &str) -> Result<Vec<StreamKeySummary>, ApiError> {
        let ask = self.ask(stored, None).ok_or_else(nobody)?;
        self.perform.stream_keys(&ask, channel_arn).await.map_err(|failure| failure.error)
    }
}

/// Whose a stream key is.
pub(super) enum Made {
    /// It carries the operation tag of one of our attempts.
    Ours,
    /// It carries somebody else's.
    Foreign,
    /// It carries none: not ours, unless the operation tag is turned off.
    Unmarked,
    /// There is none.
    Nothing,
}

/// Is it the second half of a reset, the first of which is done? The channel has no key then, and is to have one.
pub(super) fn owed(stored: &Stored, item: &Item) -> bool {
    let reset = matches!(stored.job.task, Task::ResetStreamKey { .. } | Task::ResetStreamKeys { .. });
    reset && item.operation == Operation::CreateStreamKey && deletion(stored, item).map(|first| first.state) == Some(ItemState::Done)
}

/// The item that deletes the key in whose place this one creates another.
pub(super) fn deletion<'a>(stored: &'a Stored, item: &Item) -> Option<&'a Item> {
    let n = if matches!(stored.job.task, Task::ResetStreamKeys { .. }) { item.n & !1 } else { 0 };
    stored.items.iter().find(|other| other.n == n)
}

/// The channel whose key an item deletes: that is its target until it is begun, and the key afterwards.
fn channel<'a>(stored: &'a Stored, item: &'a Item) -> &'a str {
    if let Task::ResetStreamKey { channel_arn, .. } | Task::TakeOffAir { channel_arn, .. } = &stored.job.task {
        return channel_arn;
    }
    stored.items.iter().find(|other| other.n == item.n + 1).map_or(&item.target, |create| &create.target)
}

/// Is another key created in place of the one that this item deletes?
fn creates(stored: &Stored, item: &Item) -> bool {
    let n = if matches!(stored.job.task, Task::TakeOffAir { .. }) { NEW_KEY } else { item.n + 1 };
    stored.items.iter().any(|other| other.n == n && other.operation == Operation::CreateStreamKey)
}

/// Is it another key than the person meant: not the one that they saw, or where they saw none, one that was made since?
fn foreign(job: &Job, arn: &str, tags: &Tags) -> bool {
    match &job.task {
        Task::ResetStreamKey { key_arn: Some(seen), .. } | Task::TakeOffAir { key_arn: Some(seen), .. } => seen != arn,
        // The operation tag is the id of an intent, which says when it was.
        Task::ResetStreamKeys { .. } => tags.get(OPERATION_TAG).and_then(|mark| made_at(mark)).is_some_and(|at| at > job.at),
        Task::ResetStreamKey { key_arn: None, .. }
        | Task::TakeOffAir { key_arn: None, .. }
        | Task::CreateChannels { .. }
        | Task::RevokeViewers { .. }
        | Task::DeleteChannels { .. }
        | Task::TagResources { .. }
        | Task::UntagResources { .. }
        | Task::DetachChannels { .. } => false,
    }
}

/// When an intent was written, in milliseconds since 1970.
fn made_at(mark: &str) -> Option<u64> {
    let (seconds, nanos) = Uuid::parse_str(mark).ok()?.get_timestamp()?.to_unix();
    Some(seconds * 1000 + u64::from(nanos / 1_000_000))
}
