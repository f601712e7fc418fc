//! A read: shared, paced, retried by the SDK, redacted.

use super::client::Clients;
use super::governor::Lane;
use super::share::Seen;
use super::wire::{Answer, Execute};
use super::{Ivs, Scope, now, receipt};
use crate::error::Failure;
use contract::call::{CallFailure, CallReply, Outcome};
use contract::{ApiError, Code, Operation};
use std::time::Instant;

impl Ivs {
    pub(super) async fn read<R: Execute>(
        &self,
        clients: &Clients,
        lane: Lane,
        scope: &Scope,
        request: R,
    ) -> Result<CallReply<R::Response>, CallFailure> {
        let since = Instant::now();
        let (ivs, place, key, clients) = (self.clone(), scope.clone(), request.clone(), clients.clone());
        let read = async move {
            let mut answer = ivs.send(&clients, lane, &place, request).await?;
            R::redact(&mut answer.response);
            Ok(Seen { answer, at: now() })
        };
        match self.0.reads.share(&scope.account, &scope.region, &key, read).await {
            Ok(seen) => {
                let mut receipt = receipt(R::OPERATION, Outcome::Done, seen.answer.attempts, since);
                receipt.request_id = seen.answer.request_id;
                receipt.at = seen.at;
                Ok(CallReply { response: seen.answer.response, receipt })
            }
            Err(failure) => {
                let mut receipt = receipt(R::OPERATION, Outcome::Refused, failure.attempts, since);
                receipt.request_id.clone_from(&failure.api.request_id);
                Err(CallFailure { error: failure.api, receipt: Some(receipt) })
            }
        }
    }

    /// Tries a read for the account check: may it be called, and does it answer?
    pub(crate) async fn try_read<R: Execute>(&self, scope: &Scope, request: R) -> Result<(), Failure> {
        let Some(clients) = self.0.clients.get(scope) else {
            return Err(Failure::refused(Code::NotFound, "There is no such account and region."));
        };
        // Not logged: most are asked for something that does not exist, and the Set-up page says how they ended.
        self.call(clients, Lane::Poll, scope, request).await.map(drop)
    }

    /// Sends one call when it is its turn. The reply still has its secrets. This is the one place where a call that failed is
    /// logged: whoever passes its failure on has no cause left to log again.
    pub(super) async fn send<R: Execute>(
        &self,
        clients: &Clients,
        lane: Lane,
        scope: &Scope,
        request: R,
    ) -> Result<Answer<R::Response>, Failure> {
        let mut sent = self.call(clients, lane, scope, request).await;
        if let Err(failure) = &mut sent {
            let cause = failure.cause.take();
            tracing::info!(operation = %R::OPERATION, code = %failure.api.code, cause, aws_request = failure.api.request_id, "IVS");
        }
        sent
    }

    async fn call<R: Execute>(&self, clients: &Clients, lane: Lane, scope: &Scope, request: R) -> Result<Answer<R::Response>, Failure> {
        self.turn(lane, scope, &request).await?;
        let began = Instant::now();
        let sent = request.execute(clients.of(R::OPERATION)).await;
        self.0.meters.called(R::OPERATION, &sent, began.elapsed());
        if sent.as_ref().is_err_and(|failure| failure.api.code == Code::ThrottlingException) {
            self.0.governor.throttled(&scope.account, &scope.region, R::OPERATION);
        }
        sent
    }

    /// Waits for a turn within IVS's rate.
    async fn turn<R: Execute>(&self, lane: Lane, scope: &Scope, request: &R) -> Result<(), Failure> {
        let governor = &self.0.governor;
        let turn = async {
            if R::OPERATION == Operation::PutMetadata {
                for channel in request.targets() {
                    governor.turn_of_channel(channel, lane).await?;
                }
            }
            governor.turn(&scope.account, &scope.region, R::OPERATION, lane).await
        };
        let began = Instant::now();
        let served = turn.await;
        self.0.meters.waited(lane, began.elapsed(), served.is_ok());
        served.map_err(|full| {
            let seconds = u32::try_from(full.retry_after.as_secs()).unwrap_or(u32::MAX).max(1);
            let message = format!("Too many calls of {} are waiting for their turn within IVS's rate.", R::OPERATION);
            let mut failure = Failure::refused(Code::Busy, message);
            failure.api = ApiError { retry_after: Some(seconds), ..failure.api };
            failure
        })
    }
}
