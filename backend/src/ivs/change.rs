//! A change: once, in a task that outlives the browser's connection, between an intent on disk and an outcome.
//!
//! Changes of one resource follow each other, and whoever waits too long for that is refused: nothing is sent after its
//! person has been told that no answer came. IVS has no idempotency token, so nothing is sent twice: only a definite
//! throttling is, when its turn comes again, under the same intent. A lost answer is *unknown* until reading tells
//! (`resolve`).

use super::client::Clients;
use super::governor::Lane;
use super::resolve::{Before, Found, Look, Resolve, Sent, as_seen};
use super::wire::Answer;
use super::{Ivs, Scope, arns, receipt};
use crate::caller::Caller;
use crate::error::{Certainty, Failure};
use crate::journal::{Ending, IntentId, JournalError, Kind};
use contract::call::{CallBody, CallFailure, CallReply, Expect, Outcome, Receipt};
use contract::tag::OPERATION_TAG;
use contract::{ApiError, Code};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};

/// A change under way.
struct Change<R> {
    ivs: Ivs,
    clients: Clients,
    caller: Caller,
    scope: Scope,
    body: CallBody<R>,
    since: Instant,
}

impl Ivs {
    pub(super) async fn change<R: Resolve>(
        &self,
        clients: &Clients,
        caller: &Caller,
        scope: &Scope,
        body: CallBody<R>,
    ) -> Result<CallReply<R::Response>, CallFailure> {
        self.checked().map_err(Failure::told)?;
        let change = Change {
            ivs: self.clone(),
            clients: clients.clone(),
            caller: caller.clone(),
            scope: scope.clone(),
            body,
            since: Instant::now(),
        };
        let task = self.0.running.spawn(change.carry_out());
        task.await.unwrap_or_else(|panicked| Err(Failure::internal(panicked.to_string()).told()))
    }
}

impl<R: Resolve> Change<R> {
    async fn carry_out(self) -> Result<CallReply<R::Response>, CallFailure> {
        let hash = self.hash();
        if let Some(answer) = self.replayed(hash).await? {
            return answer;
        }
        let targets: Vec<String> = self.body.request.targets().into_iter().map(str::to_owned).collect();
        let held = tokio::time::timeout(self.left(), self.ivs.0.locks.hold(&targets)).await;
        let held = held.map_err(|_| self.late().told())?;
        let _held = held.map_err(|error| Failure::from(error).told())?;
        self.still_allowed().await.map_err(Failure::told)?;
        let before = self.look().before(&self.body.request).await;
        let id = match self.intend(targets, hash, before.as_ref().ok().cloned().flatten()).await {
            Ok(id) => id,
            // The same key, at the same moment, from the same person.
            Err(JournalError::KeyTaken) => return self.replayed(hash).await?.unwrap_or_else(|| Err(self.unknown(None, None))),
            Err(error) => return Err(Failure::from(error).told()),
        };
        let ended = self.act(id, before).await;
        self.close(id, ended).await
    }

    /// What held when it was asked for must hold when its turn has come.
    async fn still_allowed(&self) -> Result<(), Failure> {
        let held = self.ivs.held_of(&self.caller.actor.subject).unwrap_or_default();
        let caller = Caller { held, ..self.caller.clone() };
        self.ivs.admit(&caller, &self.scope, R::OPERATION.permission(), R::OPERATION.name(), || arns::named(&self.body.request)).await?;
        self.ivs.checked()
    }

    /// How long it may still wait before it is sent.
    fn left(&self) -> Duration {
        self.ivs.0.terms.patience.saturating_sub(self.since.elapsed())
    }

    /// Its turn did not come in time.
    fn late(&self) -> Failure {
        let said = format!("Other changes of the same resource are still under way. {} was not sent.", R::OPERATION);
        let refused = Failure::refused(Code::Busy, said);
        Failure { api: ApiError { retry_after: Some(5), ..refused.api }, ..refused }
    }

    /// The intent, on disk.
    async fn intend(&self, targets: Vec<String>, hash: [u8; 32], before: Option<Value>) -> Result<IntentId, JournalError> {
        let mut intent = self.caller.intent(Kind::Change, R::OPERATION.name(), Some(&self.scope));
        intent.permission = Some(R::OPERATION.permission());
        intent.targets = targets;
        // Whole, what IVS marks as sensitive with it: metadata goes to every viewer. A request that cannot be written is not sent either.
        intent.params = serde_json::to_value(&self.body.request).unwrap_or_default();
        let seen = || self.body.seen.as_ref().and_then(|seen| serde_json::to_string(seen).ok());
        intent.precondition = self.body.expect.as_ref().and_then(|expect| serde_json::to_string(expect).ok()).or_else(seen);
        intent.before = before;
        intent.reason.clone_from(&self.body.reason);
        intent.key.clone_from(&self.body.key);
        intent.body_hash = Some(hash);
        self.ivs.0.journal.intent(&intent).await
    }

