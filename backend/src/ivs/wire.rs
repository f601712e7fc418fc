//! Between our types and the SDK's: what every operation's mapping has in common.
//!
//! The SDK's types know no serde and may grow members, so each noun's file maps by hand. `tests/fidelity.rs` proves that
//! nothing is lost or renamed on the way, for every member of the model.

use super::classify;
use crate::error::Failure;
use aws_sdk_ivs::config::http::HttpResponse;
use aws_sdk_ivs::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_ivs::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ivs::error::{BoxError, ProvideErrorMetadata, SdkError};
use aws_sdk_ivs::operation::RequestId;
use aws_sdk_ivs::primitives::{DateTime, DateTimeFormat};
use contract::tag::Tags;
use contract::{Call, FieldErrors, Secret};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// What IVS answered.
#[derive(Clone, Debug)]
pub struct Answer<R> {
    /// Its reply, secrets included.
    pub response: R,
    /// Its request id (`x-amzn-requestid`).
    pub request_id: Option<String>,
    /// How often it was asked until it answered.
    pub attempts: u32,
}

/// An operation that can be sent through the SDK. Implemented once for each, beside its mapping.
pub trait Execute: Call {
    /// Sends it once (a change) or as often as the SDK retries (a read), and maps the reply or the error. The client is
    /// [`super::client::Clients::of`] this operation.
    fn execute(self, client: &aws_sdk_ivs::Client) -> impl Future<Output = Result<Answer<Self::Response>, Failure>> + Send;
}

/// Counts how often a call was put on the wire; stays at 0 when it never left (no credentials, nothing to sign with).
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempts(Arc<AtomicU32>);

