//! Resetting a stream key: two calls that belong together. A channel has one key, so the old one goes first, and what it was
//! tagged with is written down before.

use super::perform::Perform;
use super::plan;
use super::store::{Item, ItemState, Stored};
use super::work::{Core, Step, key_of, nobody};
use crate::error::Failure;
use crate::journal::JournalError;
use contract::job::Task;
use contract::stream_key::StreamKeySummary;
use contract::tag::{self, OPERATION_TAG};
use contract::{ApiError, Code, Operation};

impl<P: Perform> Core<P> {
    /// Says on disk which key is about to be deleted, or that the next one is about to be created.
    pub(super) async fn begin_reset(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        if item.operation == Operation::CreateStreamKey {
            if stored.items.iter().any(|item| item.state == ItemState::Refused) {
                let error = ApiError::new(Code::ConflictException, "The old stream key was not deleted, so no other was created.");
                return self.end(stored, item, ItemState::Refused, Some(error)).await;
            }
            return self.begun(stored, item).await;
        }
        // Its target is the channel until it is begun.
        let keys = match self.keys(stored).await {
            Ok(keys) => keys,
            Err(error) => return self.refused(stored, item, error).await,
        };
        let Some((arn, tags)) = keys.into_iter().find_map(|key| Some((key.arn?, key.tags))) else {
            return self.end(stored, item, ItemState::Done, None).await;
        };
        if let Task::ResetStreamKey { key_arn: Some(seen), .. } = &stored.job.task
            && *seen != arn
        {
            let message = "Somebody else has reset it meanwhile: the channel has another stream key now. Nothing was changed.";
            return self.end(stored, item, ItemState::Refused, Some(ApiError::new(Code::StateChanged, message))).await;
        }
        (item.target, item.tags) = (arn, tag::given(&tags));
        let (there, most) = (item.tags.len(), self.perform.most_new_tags());
        // Refused now, and not when the old key is gone.
        let create = plan::change(&stored.job.task, Operation::CreateStreamKey, "", &item.tags);
        if let Some(Err(fields)) = create.map(|create| create.check()) {
            return self.end(stored, item, ItemState::Refused, Some(fields.into())).await;
        }
        if there > most {
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
        let old = stored.items.first().map(|item| item.target.as_str());
        let keys = self.keys(stored).await?;
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

    async fn keys(&self, stored: &Stored) -> Result<Vec<StreamKeySummary>, ApiError> {
        let Task::ResetStreamKey { channel_arn, .. } = &stored.job.task else { return Ok(Vec::new()) };
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

/// Is it the second half of a reset, the first of which is done? The channel has no key then.
pub(super) fn owed(stored: &Stored, item: &Item) -> bool {
    let first = stored.items.first().map(|item| item.state);
    item.operation == Operation::CreateStreamKey && first == Some(ItemState::Done)
}
