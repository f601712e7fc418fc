//! What is counted of calling IVS.

use super::governor::Lane;
use crate::error::Failure;
use crate::metrics::instruments::{Counts, Times};
use crate::metrics::page::Page;
use crate::metrics::{code, table};
use contract::access::Permission;
use contract::own::Route;
use contract::{Code, Operation};
use std::time::Duration;

/// How a call ended that went well.
const OK: &str = "ok";
/// The lanes, by their labels.
const LANES: [Lane; 3] = [Lane::Change, Lane::Click, Lane::Poll];

/// The counters.
#[derive(Debug)]
pub(crate) struct Meters {
    calls: Counts<2>,
    seconds: Times,
    waits: Times,
    refused: Counts<1>,
    denied: Counts<1>,
    revealed: Counts<1>,
}

impl Default for Meters {
    fn default() -> Self {
        let throttled = code(&Code::ThrottlingException);
        let reveals = Route::ALL.iter().filter(|route| route.access() == contract::own::Access::Needs(Permission::Reveal));
        Self {
            calls: Counts::from_zero(Operation::ALL.iter().flat_map(|operation| [OK, throttled].map(|code| [operation.name(), code]))),
            seconds: Times::default(),
            waits: Times::default(),
            refused: Counts::from_zero(LANES.map(|lane| [lane.name()])),
            denied: Counts::from_zero(Permission::ALL.map(|permission| [word(permission)])),
            revealed: Counts::from_zero(reveals.map(|route| [route.name()])),
        }
    }
}

impl Meters {
    /// A call ended.
    pub(super) fn called<T>(&self, operation: Operation, ended: &Result<T, Failure>, time: Duration) {
        self.calls.count([operation.name(), ended.as_ref().map_or_else(|failure| code(&failure.api.code), |_| OK)]);
        self.seconds.took(operation.name(), time);
    }

    /// Somebody waited for a turn, and got it or not.
    pub(super) fn waited(&self, lane: Lane, time: Duration, served: bool) {
        self.waits.took(lane.name(), time);
        if !served {
            self.refused.count([lane.name()]);
        }
    }

    /// Somebody lacked a right.
    pub(crate) fn denied(&self, permission: Permission) {
        self.denied.count([word(permission)]);
    }

    /// So many secrets were shown.
    pub(super) fn revealed(&self, route: Route, secrets: usize) {
        self.revealed.add([route.name()], secrets as u64);
    }

    pub(crate) fn write(&self, page: &mut Page) {
        page.counts(table::DENIED, &self.denied);
        page.counts(table::REVEALED, &self.revealed);
        page.counts(table::UPSTREAM_CALLS, &self.calls);
        page.times(table::UPSTREAM_SECONDS, &self.seconds);
        page.times(table::GOVERNOR_WAIT, &self.waits);
        page.counts(table::GOVERNOR_REFUSALS, &self.refused);
    }
}

/// A permission as the journal has it.
const fn word(permission: Permission) -> &'static str {
    match permission {
        Permission::View => "view",
        Permission::Operate => "operate",
        Permission::Manage => "manage",
        Permission::Reveal => "reveal",
    }
}
