//! What both ways of signing in at a proxy share: who comes through it is judged anew with every request, noted for their jobs,
//! and refused where something is wrong. There is no session of the console's own.

use super::client_ip::Trusted;
use super::held::Held;
use super::measure::OK;
use super::often::Often;
use super::registry::{From, Registry};
use super::rules::{Claims, Nothing, Rules};
use super::ticket::{Lasts, Ticket, now};
use super::{Barred, Origin, SignedIn};
use crate::caller::Caller;
use crate::config::Config;
use crate::hex::hex;
use crate::journal::{Actor, Decision, Intent, Journal, Kind};
use crate::metrics::instruments::Counts;
use contract::session::SignInProblem;
use contract::{ApiError, Code};
use http::header::{CONNECTION, USER_AGENT};
use http::{HeaderMap, HeaderName};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A violation from the same address is journaled once in so long: whoever sends many must not fill the journal.
const AGAIN: Duration = Duration::from_secs(60);
/// A sign-in that is not one: as in the journal.
const VIOLATION: &str = "ProxyViolation";

/// The proxy, and who was seen behind it.
#[derive(Debug)]
pub(super) struct Proxied {
    /// As in the journal.
    mode: &'static str,
    trusted: Trusted,
    sign_out_url: Option<String>,
    rules: Rules,
    lasts: Lasts,
    pub(super) people: Arc<Registry>,
    journal: Journal,
    /// Violations that are journaled.
    told: Often,
    /// Sign-ins, by how they ended.
    sign_ins: Arc<Counts<1>>,
}

impl Proxied {
    /// `under`: what else people are judged under, such as who vouches for them.
    pub(super) async fn new(
        mode: &'static str,
        config: &Config,
        journal: &Journal,
        under: &[&str],
        sign_ins: Arc<Counts<1>>,
    ) -> Result<Self, String> {
        let accounts = super::accounts(config);
        let under: Vec<&str> = [mode, &accounts].into_iter().chain(under.iter().copied()).collect();
        let rules = Rules::new(&config.auth.rules, &under);
        let lasts = Lasts { idle: config.auth.session_idle, absolute: config.auth.session_absolute };
        let people = Registry::open(journal.clone(), lasts, rules.hash()).await;
        Ok(Self {
            mode,
            trusted: Trusted::new(&config.proxy.trusted),
            sign_out_url: config.sign_out_url(),
            people: Arc::new(people.map_err(|error| format!("Who was seen cannot be read: {error}"))?),
            rules,
            lasts,
            journal: journal.clone(),
            told: Often::at_most(1, AGAIN),
            sign_ins,
        })
    }

    pub(super) fn sign_out_url(&self) -> Option<String> {
        self.sign_out_url.clone()
    }

    /// Does a request come from a network of the proxy?
    pub(super) fn trusts(&self, peer: Option<IpAddr>) -> bool {
        peer.is_some_and(|peer| self.trusted.contain(peer))
    }

    /// Lets somebody in of whom these claims hold, if a rule gives them a role. `subject` is who, in this mode.
    pub(super) async fn judge(
        &self,
        (subject, display, issuer): (String, String, Option<String>),
        claims: &Claims,
        headers: &HeaderMap,
        origin: &Origin,
    ) -> Result<SignedIn, Barred> {
        let actor = Actor { mode: self.mode.to_owned(), issuer, subject, display, ..Actor::default() };
        let judged = self.rules.judge(claims);
        let left_out = judged.as_ref().is_err_and(|nothing| *nothing == Nothing::GroupsLeftOut);
        let caller = origin.caller(actor, judged.unwrap_or_default(), headers);
        if caller.held.anywhere().role.is_some() {
            self.noted(&caller, headers, origin).await;
            return Ok(SignedIn { caller, cookie: None });
        }
        self.sign_ins.count([SignInProblem::NoAccess.as_str()]);
        // Whoever had a role until now has jobs that go by it.
        if self.people.held_of(&caller.actor.subject).is_some() {
            self.noted(&caller, headers, origin).await;
        }
        if self.told.once_more(origin.client_ip) {
            let denial = Decision::Denied { code: Code::RoleForbidden, message: "no-access".to_owned() };
            if let Err(error) = self.journal.event(&caller.intent(Kind::Auth, "SignIn", None), &denial).await {
                tracing::error!(%error, "a refused sign-in could not be journaled");
            }
        }
        let nothing = if left_out {
            "You are in so many groups that your provider left them out, so that no rule of this console can fit. Ask whoever runs it."
        } else {
            "Your proxy knows you, and no rule of this console gives you a role. Ask whoever runs it."
        };
        Err(Barred::Refused(ApiError::new(Code::RoleForbidden, nothing)))
    }

