//! The one way by which a secret value leaves: asked for by itself, with its own permission, and journaled before. Like a
//! change it goes on in a task of its own when the browser has hung up, so that its row gets its end.

use super::{Ivs, Scope, arns};
use crate::caller::Caller;
use crate::error::Failure;
use crate::ivs::wire::{Answer, Execute};
use crate::journal::{Ending, Kind};
use contract::access::Permission;
use contract::call::{CallFailure, Outcome};
use contract::channel::GetChannel;
use contract::own::{Revealed, Route};
use contract::stream_key::GetStreamKey;
use contract::{Code, Secret};
use std::time::Instant;

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
        let value = |reply: contract::stream_key::GetStreamKeyResponse| reply.stream_key?.value;
        self.reveal(caller, scope, Route::RevealStreamKey, arn.clone(), GetStreamKey { arn }, reason, value).await
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
        let value = |reply: contract::channel::GetChannelResponse| reply.channel?.srt?.passphrase;
        self.reveal(caller, scope, Route::RevealPassphrase, arn.clone(), GetChannel { arn }, reason, value).await
    }

    #[expect(clippy::too_many_arguments, reason = "both reveals in one place is worth more than a struct for two calls")]
    async fn reveal<R: Execute>(
        &self,
        caller: &Caller,
        scope: &Scope,
        route: Route,
        arn: String,
        request: R,
        reason: Option<String>,
        value: fn(R::Response) -> Option<Secret>,
    ) -> Result<Revealed, CallFailure> {
        let since = Instant::now();
        let admitted = self.admit(caller, scope, Permission::Reveal, route.name(), || arns::named(&request)).await;
        let clients = admitted.map_err(Failure::told)?.clone();
        self.checked().map_err(Failure::told)?;
        contract::call::check_beside(reason.as_deref(), None).map_err(|errors| Failure::from(errors).told())?;
        arns::in_region(&request, &scope.region).map_err(|errors| Failure::from(errors).told())?;
        request.check().map_err(|errors| Failure::from(errors).told())?;
        let mut intent = caller.intent(Kind::Secret, route.name(), Some(scope));
        intent.permission = Some(Permission::Reveal);
        intent.targets = vec![arn];
        intent.reason = reason;
        let (ivs, scope, lane) = (self.clone(), scope.clone(), caller.lane);
        let task = self.0.running.spawn(async move {
            let id = ivs.0.journal.intent(&intent).await?;
            let read = ivs.send(&clients, lane, &scope, request).await;
            ivs.0.journal.outcome(id, &ending(&read, since)).await?;
            let nothing = || Failure::refused(Code::ResourceNotFoundException, "IVS answered without a value.");
            Ok(Revealed { value: value(read?.response).ok_or_else(nothing)?, journal: id.to_string() })
        });
        let ended = task.await.unwrap_or_else(|panicked| Err(Failure::internal(panicked.to_string())));
        ended.map_err(Failure::told)
    }
}

fn ending<R>(read: &Result<Answer<R>, Failure>, since: Instant) -> Ending {
    let (outcome, attempts, code, request_id) = match read {
        Ok(answer) => (Outcome::Done, answer.attempts, None, &answer.request_id),
        Err(failure) => (Outcome::Refused, failure.attempts, Some(failure.api.code.clone()), &failure.api.request_id),
    };
    let millis = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ending { attempts, code, millis, aws_request_ids: request_id.iter().cloned().collect(), ..Ending::of(outcome) }
}
