//! Faults: what networks, load balancers and IVS itself do to requests now and then, by plan.
//!
//! A plan is a list of [`Rule`]s. The first that holds for a request fires; each counts how often, so that a test can
//! fail when its fault never came about ([`Emulator::unfired`]). The names of [`trigger`] fire without any rule, by what a
//! person types. What the emulator really did stands in [`Emulator::commits`], whatever became of the answer.

mod answer;
pub(crate) mod line;
mod plan;
pub mod trigger;

pub use plan::{Planned, Rule};

use crate::clock::{Millis, SECOND};
use crate::emulator::{Emulator, View};
use crate::http::Seen;
use crate::wire::{self, Route};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use plan::Plan;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// On which side of the change a fault strikes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum When {
    /// Nothing was done.
    #[default]
    Before,
    /// It was done, and the answer is lost.
    After,
}

/// What happens to a request. In JSON: `{"kind": "reset", "when": "after"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Fault {
    /// It is carried out this much later, also if the client has given up by then.
    Delay {
        /// How much.
        millis: u64,
    },
    /// There is never an answer.
    Stall {
        /// Whether it is carried out.
        #[serde(default)]
        when: When,
    },
    /// The connection is reset in place of an answer.
    Reset {
        /// Whether it is carried out.
        #[serde(default)]
        when: When,
    },
    /// An error of the server: 500 with `InternalServerException`, 503 with `ServiceUnavailable`, others without a code.
    Status {
        /// 500 to 599.
        status: u16,
        /// Whether it is carried out.
        #[serde(default)]
        when: When,
    },
    /// 429. Nothing is done.
    Throttle {
        /// With `ThrottlingException`, as IVS answers; without, as something in front of it might.
        code: bool,
    },
    /// A load balancer's page: 502, HTML. Nothing is done.
    Html,
    /// It is carried out; the connection ends in the middle of the answer.
    Truncated,
    /// It is carried out; every member of the answer is of another type.
    WrongTyped,
    /// It is carried out; the answer is this much longer than it should be.
    Huge {
        /// How much, at most 1 GiB.
        bytes: u64,
    },
    /// It is carried out; `Date` is wrong by this much.
    Date {
        /// Ahead, or behind by a negative number.
        skew_seconds: i64,
    },
    /// A list does not show what was made within this time.
    ListLag {
        /// How long.
        seconds: u32,
    },
    /// A page token is refused: 400. Holds only for requests that carry one.
    DyingTokens,
    /// The credentials have expired: 403. Nothing is done.
    ExpiredToken,
    /// The credentials may not do this: 403. Nothing is done.
    AccessDenied,
}

impl Fault {
    /// The largest answer that [`Fault::Huge`] makes.
    pub const HUGEST: u64 = 1 << 30;

    /// Why it makes no sense, if so.
    pub(crate) fn nonsense(&self) -> Option<&'static str> {
        match self {
            Self::Status { status, .. } => (!(500..600).contains(status)).then_some("status must be 500 to 599"),
            Self::Huge { bytes } => (*bytes > Self::HUGEST).then_some("bytes must be at most 1 GiB"),
            Self::Date { skew_seconds } => (skew_seconds.unsigned_abs() > YEARS).then_some("skewSeconds must be within ten years"),
            Self::Delay { millis } => (*millis > 3_600_000).then_some("millis must be at most an hour"),
            Self::Stall { .. }
            | Self::Reset { .. }
            | Self::Throttle { .. }
            | Self::Html
            | Self::Truncated
            | Self::WrongTyped
            | Self::ListLag { .. }
            | Self::DyingTokens
            | Self::ExpiredToken
            | Self::AccessDenied => None,
        }
    }
}

/// Ten years, in seconds.
const YEARS: u64 = 10 * 365 * 86_400;

/// The faults that wait for requests.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Plan>);

/// What becomes of a request before the core sees it.
#[derive(Debug)]
pub enum Before {
    /// The core answers it.
    Go(Pass),
    /// It is answered so, and nothing is done.
    Instead(Response),
    /// It is never answered, and nothing is done.
    Never,
}

/// A request on its way through.
#[derive(Debug, Default)]
pub struct Pass {
    /// How it sees the state.
    pub view: View,
    /// How long it waits before it is carried out.
    pub delay: Option<Duration>,
    after: Option<Fault>,
}

impl Faults {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a rule behind the others. Answers its number.
    pub fn add(&self, rule: Rule) -> u64 {
        self.plan().add(rule)
    }

    /// The rules, in their order, with what became of them.
    pub fn planned(&self) -> Vec<Planned> {
        self.plan().planned()
    }

    /// Takes a rule away. Answers whether it was there.
    pub fn remove(&self, number: u64) -> bool {
        self.plan().remove(number)
    }

    /// Takes all rules away.
    pub fn clear(&self) {
        self.plan().clear();
    }

    /// Decides what becomes of a request.
    pub fn before(&self, emulator: &Emulator, seen: &Seen<'_>) -> Before {
        match trigger::of(seen).or_else(|| self.plan().fire(seen)) {
            Some(fault) => fault.before(emulator, seen),
            None => Before::Go(Pass::default()),
        }
    }

    /// Makes of the core's answer what the client gets.
    pub async fn after(&self, pass: Pass, reply: Response) -> Response {
        match pass.after {
            Some(Fault::Stall { .. }) => std::future::pending().await,
            Some(fault) => answer::marred(&fault, reply).await,
            None => reply,
        }
    }
}

impl Fault {
    fn before(self, emulator: &Emulator, seen: &Seen<'_>) -> Before {
        let go = |view, delay, after| Before::Go(Pass { view, delay, after });
        match self {
            Self::Stall { when: When::Before } => Before::Never,
            Self::Delay { millis } => go(View::default(), Some(Duration::from_millis(millis)), None),
            Self::ListLag { seconds } => go(View { list_lag: Millis::from(seconds) * SECOND }, None, None),
            Self::Stall { when: When::After }
            | Self::Reset { when: When::After }
            | Self::Status { when: When::After, .. }
            | Self::Truncated
            | Self::WrongTyped
            | Self::Huge { .. }
            | Self::Date { .. } => go(View::default(), None, Some(self)),
            Self::Reset { when: When::Before }
            | Self::Status { when: When::Before, .. }
            | Self::Throttle { .. }
            | Self::Html
            | Self::DyingTokens
            | Self::ExpiredToken
            | Self::AccessDenied => Before::Instead(answer::instead(&self, emulator, seen)),
        }
    }
}

impl Seen<'_> {
    /// A member of the request that is a text.
    fn member(&self, name: &str) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(self.request.body()).ok()?;
        Some(body.get(name)?.as_str()?.to_owned())
    }

    /// Is it for STS, which has a protocol of its own?
    fn is_sts(&self) -> bool {
        matches!(wire::route(self.request.method(), self.request.uri().path()), Route::Sts)
    }

    /// The ARN that the request is about, or `*`.
    fn target(&self) -> String {
        match wire::route(self.request.method(), self.request.uri().path()) {
            Route::Operation(_, Some(arn)) => percent_decode_str(arn).decode_utf8_lossy().into_owned(),
            Route::Operation(_, None) | Route::Sts | Route::WrongMethod(_) | Route::Unknown => wire::target(self.request.body()),
        }
    }
}

impl Emulator {
    /// The rules that never fired: a test that plans a fault ends with `assert_eq!(emulator.unfired(), [])`, so that it
    /// cannot pass without its fault.
    pub fn unfired(&self) -> Vec<Rule> {
        self.faults().planned().into_iter().filter(|planned| planned.fired == 0).map(|planned| planned.rule).collect()
    }
}
