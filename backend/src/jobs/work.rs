//! Working on one job, item by item. Before a call is made the item says so on disk, together with the key under which
//! the journal will know it; after a crash the journal is asked what became of that key, and nothing is sent twice.

use super::live::{Look, waits};
use super::perform::{Ask, Perform};
use super::plan::{self, Planned};
use super::reset::{Made, deletion, owed};
use super::store;
use super::stored::{Item, ItemState, Stored};
use super::turn::Turn;
use crate::journal::{Ending, Journal, JournalError};
use crate::metrics::instruments::Counts;
use contract::call::Outcome;
use contract::job::Task;
use contract::tag::Tags;
use contract::{ApiError, Code, Operation};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a job is worked on with.
#[derive(Debug)]
pub(super) struct Core<P> {
    pub(super) journal: Journal,
    pub(super) perform: P,
    /// Between two looks at something that is not known or not possible yet.
    pub(super) pause: Duration,
    /// Items that came to an end, by which.
    pub(super) steps: Counts<1>,
    /// Who is working on which job: one at a time.
    pub(super) turns: Mutex<BTreeMap<String, Arc<Turn>>>,
}

/// Longer than so many pauses nobody waits for another attempt.
const LONGEST: u32 = 64;

/// What came of one look at a job, or at one of its items.
pub(super) enum Step {
    /// An item moved on.
    Moved,
    /// Nothing to do for this item before another look; others may be begun.
    Later,
    /// Nothing can be done before another look, after so many pauses.
    Wait(u32),
    /// Nothing is left to do.
    End,
}

impl<P: Perform> Core<P> {
    /// Moves the first item that can be moved.
    pub(super) async fn step(&self, id: &str, look: &mut Look) -> Result<Step, JournalError> {
        let Some(stored) = store::next(&self.journal, id).await? else { return Ok(Step::End) };
        let mut left = Step::End;
        let mut items: Vec<&Item> = stored.items.iter().collect();
        // What waits for the end of a stream holds up nothing else.
        items.sort_by_key(|item| waits(item));
        for item in items {
            match self.still_waits(&stored, item, look).await {
                Ok(false) => {}
                Ok(true) => {
                    left = Step::Wait(1);
                    continue;
                }
                Err(error) => return self.refused(&stored, item.clone(), error).await,
            }
            let step = match item.state {
                ItemState::Done | ItemState::Refused => continue,
                // A reset whose key is gone goes on: a channel without a key is worse than a cancelled job.
                ItemState::Waiting if stored.cancelled && !owed(&stored, item) => continue,
                ItemState::Waiting => self.begin(&stored, item.clone()).await?,
                ItemState::Begun => self.go_on(&stored, item.clone()).await?,
                ItemState::Unknown => self.look(&stored, item.clone()).await?,
            };
            if item.state == ItemState::Begun && matches!(step, Step::Later) {
                look.had_its_turn(item);
            }
            // No other key is deleted while a channel waits for its own.
            if !matches!(step, Step::Later) || owed(&stored, item) {
                return Ok(step);
            }
            left = Step::Wait(1);
        }
        Ok(left)
    }

    async fn begin(&self, stored: &Stored, item: Item) -> Result<Step, JournalError> {
        match stored.job.task {
            Task::ResetStreamKey { .. } | Task::ResetStreamKeys { .. } => self.begin_reset(stored, item).await,
            Task::TakeOffAir { .. } => self.begin_off_air(stored, item).await,
            Task::DetachChannels { .. } if item.operation != Operation::UpdateChannel => self.begin_deletion(stored, item).await,
            Task::CreateChannels { .. }
            | Task::RevokeViewers { .. }
            | Task::DeleteChannels { .. }
            | Task::TagResources { .. }
            | Task::UntagResources { .. }
            | Task::DetachChannels { .. } => self.begun(stored, item).await,
        }
    }

    /// The deletion of what no channel is to have any more: once that is known of each of them.
    async fn begin_deletion(&self, stored: &Stored, item: Item) -> Result<Step, JournalError> {
        if stored.items.iter().any(|other| matches!(other.state, ItemState::Begun | ItemState::Unknown)) {
            return Ok(Step::Later);
        }
        // Who has something else by now does not have it.
        if store::refusals(&self.journal, &stored.job.id).await?.iter().all(|code| *code == Code::StateChanged) {
            return self.begun(stored, item).await;
        }
        let error = ApiError::new(Code::ConflictException, "Channels may still have it: see what was refused. It was not deleted.");
        self.end(stored, item, ItemState::Refused, Some(error)).await
    }

    /// Says on disk that the call is about to be made.
    pub(super) async fn begun(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        item.state = ItemState::Begun;
        store::save(&self.journal, &stored.job.id, &item).await?;
        Ok(Step::Moved)
    }

