//! What is still unknown: at start (the process may have died under a change) and while it runs, looked up again until
//! reading tells, or until it is so old that it would be seen if it had been made.

use super::{Found, Look, Resolve, Sent};
use crate::ivs::change::made;
use crate::ivs::{Ivs, Scope, now};
use crate::journal::{Ending, IntentId, JournalError, Unresolved};
use contract::call::Outcome;
use contract::{Code, Operation};
use serde_json::Value;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

/// IVS's lists may lag behind its changes; not for so long.
const SURELY_SEEN: Duration = Duration::from_secs(120);
/// Between two rounds.
const ROUND: Duration = Duration::from_secs(10);

const STOPPED: &str = "The console stopped before an answer came. It is being looked up.";
const NOT_MADE: &str = "It was looked for: everything is as it was before, so it was not made.";
const NOT_SEEN: &str = "It was looked for and is not there. Whether it was never made, or was changed or deleted since, cannot be told \
                        any more.";

impl Ivs {
    /// Looks up what is unknown, round after round, for as long as it is polled: as soon as the account check has passed.
    pub async fn resolve_pending(self) {
        let mut ready = self.0.ready.subscribe();
        while ready.wait_for(|ready| *ready).await.is_ok() {
            if let Err(error) = self.look_up_unknown(now()).await {
                tracing::error!(%error, "what is unknown could not be looked up");
            }
            tokio::time::sleep(ROUND).await;
        }
    }

    /// Looks up once what is unknown: what an earlier start left behind, and what ended here without a known end. The rest
    /// is under way: its own task looks after it. `now`, in milliseconds since 1970, says how old it is.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub async fn look_up_unknown(&self, now: u64) -> Result<(), JournalError> {
        self.pay().await?;
        let unresolved = self.0.journal.unresolved().await?;
        for pending in unresolved.iter().filter(|pending| to_be_looked_up(pending)) {
            let age = Duration::from_millis(now.saturating_sub(u64::try_from(pending.at / 1000).unwrap_or_default()));
            if let Some(ending) = self.look_up(pending, age).await.map(|ending| and_before(ending, pending.ending.as_ref())) {
                tracing::info!(intent = %pending.id, operation = pending.intent.operation, outcome = ?ending.outcome, "resolved by reading");
                self.0.journal.outcome(pending.id, &ending).await?;
            }
        }
        Ok(())
    }

    /// Keeps an ending that could not be written.
    pub(in crate::ivs) fn owe(&self, id: IntentId, ending: Ending) {
        self.owed().push((id, ending));
    }

    /// Writes the endings that could not be written before.
    async fn pay(&self) -> Result<(), JournalError> {
        let owed = std::mem::take(&mut *self.owed());
        let mut owed = owed.into_iter();
        while let Some((id, ending)) = owed.next() {
            match self.0.journal.outcome(id, &ending).await {
                // Somebody has looked it up since.
                Ok(()) | Err(JournalError::NotOpen) => {}
                Err(error) => {
                    self.owe(id, ending);
                    self.owed().extend(owed);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn owed(&self) -> MutexGuard<'_, Vec<(IntentId, Ending)>> {
        self.0.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `None`: nothing new to say.
    async fn look_up(&self, pending: &Unresolved, age: Duration) -> Option<Ending> {
        let Some(operation) = pending.intent.ivs_operation() else {
            // A reveal or a row of the console's own under which the process died: nothing was changed by it.
            return Some(told(Outcome::Refused, "The console stopped before it was done."));
        };
        let scope = Scope { account: pending.intent.account.clone()?, region: pending.intent.region.clone()? };
        let look = Look { ivs: self, clients: self.0.clients.get(&scope)?, scope: &scope };
        let expect = pending.intent.precondition.as_ref().and_then(|expect| serde_json::from_str(expect).ok());
        let sent = Sent { tag: &pending.id.to_string(), before: pending.intent.before.as_ref(), expect: expect.as_ref() };
        match find(operation, &look, &pending.intent.params, sent).await {
            Found::Made(reply) => Some(Ending { reconciled: true, targets: made(&reply), after: Some(reply), ..Ending::of(Outcome::Done) }),
            Found::NotMade if age > SURELY_SEEN => Some(told(Outcome::Refused, NOT_MADE)),
            Found::NotSeen if age > SURELY_SEEN => Some(told(Outcome::Unknown, NOT_SEEN)),
            Found::OneOf(candidates) if age > SURELY_SEEN => {
                let arns: Vec<&str> = candidates.iter().map(|candidate| candidate.arn.as_str()).collect();
                Some(told(Outcome::Unknown, format!("It may be one of these, which have its name: {}.", arns.join(", "))))
            }
            Found::Cannot(why) => Some(told(Outcome::Unknown, why)),
            // It stands in the journal as unknown, not as under way, until there is more to say.
            Found::NotMade | Found::NotSeen | Found::OneOf(_) | Found::Unreadable => pending.ending.is_none().then(|| Ending {
                code: Some(Code::OutcomeUnknown),
                message: Some(STOPPED.to_owned()),
                ..Ending::of(Outcome::Unknown)
            }),
        }
    }
}

/// What was known when it was sent stays known: how often, how long it took, and IVS's ids of the requests.
fn and_before(ending: Ending, before: Option<&Ending>) -> Ending {
    let Some(before) = before else { return ending };
    let aws_request_ids = before.aws_request_ids.clone();
    Ending { aws_request_ids, attempts: before.attempts, millis: before.millis, ..ending }
}

/// What reading has told is not looked up again, even where it told that it is not to be known.
fn to_be_looked_up(pending: &Unresolved) -> bool {
    match &pending.ending {
        Some(ending) => !ending.reconciled,
        None => pending.left_behind,
    }
}

/// The last that will be said of it.
fn told(outcome: Outcome, message: impl Into<String>) -> Ending {
    let code = (outcome == Outcome::Unknown).then_some(Code::OutcomeUnknown);
    Ending { reconciled: true, code, message: Some(message.into()), ..Ending::of(outcome) }
}

async fn find_typed<R: Resolve>(look: &Look<'_>, params: &Value, sent: Sent<'_>) -> Found<Value> {
    let Ok(request) = serde_json::from_value::<R>(params.clone()) else {
        return Found::Cannot("The journal's row is of another version of the console.".to_owned());
    };
    match request.find_out(look, sent).await {
        Found::Made(mut reply) => {
            R::redact(&mut reply);
            Found::Made(serde_json::to_value(&reply).unwrap_or_default())
        }
        Found::NotMade => Found::NotMade,
        Found::NotSeen => Found::NotSeen,
        Found::OneOf(candidates) => Found::OneOf(candidates),
        Found::Cannot(why) => Found::Cannot(why),
        Found::Unreadable => Found::Unreadable,
    }
}

macro_rules! dispatch {
    ($($noun:ident $op:ident;)*) => {
        async fn find(operation: Operation, look: &Look<'_>, params: &Value, sent: Sent<'_>) -> Found<Value> {
            match operation {
                $(Operation::$op => Box::pin(find_typed::<contract::$noun::$op>(look, params, sent)).await,)*
            }
        }
    };
}
contract::for_each_operation!(dispatch);
