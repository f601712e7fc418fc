//! Finding out by reading what became of a change whose answer was lost, and what was there before.
//!
//! Each operation says how (`creates`, `updates`, `others`); the table makes sure that each does. What cannot be seen by
//! reading (metadata sent, viewers disconnected) says so and stays unknown until a person has looked.

mod creates;
mod others;
mod pending;
mod updates;

pub(super) use updates::as_seen;

use super::client::Clients;
use super::governor::Lane;
use super::wire::Execute;
use super::{Ivs, Scope};
use crate::error::Failure;
use contract::call::{Candidate, Expect};
use contract::{ApiError, Call, Code, FieldErrors};
use serde_json::Value;
use std::time::Duration;

/// The waits between the looks for a change whose answer was lost, before the person is told that it is unknown.
const LOOKS: [Duration; 4] = [Duration::ZERO, Duration::from_millis(400), Duration::from_millis(1200), Duration::from_millis(2500)];

/// So long they may take together; reads may hang.
const LOOKING: Duration = Duration::from_secs(10);
/// For the state before a change, its turn within the rate included.
const BEFORE: Duration = Duration::from_secs(2);

/// What reading says of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Found<R> {
    /// It was made: this would have been the answer.
    Made(R),
    /// What it was to change is as it was before: it was not made, or is not to be seen yet.
    NotMade,
    /// What it was to make is not there, nor what was there before: it was never made, or it was and has been changed or
    /// deleted since, or it is not to be seen yet.
    NotSeen,
    /// Reading cannot tell which of these it made, or whether it made one. Never empty; in the order of IVS's list.
    OneOf(Vec<Candidate>),
    /// Reading cannot tell; what a person can look at.
    Cannot(String),
    /// The read failed. Nothing follows from it.
    Unreadable,
}

/// What is known of a change that was sent, beside its request.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The value of the operation tag of a create.
    pub tag: &'a str,
    /// The resource before, where it could be read.
    pub before: Option<&'a Value>,
    /// What the person saw.
    pub expect: Option<&'a Expect>,
}

/// What was there before, or why it could not be read.
pub(super) type Before = Result<Option<Value>, Failure>;

/// An operation of which can be said what was there before, and found out what became of it.
pub trait Resolve: Execute {
    /// Can what the person saw be held against what is there? For updates, which name members of what they change.
    const COMPARES: bool = false;

    /// The resource as it is now, secrets removed: the journal keeps it. `None` where nothing is lost by the change.
    fn before(&self, _look: &Look<'_>) -> impl Future<Output = Before> + Send {
        async { Ok(None) }
    }

    /// The tags that it adds to what is there, or takes away.
    fn tag_keys(&self) -> Vec<&str> {
        Vec::new()
    }

    /// May it be sent, by what was there before? What would be lost by the change must have been read; and the state must
    /// be the one that the person saw.
    ///
    /// # Errors
    /// Why not. Nothing was sent.
    fn precondition(&self, before: &Before, expect: &Expect) -> Result<(), Failure> {
        no_stream(expect)?;
        no_tags(expect)?;
        was_read(before)
    }

    /// Reads whether it was made.
    fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> impl Future<Output = Found<Self::Response>> + Send;
}

/// Reading on behalf of a change.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub(super) ivs: &'a Ivs,
    pub(super) clients: &'a Clients,
    pub(super) scope: &'a Scope,
}

impl Look<'_> {
    /// Reads, not shared with anyone, secrets removed.
    pub(super) async fn read<Q: Execute>(&self, request: Q) -> Result<Q::Response, Failure> {
        let mut answer = self.ivs.send(self.clients, Lane::Change, self.scope, request).await?;
        Q::redact(&mut answer.response);
        Ok(answer.response)
    }

    /// Reads what is there, as the journal keeps it.
    pub(super) async fn image<Q: Execute>(&self, request: Q) -> Before {
        let read = self.read(request).await?;
        serde_json::to_value(&read).map(Some).map_err(|error| Failure::internal(error.to_string()))
    }

    /// The resource before a change. A read that hangs does not hold up the change for long, nor those that wait behind it.
    pub(super) async fn before<R: Resolve>(&self, request: &R) -> Before {
        let read = tokio::time::timeout(BEFORE, request.before(self)).await;
        read.unwrap_or_else(|_| Err(Failure::refused(Code::Busy, "IVS did not say in time what is there now.")))
    }

    /// Looks a few times for a change that was just sent.
    pub(super) async fn find_out<R: Resolve>(&self, request: &R, sent: Sent<'_>) -> Found<R::Response> {
        let looks = async {
            for wait in LOOKS {
                tokio::time::sleep(wait).await;
                match request.find_out(self, sent).await {
                    // What IVS shows may lag behind what it did, and a read that failed may succeed the next time.
                    Found::NotMade | Found::NotSeen | Found::Unreadable => {}
                    found @ (Found::Made(_) | Found::OneOf(_) | Found::Cannot(_)) => return found,
                }
            }
            Found::NotSeen
        };
        tokio::time::timeout(LOOKING, looks).await.unwrap_or(Found::Unreadable)
    }
}

/// Did IVS answer that there is no such resource? That is an answer; any other failure of a read is none.
pub(super) fn gone(failure: &Failure) -> bool {
    failure.api.code == Code::ResourceNotFoundException
}

/// A stream is seen by who stops one.
fn no_stream(expect: &Expect) -> Result<(), Failure> {
    if expect.stream_id.is_none() { Ok(()) } else { Err(FieldErrors::one("expect.streamId", "Is for StopStream alone.").into()) }
}

/// Tags are seen by who changes some.
fn no_tags(expect: &Expect) -> Result<(), Failure> {
    if expect.tags.is_none() { Ok(()) } else { Err(FieldErrors::one("expect.tags", "Is for TagResource and UntagResource alone.").into()) }
}

/// That there is no such resource IVS says better itself.
fn was_read(before: &Before) -> Result<(), Failure> {
    match before {
        Err(failure) if !gone(failure) => Err(unread(failure)),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// What is there must be known before it is changed, and could not be read.
pub(super) fn unread(failure: &Failure) -> Failure {
    // A timeout of the change itself would leave it open whether it was made.
    let code = if failure.api.code == Code::UpstreamTimeout { Code::Busy } else { failure.api.code.clone() };
    let message = format!("{} Nothing was sent: what is there now has to be read first.", failure.api.message);
    Failure { api: ApiError { code, message, ..failure.api.clone() }, ..Failure::refused(Code::Busy, "") }
}

/// A reply of one operation as that of another with the same members.
pub(super) fn same<A: serde::Serialize, R: Call>(reply: &A) -> Option<R::Response> {
    serde_json::from_value(serde_json::to_value(reply).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use contract::Operation;
    use serde_json::Value;

    /// The journal keeps every request whole. Timed metadata is sensitive in IVS's model and goes to every viewer all the same: what
    /// was sent has to be known afterwards.
    #[test]
    fn no_request_but_that_of_metadata_has_anything_sensitive() {
        let model: Value = serde_json::from_str(include_str!("../../../../contract/model/model.json")).unwrap();
        let sensitive = Operation::ALL.iter().filter(|operation| !model["operations"][operation.name()]["sensitiveInput"].is_null());
        let why = "another request has become sensitive: decide how the journal keeps it";
        assert_eq!(sensitive.map(|operation| operation.name()).collect::<Vec<_>>(), ["PutMetadata"], "{why}");
    }
}
