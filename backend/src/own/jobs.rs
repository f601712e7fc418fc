//! Starting, watching, cancelling and retrying jobs: one's own, and with the auditor grant, watching everyone's.

use super::{Answer, Serve, nobody};
use crate::auth::Origin;
use crate::caller::Caller;
use crate::error::Failure;
use crate::ivs::{Scope, arns};
use crate::state::State;
use axum::http::HeaderMap;
use contract::arn::Arn;
use contract::call::{CallFailure, Outcome};
use contract::job::{Job, Jobs, ListJobs, StartJob};
use contract::own::{CancelJob, GetJob, RetryJob};
use std::collections::BTreeSet;

fn answer<R>(done: Result<R, Failure>) -> Result<Answer<R>, CallFailure> {
    done.map(Into::into).map_err(Failure::told)
}

impl Serve for StartJob {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Job>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        // As if they asked for each change themselves: a denial is journaled, and the place must be one of ours.
        let scope = Scope { account: self.account.clone(), region: self.region.clone() };
        for operation in crate::jobs::operations(&self.task) {
            let admitted = state.ivs.admit(&caller, &scope, operation.permission(), operation.name(), || arns::named(&self.task)).await;
            answer(admitted.map(|_| ()))?;
        }
        answer(arns::in_region(&self.task, &scope.region).map_err(Failure::from))?;
        answer(state.jobs.start(&caller.actor, &caller.held.at(&scope), &caller.request_id, &self).await)
    }
}

impl Serve for ListJobs {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Jobs>, CallFailure> {
        answer(state.jobs.list(&caller.ok_or_else(nobody)?.sees()).await)
    }
}

impl Serve for GetJob {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Job>, CallFailure> {
        answer(state.jobs.get(&self.0.id, &caller.ok_or_else(nobody)?.sees()).await)
    }
}

impl Serve for CancelJob {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Job>, CallFailure> {
        answer(state.jobs.cancel(&self.0.id, &caller.ok_or_else(nobody)?.sees_own()).await)
    }
}

impl Serve for RetryJob {
    async fn serve(self, state: &State, caller: Option<Caller>, _: &HeaderMap, _: &Origin) -> Result<Answer<Job>, CallFailure> {
        let caller = caller.ok_or_else(nobody)?;
        let job = state.jobs.get(&self.0.id, &caller.sees_own()).await.map_err(Failure::told)?;
        // As where it was started: whoever may not do it any more is told so once, and not by each item.
        let scope = Scope { account: job.account, region: job.region };
        let refused: Vec<_> = job.items.into_iter().filter(|item| item.outcome == Some(Outcome::Refused)).collect();
        for operation in refused.iter().map(|item| item.operation).collect::<BTreeSet<_>>() {
            let about = || refused.iter().filter_map(|item| Some(("target".to_owned(), Arn::parse(&item.target)?))).collect();
            answer(state.ivs.admit(&caller, &scope, operation.permission(), operation.name(), about).await.map(|_| ()))?;
        }
        answer(state.jobs.retry(&self.0.id, &caller.sees_own()).await)
    }
}