    /// Asks the journal what became of the call; makes it if it was never made.
    async fn go_on(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        if item.operation.reads() {
            return self.watch(stored, item).await;
        }
        let key = key(stored, &item);
        if let Some(known) = self.journal.by_key(&stored.actor.subject, &key).await? {
            item.journal = Some(known.intent.to_string());
            return match known.ending {
                Some(ending) => self.ended(stored, item, ending).await,
                None => self.end(stored, item, ItemState::Unknown, None).await,
            };
        }
        // It was refused and not sent again yet: nothing is under way that would have to be seen to its end.
        if let Some(mut error) = item.error.take_if(|_| stored.cancelled) {
            if error.code == Code::StreamNotEnded {
                error.message = "It was live until the job was cancelled, and was not changed.".to_owned();
            }
            return self.end(stored, item, ItemState::Refused, Some(error)).await;
        }
        let Some(ask) = self.ask(stored, Some(&key)) else { return self.refused(stored, item, nobody()).await };
        // The first that is denied is journaled, and not each of ten thousand.
        if let Err(missing) = ask.rights().demand(item.operation.permission())
            && store::refusals(&self.journal, &stored.job.id).await?.contains(&Code::RoleForbidden)
        {
            return self.refused(stored, item, ApiError::new(Code::RoleForbidden, missing)).await;
        }
        let none = Tags::new();
        let tags = deletion(stored, &item).map_or(&none, |first| &first.tags);
        let planned = Planned { operation: item.operation, target: item.target.clone(), request: item.request.clone() };
        let Some(change) = plan::change(&stored.job.task, &planned, tags) else {
            let error = ApiError::new(Code::ValidationException, "Says nothing that can be called.");
            return self.refused(stored, item, error).await;
        };
        match self.perform.change(&ask, change).await {
            Ok(receipt) => {
                item.journal = receipt.id;
                // The journal has the answer.
                let known = if revokes(&item) { self.journal.by_key(&stored.actor.subject, &key).await? } else { None };
                self.done(stored, item, known.and_then(|known| known.ending).as_ref()).await
            }
            Err(failure) => {
                let said = failure.receipt.as_ref().map(|receipt| receipt.outcome);
                let unknown = said == Some(Outcome::Unknown) || failure.error.code == Code::OutcomeUnknown;
                item.journal = failure.receipt.and_then(|receipt| receipt.id);
                if unknown {
                    return self.end(stored, item, ItemState::Unknown, Some(failure.error)).await;
                }
                self.refused(stored, item, failure.error).await
            }
        }
    }

    /// Looks what became of a call whose answer was lost: in the journal, where it is written once reading tells.
    async fn look(&self, stored: &Stored, item: Item) -> Result<Step, JournalError> {
        let known = self.journal.by_key(&stored.actor.subject, &key(stored, &item)).await?;
        match known.and_then(|known| known.ending) {
            Some(Ending { outcome: Outcome::Unknown, .. }) | None if revokes(&item) => self.not_answered(stored, item).await,
            Some(Ending { outcome: Outcome::Unknown, .. }) | None if item.operation == Operation::StopStream && !stored.cancelled => {
                self.look_at_stop(stored, item).await
            }
            Some(ending) if ending.outcome != Outcome::Unknown || ending.reconciled => self.ended(stored, item, ending).await,
            Some(_) | None if item.operation == Operation::CreateStreamKey => match self.made(stored, &item).await {
                Ok(Made::Ours | Made::Unmarked) => self.end(stored, item, ItemState::Done, None).await,
                // A channel has one key: were this one made after all, IVS would refuse the next.
                Ok(Made::Nothing) => self.send_again(stored, item).await,
                Ok(Made::Foreign) | Err(_) => Ok(Step::Later),
            },
            Some(_) | None => Ok(Step::Later),
        }
    }

    async fn ended(&self, stored: &Stored, item: Item, ending: Ending) -> Result<Step, JournalError> {
        match ending.outcome {
            Outcome::Done => self.done(stored, item, Some(&ending)).await,
            Outcome::Unknown if !ending.reconciled => {
                let error = ending.message.map(|message| ApiError::new(ending.code.unwrap_or(Code::OutcomeUnknown), message));
                self.end(stored, item, ItemState::Unknown, error).await
            }
            // Looked up, and it will not be known: more waiting tells no more.
            Outcome::Unknown => {
                let message = ending.message.unwrap_or_else(|| "Whether it was done cannot be told.".to_owned());
                self.refused(stored, item, ApiError::new(Code::LookedUp, message)).await
            }
            Outcome::Refused => {
                let code = ending.code.unwrap_or(Code::OutcomeUnknown);
                let message = ending.message.unwrap_or_else(|| "It was not done.".to_owned());
                self.refused(stored, item, ApiError::new(code, message)).await
            }
        }
    }

    /// Ends what IVS has done: of several viewers in one call it may have refused some.
    async fn done(&self, stored: &Stored, item: Item, ending: Option<&Ending>) -> Result<Step, JournalError> {
        if revokes(&item) { self.revoked(stored, item, ending).await } else { self.end(stored, item, ItemState::Done, None).await }
    }

