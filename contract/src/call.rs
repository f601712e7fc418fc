//! How a call of IVS crosses from the browser to the backend:
//! `POST /api/ivs/{account}/{region}/{Operation}` with [`CallBody`], answered by [`CallReply`] or [`CallFailure`].

use crate::constraint::FieldErrors;
use crate::error::ApiError;
use crate::operation::Operation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The header that every request to `/api` carries. A page of another origin cannot send it without a preflight, and
/// no preflight is ever approved.
pub const HEADER: (&str, &str) = ("x-tally", "1");

/// The path of an operation for an account (by its configured name) and a region.
pub fn path(account: &str, region: &str, operation: Operation) -> String {
    format!("/api/ivs/{account}/{region}/{operation}")
}

/// What the browser sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallBody<R> {
    /// The request, as on IVS's wire.
    pub request: R,
    /// What the person saw, where acting on anything else would be wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
    /// For updates: the same request as it would leave everything as the person saw it. Where somebody else has changed one of
    /// its members since, nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<R>,
    /// Why, in the person's words; kept in the journal. At most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Makes repeating this exact change harmless: the same key with the same request gets the first one's answer. 8 to
    /// 64 letters, digits or `-`. Changes without one cannot be repeated safely by the browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl<R> CallBody<R> {
    /// A bare call.
    pub const fn of(request: R) -> Self {
        Self { request, expect: None, seen: None, reason: None, key: None }
    }
}

/// The longest reason, in characters.
pub const REASON_MOST: usize = 500;

/// The limits of what comes beside a request: why, and the idempotency key.
///
/// # Errors
/// The first that is not kept, by the name of its member.
pub fn check_beside(reason: Option<&str>, key: Option<&str>) -> Result<(), FieldErrors> {
    if reason.is_some_and(|reason| reason.chars().count() > REASON_MOST) {
        return Err(FieldErrors::one("reason", format!("May have at most {REASON_MOST} characters.")));
    }
    let fits = |key: &str| (8..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if key.is_some_and(|key| !fits(key)) {
        return Err(FieldErrors::one("key", "Must be 8 to 64 letters, digits or -."));
    }
    Ok(())
}

/// The state that a change is meant for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expect {
    /// StopStream: the stream that the person saw. Another one, which started since, is not stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// TagResource and UntagResource: the values that the person saw of the tags that are to be changed, `null` where there was
    /// none. Where one is another since, nothing is sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, Option<String>>>,
}

/// What the backend answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallReply<R> {
    /// IVS's reply as on its wire, secret values removed.
    pub response: R,
    /// What was done.
    pub receipt: Receipt,
}

/// What the backend answers when it does not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CallFailure {
    /// Why.
    pub error: ApiError,
    /// What was done; absent where nothing was begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// IVS did it.
    Done,
    /// IVS or the console refused; nothing changed.
    Refused,
    /// No answer said which. It is being looked up; nothing is sent twice.
    Unknown,
}

/// The record of one call, as shown to the person who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// The row of the journal; absent for reads, which are not journaled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What was asked.
    pub operation: Operation,
    /// How it ended.
    pub outcome: Outcome,
    /// IVS's request id of the last attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// How often IVS was asked.
    pub attempts: u32,
    /// How long it took, in milliseconds, waiting included.
    pub millis: u64,
    /// When IVS answered, in milliseconds since 1970: the age of what is shown counts from here.
    pub at: u64,
    /// Where a create's answer was lost and it carried no operation tag to be found by: what has its name, and may be what
    /// it made. A person has to look. At most [`Candidate::MOST`], in the order of IVS's list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
}

/// What a lost create may have made. IVS's lists say no time of making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its ARN.
    pub arn: String,
    /// Its name, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Candidate {
    /// More are not told: who has so many of one name has to go through the list.
    pub const MOST: usize = 20;
}
