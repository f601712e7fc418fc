//! The one way by which secret values leave: asked for by themselves, with their own permission, and journaled before, each by its
//! name. Like a change it goes on in a task of its own when the browser has hung up, so that its row gets its end.

use super::{Ivs, Scope, arns};
use crate::caller::Caller;
use crate::error::Failure;
use crate::ivs::wire::Execute;
use crate::journal::{Ending, Kind};
use contract::access::Permission;
use contract::call::{CallFailure, Outcome};
use contract::channel::GetChannel;
use contract::own::{MOST_REVEALED, REVEALED_EVERY, Revealed, RevealedStreamKey, RevealedStreamKeys, Route};
use contract::stream_key::{BatchGetStreamKey, GetStreamKey};
use contract::{ApiError, Code, FieldErrors};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// When each person has last asked for many at once.
#[derive(Debug, Default)]
pub(super) struct Asked(Mutex<BTreeMap<String, Instant>>);

impl Asked {
    /// Counts this time, if it is not too soon after the last.
    fn again(&self, subject: &str) -> Result<(), Failure> {
        let every = Duration::from_secs(REVEALED_EVERY.into());
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|_, at| at.elapsed() < every);
        if let Some(at) = asked.get(subject) {
            let left = every.saturating_sub(at.elapsed()).as_secs() + 1;
            let said = format!("Many stream keys are revealed once a minute at most. Ask again in {left} seconds.");
            let refused = Failure::refused(Code::TooManyRequests, said);
            return Err(Failure { api: ApiError { retry_after: u32::try_from(left).ok(), ..refused.api }, ..refused });
        }
        asked.insert(subject.to_owned(), Instant::now());
        Ok(())
    }
}

/// What is asked for: which route, about what, and why.
struct Wish {
    route: Route,
    arns: Vec<String>,
    reason: Option<String>,
}

/// What holds secrets on their way to somebody.
trait Secrets {
    /// How many.
    fn secrets(&self) -> usize;
}

impl Secrets for Revealed {
    fn secrets(&self) -> usize {
        1
    }
}

impl Secrets for RevealedStreamKeys {
    fn secrets(&self) -> usize {
        self.keys.len()
    }
}

impl Ivs {
    /// A stream key's value.
    ///
    /// # Errors
    /// The grant is missing, the journal cannot be written, or IVS refuses.
    pub async fn reveal_stream_key(
        &self,
        caller: &Caller,
        scope: &Scope,
        arn: String,
        reason: Option<String>,
    ) -> Result<Revealed, CallFailure> {
        let wish = Wish { route: Route::RevealStreamKey, arns: vec![arn.clone()], reason };
        let value = |mut replies: Vec<contract::stream_key::GetStreamKeyResponse>, journal| {
            Some(Revealed { value: replies.pop()?.stream_key?.value?, journal })
        };
        self.reveal(caller, scope, wish, vec![GetStreamKey { arn }], || Ok(()), value).await
    }

    /// The values of many stream keys, those that IVS does not answer by name.
    ///
    /// # Errors
    /// As [`Self::reveal_stream_key`]; none or too many are asked for; this person has asked for many less than a minute ago. Where
    /// IVS refuses a part, nothing is revealed.
    pub async fn reveal_stream_keys(
        &self,
        caller: &Caller,
        scope: &Scope,
        arns: Vec<String>,
        reason: Option<String>,
    ) -> Result<RevealedStreamKeys, CallFailure> {
        let requests = arns.chunks(BatchGetStreamKey::MOST).map(|arns| BatchGetStreamKey { arns: arns.to_vec() }).collect();
        let many = arns.len();
        let gate = || {
            if many == 0 || many > MOST_REVEALED {
                return Err(FieldErrors::one("arns", format!("Must be 1 to {MOST_REVEALED}.")).into());
            }
            self.0.revealed.again(&caller.actor.subject)
        };
        let wish = Wish { route: Route::RevealStreamKeys, arns, reason };
        let values = |replies: Vec<contract::stream_key::BatchGetStreamKeyResponse>, journal| {
            let (keys, errors): (Vec<_>, Vec<_>) = replies.into_iter().map(|reply| (reply.stream_keys, reply.errors)).unzip();
            let keys = keys.into_iter().flatten().filter_map(|key| {
                Some(RevealedStreamKey { arn: key.arn?, channel_arn: key.channel_arn.unwrap_or_default(), value: key.value? })
            });
            Some(RevealedStreamKeys { keys: keys.collect(), errors: errors.into_iter().flatten().collect(), journal })
        };
        self.reveal(caller, scope, wish, requests, gate, values).await
    }

