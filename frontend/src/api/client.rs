//! The calls that the console makes, typed by the contract.

use super::{Problem, Scope, fetch};
use contract::call::{CallBody, CallFailure, CallReply, Receipt};
use contract::own::Own;
use contract::{ApiError, Call, Code};
use serde::{Serialize, de::DeserializeOwned};

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    /// What to tell the person.
    pub(crate) problem: Problem,
    /// What was done; absent where nothing was begun.
    pub(crate) receipt: Option<Receipt>,
}

/// Calls an operation of IVS that only looks.
///
/// # Errors
/// Everything that IVS, the backend or the network can refuse, as a [`Problem`].
pub(crate) async fn call<R: Call>(scope: &Scope, request: R) -> Result<CallReply<R::Response>, Problem> {
    send(scope, &CallBody::of(request)).await.map_err(|failure| failure.problem)
}

/// Calls an operation of IVS, with what goes along with a change.
///
/// # Errors
/// As [`call`], with the receipt of what was begun.
pub(crate) async fn send<R: Call>(scope: &Scope, body: &CallBody<R>) -> Result<CallReply<R::Response>, Failure> {
    post(contract::call::path(&scope.account, &scope.region, R::OPERATION), body).await
}

/// Calls a route of ours.
///
/// # Errors
/// Everything that the backend or the network can refuse, as a [`Problem`].
pub(crate) async fn own<R: Own>(request: &R) -> Result<R::Reply, Problem> {
    post(R::ROUTE.path().to_owned(), request).await.map_err(|failure| failure.problem)
}

async fn post<B: Serialize, T: DeserializeOwned>(path: String, body: &B) -> Result<T, Failure> {
    let text = exchange(path, serde_json::to_string(body)).await?;
    serde_json::from_str(&text).map_err(|error| unreadable(&error))
}

/// What all calls have in common, once for all types.
async fn exchange(path: String, body: serde_json::Result<String>) -> Result<String, Failure> {
    let body = body.map_err(|error| unreadable(&error))?;
    let answer = fetch::post(path, body).await.map_err(|problem| Failure { problem, receipt: None })?;
    if answer.ok { Ok(answer.text) } else { Err(failure(&answer)) }
}

/// A refusal in the backend's words, or, where something between here and there answered, in ours.
fn failure(answer: &fetch::Answer) -> Failure {
    match serde_json::from_str::<CallFailure>(&answer.text) {
        Ok(CallFailure { error, receipt }) => {
            let candidates = receipt.as_ref().map_or(&[][..], |receipt| &receipt.candidates);
            Failure { problem: Problem::from(error).with_candidates(candidates), receipt }
        }
        Err(_) => Failure { problem: Problem::not_ours(answer.status), receipt: None },
    }
}

/// JSON that is not of the contract: another version of the backend, most likely.
fn unreadable(error: &serde_json::Error) -> Failure {
    let error = ApiError::new(Code::UpstreamUnreadable, error.to_string());
    Failure { problem: Problem::from(error), receipt: None }
}