    /// Ends an item that was refused, or lets it wait where another attempt is the right thing.
    pub(super) async fn refused(&self, stored: &Stored, item: Item, error: ApiError) -> Result<Step, JournalError> {
        let create = item.operation == Operation::CreateStreamKey;
        if create && error.code == Code::ServiceQuotaExceededException {
            return self.has_one(stored, item, error).await;
        }
        if item.state != ItemState::Waiting && error.code == Code::ResourceNotFoundException && self.is_gone(stored, &item).await {
            return self.end(stored, item, ItemState::Done, None).await;
        }
        if item.operation == Operation::StopStream
            && let Some(step) = self.not_stopped(stored, &item, &error).await?
        {
            return Ok(step);
        }
        if !stored.cancelled {
            if passes(&error.code, owed(stored, &item)) {
                return self.again(stored, item, error).await;
            }
            if let Some(waits_for) = self.on_air(stored, &item, &error).await {
                self.again(stored, item, waits_for).await?;
                return Ok(Step::Later);
            }
        }
        self.end(stored, item, ItemState::Refused, Some(error)).await
    }

    /// IVS does not know what a call named. Has somebody else deleted what was to be deleted, or the channel that was to let go?
    async fn is_gone(&self, stored: &Stored, item: &Item) -> bool {
        // IVS calls every deletion so.
        if item.operation.name().starts_with("Delete") {
            return true;
        }
        let Some(ask) = self.ask(stored, None).filter(|_| item.operation == Operation::UpdateChannel) else { return false };
        // It may be what the channel was to get that is not there.
        let looked = self.perform.stream(&ask, &item.target).await;
        looked.is_err_and(|failure| failure.error.code == Code::ResourceNotFoundException)
    }

    /// Another attempt, later, under another key: this one's is spent. The item stays open, with its error to be seen.
    pub(super) async fn again(&self, stored: &Stored, mut item: Item, error: ApiError) -> Result<Step, JournalError> {
        item.attempt += 1;
        if item.state != ItemState::Waiting {
            item.state = ItemState::Begun;
        }
        item.error = Some(error);
        store::save(&self.journal, &stored.job.id, &item).await?;
        Ok(Step::Wait(pauses(item.attempt)))
    }

    /// Another attempt now, under another key.
    async fn send_again(&self, stored: &Stored, mut item: Item) -> Result<Step, JournalError> {
        item.attempt += 1;
        self.end(stored, item, ItemState::Begun, None).await
    }

    /// `None`: whoever started it may nothing any more.
    pub(super) fn ask<'a>(&self, stored: &'a Stored, key: Option<&'a str>) -> Option<Ask<'a>> {
        Some(Ask {
            actor: &stored.actor,
            held: self.perform.held_of(&stored.actor.subject)?,
            request_id: &stored.request_id,
            account: &stored.job.account,
            region: &stored.job.region,
            reason: stored.reason.as_deref(),
            key,
        })
    }

    pub(super) async fn end(
        &self,
        stored: &Stored,
        mut item: Item,
        state: ItemState,
        error: Option<ApiError>,
    ) -> Result<Step, JournalError> {
        item.state = state;
        item.error = error;
        store::save(&self.journal, &stored.job.id, &item).await?;
        if state.outcome().is_some() {
            self.steps.count([state.as_str()]);
        }
        Ok(Step::Moved)
    }
}

/// The key under which the journal knows this attempt of this item.
fn key(stored: &Stored, item: &Item) -> String {
    key_of(stored, item, item.attempt)
}

pub(super) fn key_of(stored: &Stored, item: &Item, attempt: i64) -> String {
    format!("{}-{}-{attempt}", stored.job.id, item.n)
}

fn revokes(item: &Item) -> bool {
    item.operation == Operation::BatchStartViewerSessionRevocation
}

/// Will it pass by itself? A channel without a key (`owed`) also waits for IVS, for the network and for credentials, and
/// for what is not known; nobody waits for a right or for another request.
pub(super) fn passes(code: &Code, owed: bool) -> bool {
    let soon = matches!(code, Code::Busy | Code::NotReady | Code::ThrottlingException | Code::JournalUnavailable);
    let some_time = matches!(
        code,
        Code::InternalServerException
            | Code::ServiceUnavailable
            | Code::UpstreamTimeout
            | Code::UpstreamUnreachable
            | Code::UpstreamUnreadable
            | Code::ExpiredTokenException
            | Code::CredentialsMissing
            | Code::OutcomeUnknown
            | Code::LookedUp
    );
    soon || owed && some_time
}

/// The more attempts were refused, the longer the wait for the next.
fn pauses(attempt: i64) -> u32 {
    let doubled = u32::try_from(attempt - 2).unwrap_or_default();
    1_u32.checked_shl(doubled).unwrap_or(LONGEST).clamp(1, LONGEST)
}

pub(super) fn nobody() -> ApiError {
    ApiError::new(Code::RoleForbidden, "Whoever started this job may not use the console any more.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_and_end() {
        assert_eq!([1, 2, 3, 4, 8, 9, 100].map(pauses), [1, 1, 2, 4, 64, 64, 64]);
    }
}