impl Attempts {
    fn count(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// Implements [`Execute`] for one request: its members taken apart, and the SDK call they go into. Taking apart is
/// exhaustive, so a member that is not mapped does not compile.
macro_rules! execute {
    ($request:ident { $($member:ident),* $(,)? }, $client:ident => $call:expr) => {
        impl $crate::ivs::wire::Execute for $request {
            async fn execute(
                self,
                $client: &aws_sdk_ivs::Client,
            ) -> Result<$crate::ivs::wire::Answer<Self::Response>, $crate::error::Failure> {
                let Self { $($member),* } = self;
                let attempts = $crate::ivs::wire::Attempts::default();
                let sent = $call.customize().interceptor(attempts.clone()).send().await;
                $crate::ivs::wire::finish::<Self, _, _>(sent, &attempts)
            }
        }
    };
}
pub(crate) use execute;

/// Maps the SDK's structures to ours, member by member; `ours = theirs` where the names differ. A member of ours that is
/// not filled does not compile.
macro_rules! replies {
    ($($theirs:path => $ours:ident { $($member:ident $(= $name:ident)?),* $(,)? })*) => {
        $(impl $crate::ivs::wire::IntoWire<$ours> for $theirs {
            fn wire(self) -> $ours {
                $ours { $($member: $crate::ivs::wire::replies!(@ self $member $($name)?).wire()),* }
            }
        })*
    };
    (@ $from:ident $member:ident) => { $from.$member };
    (@ $from:ident $member:ident $name:ident) => { $from.$name };
}
pub(crate) use replies;

/// Maps enumerations both ways by their text, so that a value that one side does not know arrives as it was.
macro_rules! enumerations {
    ($($name:ident)*) => {
        $(impl $crate::ivs::wire::IntoWire<$name> for aws_sdk_ivs::types::$name {
            fn wire(self) -> $name { $name::from(self.as_str()) }
        }
        impl $crate::ivs::wire::IntoWire<aws_sdk_ivs::types::$name> for $name {
            fn wire(self) -> aws_sdk_ivs::types::$name { aws_sdk_ivs::types::$name::from(self.as_str()) }
        })*
    };
}
pub(crate) use enumerations;

/// The replies that say nothing.
macro_rules! empty_replies {
    ($($theirs:path)*) => {
        $(impl $crate::ivs::wire::IntoWire<contract::Empty> for $theirs {
            fn wire(self) -> contract::Empty { contract::Empty {} }
        })*
    };
}
pub(crate) use empty_replies;

/// Turns what the SDK returned into an answer or a failure.
pub(crate) fn finish<R, O, E>(sent: Result<O, SdkError<E, HttpResponse>>, attempts: &Attempts) -> Result<Answer<R::Response>, Failure>
where
    R: Call,
    O: RequestId + IntoWire<R::Response>,
    E: std::error::Error + ProvideErrorMetadata + 'static,
{
    let attempts = attempts.count();
    match sent {
        Ok(reply) => Ok(Answer { request_id: reply.request_id().map(str::to_owned), response: reply.wire(), attempts }),
        Err(error) => Err(classify::failure(R::OPERATION, &error, attempts)),
    }
}

/// `Into`, between types that are both foreign here: from the SDK's to the contract's, and back for what requests carry.
pub(crate) trait IntoWire<T> {
    /// The same value on the other side.
    fn wire(self) -> T;
}

impl<A: IntoWire<B>, B> IntoWire<Option<B>> for Option<A> {
    fn wire(self) -> Option<B> {
        self.map(IntoWire::wire)
    }
}

impl<A: IntoWire<B>, B> IntoWire<Vec<B>> for Vec<A> {
    fn wire(self) -> Vec<B> {
        self.into_iter().map(IntoWire::wire).collect()
    }
}

/// A list that a reply may leave out: for us, an empty one.
impl<A: IntoWire<B>, B> IntoWire<Vec<B>> for Option<Vec<A>> {
    fn wire(self) -> Vec<B> {
        self.unwrap_or_default().wire()
    }
}

macro_rules! as_it_is {
    ($($type:ty)*) => { $(impl IntoWire<$type> for $type { fn wire(self) -> $type { self } })* };
}
as_it_is! { String i32 i64 bool }

/// The SDK fills these in with 0 or `false` where a reply leaves them out, as the model says.
macro_rules! with_default {
    ($($type:ty)*) => { $(impl IntoWire<Option<$type>> for $type { fn wire(self) -> Option<$type> { Some(self) } })* };
}
with_default! { i32 i64 bool }

impl IntoWire<Secret> for String {
    fn wire(self) -> Secret {
        Secret::from(self)
    }
}

impl IntoWire<Tags> for HashMap<String, String> {
    fn wire(self) -> Tags {
        self.into_iter().collect()
    }
}

impl IntoWire<Tags> for Option<HashMap<String, String>> {
    fn wire(self) -> Tags {
        self.unwrap_or_default().wire()
    }
}

/// The tags of a create: none at all rather than an empty map, as in our own JSON.
impl IntoWire<Option<HashMap<String, String>>> for Tags {
    fn wire(self) -> Option<HashMap<String, String>> {
        (!self.is_empty()).then(|| self.into_iter().collect())
    }
}

/// IVS's times come as RFC 3339 and leave as RFC 3339 in UTC, to the nanosecond. The SDK's own text stops at the
/// microsecond, but reaches the end of the year 9999, where the calendar of the other ends two days before.
impl IntoWire<String> for DateTime {
    fn wire(self) -> String {
        let exact = i32::try_from(self.subsec_nanos()).ok().and_then(|nanos| jiff::Timestamp::new(self.secs(), nanos).ok());
        exact.map_or_else(|| self.to_string(), |time| time.to_string())
    }
}

/// The time in a request's member. Refused where the SDK cannot send it as it was written: not RFC 3339, or finer than a
/// microsecond.
pub(crate) fn time(member: &str, text: &str) -> Result<DateTime, Failure> {
    DateTime::from_str(text, DateTimeFormat::DateTimeWithOffset)
        .ok()
        .filter(|time| time.subsec_nanos() % 1_000 == 0)
        .ok_or_else(|| FieldErrors::one(member, "Must be a time such as 2026-01-31T12:00:00Z, to the microsecond at most.").into())
}