    /// A channel's SRT passphrase.
    ///
    /// # Errors
    /// The grant is missing, the journal cannot be written, or IVS refuses.
    pub async fn reveal_passphrase(
        &self,
        caller: &Caller,
        scope: &Scope,
        arn: String,
        reason: Option<String>,
    ) -> Result<Revealed, CallFailure> {
        let wish = Wish { route: Route::RevealPassphrase, arns: vec![arn.clone()], reason };
        let value = |mut replies: Vec<contract::channel::GetChannelResponse>, journal| {
            Some(Revealed { value: replies.pop()?.channel?.srt?.passphrase?, journal })
        };
        self.reveal(caller, scope, wish, vec![GetChannel { arn }], || Ok(()), value).await
    }

    /// `gate` is asked last before anything is written; `take` makes the answer of IVS's replies and the journal's row.
    async fn reveal<R: Execute, T: Secrets + Send + 'static>(
        &self,
        caller: &Caller,
        scope: &Scope,
        wish: Wish,
        requests: Vec<R>,
        gate: impl FnOnce() -> Result<(), Failure> + Send,
        take: impl FnOnce(Vec<R::Response>, String) -> Option<T> + Send + 'static,
    ) -> Result<T, CallFailure> {
        let since = Instant::now();
        let named = || requests.iter().flat_map(arns::named).collect();
        let admitted = self.admit(caller, scope, Permission::Reveal, wish.route.name(), named).await;
        let clients = admitted.map_err(Failure::told)?.clone();
        self.checked().map_err(Failure::told)?;
        contract::call::check_beside(wish.reason.as_deref(), None).map_err(|errors| Failure::from(errors).told())?;
        for request in &requests {
            arns::in_region(request, &scope.region).and_then(|()| request.check()).map_err(|errors| Failure::from(errors).told())?;
        }
        gate().map_err(Failure::told)?;
        let mut intent = caller.intent(Kind::Secret, wish.route.name(), Some(scope));
        intent.permission = Some(Permission::Reveal);
        intent.targets = wish.arns;
        intent.reason = wish.reason;
        let (ivs, scope, lane, route) = (self.clone(), scope.clone(), caller.lane, wish.route);
        let task = self.0.running.spawn(async move {
            let id = ivs.0.journal.intent(&intent).await?;
            let (mut replies, mut ending) = (Vec::new(), Ending::of(Outcome::Done));
            let mut failed = None;
            for request in requests {
                let request_id = match ivs.send(&clients, lane, &scope, request).await {
                    Ok(answer) => {
                        ending.attempts += answer.attempts;
                        replies.push(answer.response);
                        answer.request_id
                    }
                    Err(failure) => {
                        (ending.outcome, ending.code) = (Outcome::Refused, Some(failure.api.code.clone()));
                        ending.attempts += failure.attempts;
                        let request_id = failure.api.request_id.clone();
                        failed = Some(failure);
                        request_id
                    }
                };
                ending.aws_request_ids.extend(request_id);
                if failed.is_some() {
                    break;
                }
            }
            ending.millis = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
            ivs.0.journal.outcome(id, &ending).await?;
            match failed {
                Some(failure) => Err(failure),
                None => {
                    let taken = take(replies, id.to_string());
                    ivs.0.meters.revealed(route, taken.as_ref().map_or(0, Secrets::secrets));
                    taken.ok_or_else(|| Failure::refused(Code::ResourceNotFoundException, "IVS answered without a value."))
                }
            }
        });
        let ended = task.await.unwrap_or_else(|panicked| Err(Failure::internal(panicked.to_string())));
        ended.map_err(Failure::told)
    }
}