    /// Keeps what somebody held when they were seen last: their jobs go by it. Whoever was not seen for long signs in anew.
    async fn noted(&self, caller: &Caller, headers: &HeaderMap, origin: &Origin) {
        let now = now();
        let id = hex(&Sha256::digest(&caller.actor.subject)[..16]);
        let seen = self.people.seen(&id).await;
        if seen.as_ref().is_some_and(|(held, at)| *held == caller.held && now.saturating_sub(*at) < self.lasts.idle.as_secs().min(300)) {
            return;
        }
        let anew = seen.is_none_or(|(_, at)| now.saturating_sub(at) >= self.lasts.idle.as_secs());
        if anew && caller.held.anywhere().role.is_some() {
            self.sign_ins.count([OK]);
            if let Err(error) = self.journal.event(&caller.intent(Kind::Auth, "SignIn", None), &Decision::Allowed).await {
                tracing::error!(%error, "a sign-in could not be journaled");
            }
        }
        let ticket = Ticket {
            id,
            subject: caller.actor.subject.clone(),
            issuer: caller.actor.issuer.clone().unwrap_or_default(),
            display: caller.actor.display.clone(),
            held: caller.held.clone(),
            rules: hex(self.rules.hash()),
            began: now,
            used: now,
        };
        let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let from = From { client_ip: origin.client_ip, user_agent: agent, provider_session: None };
        if let Err(error) = self.people.begin(&ticket, &from).await {
            tracing::error!(%error, "who was seen could not be noted");
        }
    }

    /// Refuses what is not as the proxy would ask. `what` is for the log and the journal.
    pub(super) async fn violated(&self, headers: &HeaderMap, origin: &Origin, what: &str) -> Barred {
        tracing::warn!(what, peer = ?origin.peer, "refused: not as the proxy would ask");
        if self.told.once_more(origin.peer) {
            let actor = Actor { mode: self.mode.to_owned(), ..Actor::default() };
            let caller = origin.caller(actor.clone(), Held::default(), headers);
            let event = Intent { actor, params: json!({ "violation": what }), ..caller.intent(Kind::Auth, VIOLATION, None) };
            let denial = Decision::Denied { code: Code::ProxyRefused, message: what.to_owned() };
            if let Err(error) = self.journal.event(&event, &denial).await {
                tracing::error!(%error, "a violation could not be journaled");
            }
        }
        Barred::Refused(ApiError::new(Code::ProxyRefused, "The request did not come through the proxy as it should."))
    }
}

/// Its value, where it is there exactly once.
pub(super) fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value.as_bytes())
}

/// Are these headers the proxy's as they stand: none that only looks like one of them, none that it would have taken out on the way?
pub(super) fn plain(headers: &HeaderMap, ours: &[&HeaderName]) -> Result<(), &'static str> {
    let alike = |name: &HeaderName| name.as_str().replace('_', "-");
    if headers.keys().any(|name| ours.iter().any(|ours| *ours != name && alike(ours) == alike(name))) {
        return Err("a header that only looks like one of the proxy's");
    }
    // What is named there, a proxy takes out on the way: so could its own headers be.
    let connection = headers.get_all(CONNECTION).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let usual: [&[u8]; 3] = [b"close", b"keep-alive", b"upgrade"];
    if connection.map(<[u8]>::trim_ascii).any(|token| !usual.iter().any(|word| token.eq_ignore_ascii_case(word))) {
        return Err("a Connection header that names headers");
    }
    Ok(())
}
