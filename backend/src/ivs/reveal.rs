//! The one way by which a secret value leaves: asked for by itself, with its own permission, and journaled before.

use super::{Ivs, Scope, bare};
use crate::caller::Caller;
use crate::error::Failure;
use crate::ivs::wire::Execute;
use crate::journal::{Ending, Kind};
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
        let admitted = self.admit(caller, scope, contract::access::Permission::Reveal, route.name()).await;
        let clients = admitted.map_err(|failure| bare(&failure))?.clone();
        request.check().map_err(|errors| bare(&errors.into()))?;
        let mut intent = caller.intent(Kind::Secret, route.name(), Some(scope));
        intent.permission = Some(contract::access::Permission::Reveal);
        intent.targets = vec![arn];
        intent.reason = reason;
        let id = self.0.journal.intent(&intent).await.map_err(|error| bare(&error.into()))?;
        let read = self.send(&clients, caller.lane, scope, request).await;
        let mut ending = Ending::of(if read.is_ok() { Outcome::Done } else { Outcome::Refused });
        ending.millis = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &read {
            Ok(answer) => {
                ending.attempts = answer.attempts;
                ending.aws_request_ids.extend(answer.request_id.clone());
            }
            Err(failure) => {
                ending.attempts = failure.attempts;
                ending.code = Some(failure.api.code.clone());
                ending.aws_request_ids.extend(failure.api.request_id.clone());
            }
        }
        self.0.journal.outcome(id, &ending).await.map_err(|error| bare(&error.into()))?;
        let answer = read.map_err(|failure| bare(&failure))?;
        let nothing = || bare(&Failure::refused(Code::ResourceNotFoundException, "IVS answered without a value."));
        Ok(Revealed { value: value(answer.response).ok_or_else(nothing)?, journal: id.to_string() })
    }
}