    /// The precondition, the call, and where its answer was lost a first look for what became of it.
    async fn act(&self, id: IntentId, before: Before) -> Result<Answer<R::Response>, Failure> {
        self.body.request.precondition(&before, self.body.expect.as_ref().unwrap_or(&Expect::default()))?;
        if let Some(seen) = &self.body.seen {
            as_seen(seen, &before)?;
        }
        if self.left().is_zero() {
            return Err(self.late());
        }
        let mut request = self.body.request.clone();
        if self.ivs.operation_tag()
            && let Some(tags) = request.new_tags()
        {
            tags.insert(OPERATION_TAG.to_owned(), id.to_string());
        }
        let failure = match self.send(request).await {
            Ok(answer) => return Ok(answer),
            Err(failure) if failure.certainty == Certainty::Refused => return Err(failure),
            Err(failure) => failure,
        };
        let before = before.as_ref().ok().and_then(Option::as_ref);
        let sent = Sent { tag: &id.to_string(), before, expect: self.body.expect.as_ref() };
        match self.look().find_out(&self.body.request, sent).await {
            Found::Made(response) => Ok(Answer { response, request_id: failure.api.request_id, attempts: failure.attempts }),
            Found::OneOf(candidates) => Err(Failure { candidates, ..failure }),
            Found::Cannot(why) => Err(never(failure, why)),
            Found::NotMade | Found::NotSeen | Found::Unreadable => Err(failure),
        }
    }

    /// Sends it, and again only where IVS definitely did not take it.
    async fn send(&self, request: R) -> Result<Answer<R::Response>, Failure> {
        let mut attempts = 0;
        loop {
            let sent = self.ivs.send(&self.clients, Lane::Change, &self.scope, request.clone()).await;
            match sent {
                Ok(answer) => return Ok(Answer { attempts: attempts + answer.attempts, ..answer }),
                Err(failure) if throttled(&failure) && !self.left().is_zero() => attempts += failure.attempts,
                Err(failure) => return Err(Failure { attempts: attempts + failure.attempts, ..failure }),
            }
        }
    }

    /// The outcome, on disk, and the answer.
    async fn close(&self, id: IntentId, ended: Result<Answer<R::Response>, Failure>) -> Result<CallReply<R::Response>, CallFailure> {
        self.ivs.0.reads.forget(&self.scope.account, &self.scope.region);
        let (ending, answer) = match ended {
            Ok(answer) => self.done(id, answer),
            Err(failure) => self.failed(id, failure),
        };
        // It is written as soon as that is possible again; where the process ends before, it is looked up. The answer is the truth all
        // the same.
        match self.ivs.0.journal.outcome(id, &ending).await {
            Ok(()) => {}
            Err(JournalError::NotOpen) => tracing::warn!(intent = %id, "another console has looked up how it ended before it was told"),
            Err(error) => {
                tracing::error!(%error, intent = %id, "an outcome could not be journaled; nothing more is changed");
                self.ivs.set_ready(false);
                self.ivs.owe(id, ending);
            }
        }
        answer
    }

    fn done(&self, id: IntentId, mut answer: Answer<R::Response>) -> (Ending, Result<CallReply<R::Response>, CallFailure>) {
        R::redact(&mut answer.response);
        let after = serde_json::to_value(&answer.response).ok();
        let mut receipt = self.receipt(id, Outcome::Done, answer.attempts);
        receipt.request_id = answer.request_id;
        let mut ending = ending(&receipt);
        ending.targets = after.as_ref().map(made).unwrap_or_default();
        let reply = CallReply { response: answer.response, receipt };
        ending.result = serde_json::to_value(&reply).ok();
        ending.after = after;
        (ending, Ok(reply))
    }

    fn failed(&self, id: IntentId, failure: Failure) -> (Ending, Result<CallReply<R::Response>, CallFailure>) {
        let outcome = if failure.certainty == Certainty::Refused { Outcome::Refused } else { Outcome::Unknown };
        let mut receipt = self.receipt(id, outcome, failure.attempts);
        receipt.request_id.clone_from(&failure.api.request_id);
        receipt.candidates = failure.candidates;
        let mut ending = ending(&receipt);
        ending.reconciled = failure.certainty == Certainty::Never;
        ending.code = Some(failure.api.code.clone());
        ending.message = Some(failure.api.message.clone());
        let failed = match failure.certainty {
            Certainty::Refused => CallFailure { error: failure.api, receipt: Some(receipt) },
            Certainty::Unknown => self.unknown(Some(&failure.api), Some(receipt)),
            Certainty::Never => settled(ending.clone(), receipt),
        };
        ending.result = serde_json::to_value(&failed).ok();
        (ending, Err(failed))
    }

