//! The calls that the console makes, typed by the contract.

use super::json::{self, Unreadable, Value};
use super::{Problem, Scope, asked, fetch};
use contract::call::{CallFailure, Expect, Receipt};
use contract::own::Own;
use contract::{ApiError, Call, Code};
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

/// A call that did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    /// What to tell the person.
    pub(crate) problem: Problem,
    /// What was done; absent where nothing was begun.
    pub(crate) receipt: Option<Receipt>,
}

impl From<Unreadable> for Problem {
    fn from(error: Unreadable) -> Self {
        Self::from(ApiError::new(Code::UpstreamUnreadable, error.to_string()))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { problem, receipt: None }
    }
}

impl From<Unreadable> for Failure {
    fn from(error: Unreadable) -> Self {
        Problem::from(error).into()
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        failure.problem
    }
}

/// Calls a route of ours.
///
/// # Errors
/// Everything that the backend or the network can refuse, as a [`Problem`].
pub(crate) fn own<R: Own>(request: &R) -> LocalBoxFuture<'static, Result<R::Reply, Problem>> {
    reply(post(R::ROUTE.path(), json::write(request)))
}

fn reply<T: DeserializeOwned + 'static>(
    posted: LocalBoxFuture<'static, Result<Value, Failure>>,
) -> LocalBoxFuture<'static, Result<T, Problem>> {
    async move { Ok(json::read(posted.await?)?) }.boxed_local()
}

/// Calls an operation of IVS: its response, and the receipt.
///
/// # Errors
/// Everything that IVS, the backend or the network can refuse, with the receipt of what was begun.
pub(super) async fn call(path: &str, body: String) -> Result<(Value, Receipt), Failure> {
    let mut reply = post(path, body).await?;
    Ok((json::take(&mut reply, "response"), json::read(json::take(&mut reply, "receipt"))?))
}

/// Asks an operation of IVS once, for what is saved and not shown.
///
/// # Errors
/// As [`call`].
pub(crate) async fn read<R: Call>(scope: &Scope, request: &R) -> Result<R::Response, Problem> {
    Ok(json::read(once(scope, request).await?)?)
}

/// The same, with its response as it came.
///
/// # Errors
/// As [`call`].
pub(crate) fn once<R: Call>(scope: &Scope, request: &R) -> LocalBoxFuture<'static, Result<Value, Problem>> {
    let (path, body) = (asked::path(scope, R::OPERATION), body(&json::write(request)));
    async move { Ok(call(&path, body).await?.0) }.boxed_local()
}

/// Posts JSON and reads JSON. What comes back is boxed, so that those who wait for it are small.
pub(super) fn post(path: &str, body: String) -> LocalBoxFuture<'static, Result<Value, Failure>> {
    let path = path.to_owned();
    async move {
        let answer = fetch::post(path, body).await?;
        if answer.ok() { Ok(json::parse(&answer.text)?) } else { Err(failure(&answer)) }
    }
    .boxed_local()
}

/// A refusal in the backend's words, or, where something between here and there answered, in ours.
fn failure(answer: &fetch::Answer) -> Failure {
    match json::parse(&answer.text).and_then(json::read::<CallFailure>) {
        Ok(CallFailure { error, receipt }) => {
            let candidates = receipt.as_ref().map_or(&[][..], |receipt| &receipt.candidates);
            Failure { problem: Problem::from(error).with_candidates(candidates), receipt }
        }
        Err(_) => Problem::not_ours(answer.status).into(),
    }
}

/// What goes along with a change.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) expect: Option<Expect>,
    /// JSON.
    pub(super) seen: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) key: Option<String>,
}

/// The body of a bare call, whose request is JSON already.
pub(super) fn body(request: &str) -> String {
    body_with(request, &Beside::default())
}

/// A `CallBody` whose request is JSON already.
pub(super) fn body_with(request: &str, beside: &Beside) -> String {
    let Beside { expect, seen, reason, key } = beside;
    let members = [
        ("expect", expect.as_ref().map(json::write)),
        ("seen", seen.clone()),
        ("reason", reason.as_ref().map(json::write)),
        ("key", key.as_ref().map(json::write)),
    ];
    let mut body = format!(r#"{{"request":{request}"#);
    for (name, value) in members {
        if let Some(value) = value {
            body.push_str(&format!(r#","{name}":{value}"#));
        }
    }
    body.push('}');
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::call::CallBody;
    use contract::stream::StopStream;

    #[test]
    fn a_body_is_that_of_the_contract() {
        let request = StopStream { channel_arn: "arn".to_owned() };
        assert_eq!(body(&json::write(&request)), json::write(&CallBody::of(request.clone())));
        let (expect, reason, key) =
            (Some(Expect { stream_id: Some("st-1".to_owned()), tags: None }), Some("\"noise\"".to_owned()), Some("k".to_owned()));
        let seen = Some(StopStream { channel_arn: "other".to_owned() });
        let beside = Beside { expect: expect.clone(), seen: seen.as_ref().map(json::write), reason: reason.clone(), key: key.clone() };
        assert_eq!(body_with(&json::write(&request), &beside), json::write(&CallBody { request, expect, seen, reason, key }));
    }
}
