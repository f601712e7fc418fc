//! Finding out by reading what became of a change whose answer was lost, and what was there before.
//!
//! Each operation says how (`creates`, `updates`, `others`); the table makes sure that each does. What cannot be seen by
//! reading (metadata sent, viewers disconnected) says so and stays unknown until a person has looked.

mod creates;
mod others;
mod pending;
mod updates;

use super::client::Clients;
use super::governor::Lane;
use super::wire::Execute;
use super::{Ivs, Scope};
use crate::error::Failure;
use contract::call::{Candidate, Expect};
use contract::{Call, Code, FieldErrors};
use serde_json::Value;
use std::time::Duration;

/// The waits between the looks for a change whose answer was lost, before the person is told that it is unknown.
const LOOKS: [Duration; 4] = [Duration::ZERO, Duration::from_millis(400), Duration::from_millis(1200), Duration::from_millis(2500)];

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

/// An operation of which can be said what was there before, and found out what became of it.
pub trait Resolve: Execute {
    /// The resource as it is now, secrets removed: the journal keeps it. `None` where there is none, or where it cannot
    /// be read, which does not keep anyone from changing it.
    fn before(&self, _look: &Look<'_>) -> impl Future<Output = Option<Value>> + Send {
        async { None }
    }

    /// The request as the journal keeps it: whole, but without what IVS marks as sensitive. It can be read back.
    fn kept(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Is the state the one that the person saw?
    fn precondition(&self, _look: &Look<'_>, expect: &Expect) -> impl Future<Output = Result<(), Failure>> + Send {
        let wrong = expect.stream_id.is_some();
        async move { if wrong { Err(FieldErrors::one("expect.streamId", "Is for StopStream alone.").into()) } else { Ok(()) } }
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
    pub(super) async fn image<Q: Execute>(&self, request: Q) -> Option<Value> {
        serde_json::to_value(self.read(request).await.ok()?).ok()
    }

    /// Looks a few times for a change that was just sent.
    pub(super) async fn find_out<R: Resolve>(&self, request: &R, sent: Sent<'_>) -> Found<R::Response> {
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            match request.find_out(self, sent).await {
                // What IVS shows may lag behind what it did, and a read that failed may succeed the next time.
                Found::NotMade | Found::NotSeen | Found::Unreadable => {}
                found @ (Found::Made(_) | Found::OneOf(_) | Found::Cannot(_)) => return found,
            }
        }
        Found::NotSeen
    }
}

/// Did IVS answer that there is no such resource? That is an answer; any other failure of a read is none.
pub(super) fn gone(failure: &Failure) -> bool {
    failure.api.code == Code::ResourceNotFoundException
}

/// A reply of one operation as that of another with the same members.
pub(super) fn same<A: serde::Serialize, R: Call>(reply: &A) -> Option<R::Response> {
    serde_json::from_value(serde_json::to_value(reply).ok()?).ok()
}
