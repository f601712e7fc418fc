//! Calling IVS. [`Ivs::perform`] is the one way to do it, for every operation and everyone who calls: the browser's
//! handler, jobs, the account check. No operation has a way of its own, so none can skip a step.

pub(crate) mod arns;
mod change;
pub(crate) mod classify;
pub mod client;
mod clock;
pub mod governor;
mod locks;
mod meters;
mod read;
mod resolve;
mod reveal;
mod share;
pub mod size;
pub mod wire;

mod ad_configuration;
mod channel;
mod failover_slate_configuration;
mod playback_key_pair;
mod playback_restriction_policy;
mod recording_configuration;
mod stream;
mod stream_key;
mod stream_session;
mod tag;
mod viewer_session;

use crate::auth::held::Held;
use crate::caller::Caller;
use crate::error::Failure;
use crate::journal::{Ending, IntentId, Journal};
use crate::replicas::Replicas;
use client::Clients;
use contract::access::Permission;
use contract::arn::Arn;
use contract::call::{CallBody, CallFailure, CallReply, Outcome, Receipt};
use contract::tag::{MOST, OPERATION_TAG, is_ours};
use contract::{Code, FieldErrors, Operation};
use governor::Governor;
pub use resolve::Resolve;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::task::TaskTracker;

/// An account and a region: where a call goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scope {
    /// The account, by its configured name.
    pub account: String,
    /// The region.
    pub region: String,
}

/// Everything needed to call IVS. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ivs(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clients: BTreeMap<Scope, Clients>,
    journal: Journal,
    governor: Governor,
    reads: share::Reads,
    locks: locks::Locks,
    revealed: reveal::Asked,
    meters: meters::Meters,
    running: TaskTracker,
    ready: watch::Sender<bool>,
    terms: Terms,
    replicas: Replicas,
    /// Endings that could not be written yet.
    owed: Mutex<Vec<(IntentId, Ending)>>,
}

/// On what terms IVS is called.
pub struct Terms {
    /// Do creates carry the tag that a lost one is found by?
    pub operation_tag: bool,
    /// A change that has not been sent after so long is refused: whoever asked for it must still be there to hear of it.
    pub patience: Duration,
    /// What somebody holds now. `None`: nobody of that name may anything any more.
    pub held_of: HeldOf,
}

/// Says what somebody holds now.
pub type HeldOf = Box<dyn Fn(&str) -> Option<Held> + Send + Sync>;

impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation_tag, patience, held_of: _ } = self;
        f.debug_struct("Terms").field("operation_tag", operation_tag).field("patience", patience).finish_non_exhaustive()
    }
}

impl Ivs {
    /// Puts it together. `running` holds the changes that must be let finish before the process ends.
    pub fn new(clients: BTreeMap<Scope, Clients>, journal: Journal, running: TaskTracker, terms: Terms) -> Self {
        let replicas = Replicas::of(&journal);
        Self(Arc::new(Inner {
            clients,
            journal,
            governor: Governor::new(replicas.clone()),
            reads: share::Reads::default(),
            locks: locks::Locks::new(replicas.clone()),
            revealed: reveal::Asked::default(),
            meters: meters::Meters::default(),
            running,
            ready: watch::Sender::new(false),
            terms,
            replicas,
            owed: Mutex::default(),
        }))
    }

    /// The consoles that share the journal, and with it what they may ask of IVS.
    pub fn replicas(&self) -> &Replicas {
        &self.0.replicas
    }

    /// Has the account check passed? Until then nothing is changed and no secret shown.
    pub fn ready(&self) -> bool {
        *self.0.ready.borrow()
    }

    /// Says whether the account check has passed.
    pub fn set_ready(&self, ready: bool) {
        self.0.ready.send_replace(ready);
    }

    /// Waits until changes may not be made; returns at once where that is so.
    pub(crate) async fn not_ready(&self) {
        // The sender lives as long as this does.
        let _ = self.0.ready.subscribe().wait_for(|ready| !ready).await;
    }

    /// Refuses what needs the account check before it has passed: the credentials may be those of another account.
    fn checked(&self) -> Result<(), Failure> {
        let said = "Nothing is changed and no secret shown until the account check has passed. The Set-up page says what it found.";
        if self.ready() { Ok(()) } else { Err(Failure::refused(Code::NotReady, said)) }
    }

    /// What is counted.
    pub(crate) fn meters(&self) -> &meters::Meters {
        &self.0.meters
    }