    /// Nobody knows yet how it ended. `answered`: what came instead of an answer that says so.
    fn unknown(&self, answered: Option<&ApiError>, receipt: Option<Receipt>) -> CallFailure {
        let operation = R::OPERATION;
        let came = match answered {
            Some(ApiError { code: Code::UpstreamTimeout | Code::UpstreamUnreachable, .. }) | None => {
                format!("No answer to {operation} came.")
            }
            Some(ApiError { code, message, .. }) => format!("{code}: {message}"),
        };
        let candidates = receipt.as_ref().is_some_and(|receipt| !receipt.candidates.is_empty());
        let next = if candidates {
            "it may have made one of these, which have its name. Without the operation tag only you can tell."
        } else {
            "the console is looking up whether it was done."
        };
        let error = ApiError::new(Code::OutcomeUnknown, format!("{came} Nothing is sent twice; {next}"));
        let request_id = answered.and_then(|answered| answered.request_id.clone());
        CallFailure { error: ApiError { request_id, ..error }, receipt }
    }

    /// The answer to an earlier request with the same key, if there was one.
    async fn replayed(&self, hash: [u8; 32]) -> Result<Option<Result<CallReply<R::Response>, CallFailure>>, CallFailure> {
        let Some(key) = &self.body.key else { return Ok(None) };
        let known = self.ivs.0.journal.by_key(&self.caller.actor.subject, key).await;
        let Some(known) = known.map_err(|error| Failure::from(error).told())? else { return Ok(None) };
        if known.body_hash != hash {
            return Err(Failure::refused(Code::KeyReused, "The idempotency key was used for another request.").told());
        }
        let Some(ending) = known.ending else {
            return Ok(Some(Err(self.unknown(None, Some(self.receipt(known.intent, Outcome::Unknown, 0))))));
        };
        let receipt = self.receipt(known.intent, ending.outcome, ending.attempts);
        Ok(Some(match ending.outcome {
            Outcome::Done => {
                // What was found out by reading has no answer of its own: it is put together from what is there.
                let found = || serde_json::json!({ "response": ending.after.unwrap_or_else(|| serde_json::json!({})), "receipt": receipt });
                serde_json::from_value(ending.result.unwrap_or_else(found)).map_err(|error| Failure::internal(error.to_string()).told())
            }
            Outcome::Refused | Outcome::Unknown if ending.reconciled => Err(settled(ending, receipt)),
            Outcome::Refused | Outcome::Unknown => {
                let told = ending.result.and_then(|result| serde_json::from_value(result).ok());
                Err(told.unwrap_or_else(|| self.unknown(None, Some(receipt))))
            }
        }))
    }

    /// Of everything that makes it this request and no other.
    fn hash(&self) -> [u8; 32] {
        let parts = (R::OPERATION.name(), &self.scope.account, &self.scope.region, &self.body.request, &self.body.expect, &self.body.seen);
        Sha256::digest(serde_json::to_vec(&parts).unwrap_or_default()).into()
    }

    fn receipt(&self, id: IntentId, outcome: Outcome, attempts: u32) -> Receipt {
        Receipt { id: Some(id.to_string()), ..receipt(R::OPERATION, outcome, attempts, self.since) }
    }

    fn look(&self) -> Look<'_> {
        Look { ivs: &self.ivs, clients: &self.clients, scope: &self.scope }
    }
}

/// What was found out by reading, for whoever asks again: the last word on it, so its code is never the one of what is
/// still being looked up, and the next change of theirs gets a key of its own.
fn settled(ending: Ending, receipt: Receipt) -> CallFailure {
    let code = ending.code.filter(|code| *code != Code::OutcomeUnknown).unwrap_or(Code::LookedUp);
    let message = ending.message.unwrap_or_else(|| "It was looked up: it was not done.".to_owned());
    CallFailure { error: ApiError::new(code, message), receipt: Some(receipt) }
}

/// Its answer was lost, and no reading will ever tell: that is the last word on it.
fn never(failure: Failure, why: String) -> Failure {
    Failure { api: ApiError { code: Code::OutcomeUnknown, message: why, ..failure.api }, certainty: Certainty::Never, ..failure }
}

/// Did IVS definitely not take it, for its rate alone? A 429 without a code may come from something between.
fn throttled(failure: &Failure) -> bool {
    failure.api.code == Code::ThrottlingException && failure.certainty == Certainty::Refused
}

fn ending(receipt: &Receipt) -> Ending {
    let mut ending = Ending::of(receipt.outcome);
    ending.attempts = receipt.attempts;
    ending.millis = receipt.millis;
    ending.aws_request_ids.extend(receipt.request_id.clone());
    ending
}

/// The ARNs of the resources in a reply: what a create made.
pub(super) fn made(reply: &Value) -> Vec<String> {
    let members = reply.as_object().into_iter().flat_map(serde_json::Map::values);
    members.filter_map(|member| member.get("arn")?.as_str().map(str::to_owned)).collect()
}