    /// By how many seconds AWS's clock was ahead of this one at the latest answer, as far as that is known.
    pub(crate) fn clock_skew(&self) -> Option<f64> {
        self.0.clients.values().filter_map(Clients::skew).max_by_key(|(at, _)| *at).map(|(_, skew)| skew)
    }

    /// Do creates carry the operation tag?
    pub fn operation_tag(&self) -> bool {
        self.0.terms.operation_tag
    }

    /// How many tags of one's own a create may have: the console may add one.
    pub fn most_new_tags(&self) -> usize {
        MOST - usize::from(self.operation_tag())
    }

    /// What somebody holds now. `None`: nobody of that name may anything any more.
    pub fn held_of(&self, subject: &str) -> Option<Held> {
        (self.0.terms.held_of)(subject)
    }

    /// The next read of this place asks IVS, whatever was read of it a moment ago: before something that cannot be taken back.
    pub(crate) fn look_anew(&self, scope: &Scope) {
        self.0.reads.forget(&scope.account, &scope.region);
    }

    /// Calls IVS for somebody: permission, limits, then a read or a change. The reply carries no secret value.
    ///
    /// # Errors
    /// What the person may know about why it did not succeed, with a receipt where something was begun.
    pub async fn perform<R: Resolve>(
        &self,
        caller: &Caller,
        scope: &Scope,
        mut body: CallBody<R>,
    ) -> Result<CallReply<R::Response>, CallFailure> {
        let begun = self.admit(caller, scope, R::OPERATION.permission(), R::OPERATION.name(), || arns::named(&body.request)).await;
        let clients = begun.map_err(Failure::told)?.clone();
        self.look_over(scope, &mut body).map_err(|errors| Failure::from(errors).told())?;
        if R::OPERATION.reads() {
            self.read(&clients, caller.lane, scope, body.request).await
        } else {
            self.change(&clients, caller, scope, body).await
        }
    }

    /// May this person do this here? A denial is journaled, with what it was about, which is asked for only then.
    pub(crate) async fn admit(
        &self,
        caller: &Caller,
        scope: &Scope,
        permission: Permission,
        name: &str,
        about: impl FnOnce() -> Vec<(String, Arn)>,
    ) -> Result<&Clients, Failure> {
        if let Err(missing) = caller.held.at(scope).demand(permission) {
            self.0.meters.denied(permission);
            return Err(caller.denied(&self.0.journal, name, Some(scope), permission, missing, &about()).await);
        }
        self.0.clients.get(scope).ok_or_else(|| {
            Failure::refused(Code::NotFound, format!("There is no account {} with the region {} here.", scope.account, scope.region))
        })
    }

    /// The limits of the request and of what comes with it.
    fn look_over<R: Resolve>(&self, scope: &Scope, body: &mut CallBody<R>) -> Result<(), FieldErrors> {
        body.request.check()?;
        arns::in_region(&body.request, &scope.region)?;
        contract::call::check_beside(body.reason.as_deref(), body.key.as_deref())?;
        if body.seen.is_some() && !R::COMPARES {
            return Err(FieldErrors::one("seen", "Is for updates alone."));
        }
        // What a lost create is found by is neither given nor taken away by hand.
        let own = "Keys that begin with tally: are the console's own.";
        if body.request.tag_keys().iter().any(|key| is_ours(key)) {
            let member = if R::OPERATION == Operation::UntagResource { "tagKeys" } else { "tags" };
            return Err(FieldErrors::one(member, own));
        }
        if let Some(tags) = body.request.new_tags() {
            if tags.keys().any(|key| is_ours(key)) {
                return Err(FieldErrors::one("tags", own));
            }
            let most = self.most_new_tags();
            if self.operation_tag() && tags.len() > most {
                let why = format!("the console adds one of its own, {OPERATION_TAG}, to find it by if the answer is lost");
                return Err(FieldErrors::one("tags", format!("May have at most {most} at creation: {why}.")));
            }
        }
        Ok(())
    }
}

/// What to tell about how a call ended.
fn receipt(operation: Operation, outcome: Outcome, attempts: u32, since: std::time::Instant) -> Receipt {
    Receipt {
        id: None,
        operation,
        outcome,
        request_id: None,
        attempts,
        millis: u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX),
        at: now(),
        candidates: Vec::new(),
    }
}

/// Milliseconds since 1970.
fn now() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default()
}
