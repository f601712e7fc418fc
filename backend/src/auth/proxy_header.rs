//! Signing in at a proxy that says in headers who it is: believed only from its own network, with the secret that the two share, and
//! only where nobody else can have written them. Asked anew with every request; what is wrong is refused, and never "nobody".

use super::client_ip::Trusted;
use super::held::Held;
use super::often::Often;
use super::registry::{From, Registry};
use super::rules::{Claims, Rules};
use super::ticket::{Lasts, Ticket, now};
use super::{Barred, Origin, SignedIn};
use crate::config::Config;
use crate::config::auth::Proxy;
use crate::hex::hex;
use crate::journal::{Actor, Decision, Intent, Journal, Kind};
use contract::{ApiError, Code, Secret};
use http::header::{CONNECTION, USER_AGENT};
use http::{HeaderMap, HeaderName};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::time::Duration;
use subtle::ConstantTimeEq;

/// Bytes of a header that names somebody.
const LONGEST: usize = 256;
/// Bytes of the one that names groups, and how many there may be.
const GROUPS: (usize, usize) = (8 * 1024, 200);
/// A violation from the same address is journaled once in so long: whoever sends many must not fill the journal.
const AGAIN: Duration = Duration::from_secs(60);
/// As in the journal.
const MODE: &str = "proxy-header";
/// A sign-in that is not one: as in the journal.
const VIOLATION: &str = "ProxyViolation";

/// The way in.
#[derive(Debug)]
pub(super) struct ProxyHeader {
    trusted: Trusted,
    secret: Secret,
    names: Names,
    delimiter: String,
    sign_out_url: Option<String>,
    rules: Rules,
    lasts: Lasts,
    pub(super) people: Registry,
    journal: Journal,
    /// Violations that are journaled.
    told: Often,
}

/// The headers that are believed.
#[derive(Debug)]
struct Names {
    secret: HeaderName,
    user: HeaderName,
    name: Option<HeaderName>,
    groups: Option<HeaderName>,
}

impl Names {
    fn all(&self) -> impl Iterator<Item = &HeaderName> {
        [&self.secret, &self.user].into_iter().chain(&self.name).chain(&self.groups)
    }
}

/// Somebody, as the proxy says.
#[derive(Debug)]
struct Said {
    user: String,
    name: Option<String>,
    groups: Vec<String>,
}

impl ProxyHeader {
    pub(super) async fn new(config: &Config, journal: &Journal) -> Result<Self, String> {
        let Proxy { trusted, secret_header, secret_file, user_header, name_header, groups_header, groups_delimiter, sign_out_url } =
            &config.proxy;
        let named = |name: &str| name.parse::<HeaderName>().map_err(|_| format!("{name:?} is not the name of a header."));
        let path = secret_file.as_ref().ok_or("proxy.secret_file is missing.")?;
        let secret = std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        let rules = Rules::new(&config.auth.rules, &[MODE, &super::accounts(config)]);
        let lasts = Lasts { idle: config.auth.session_idle, absolute: config.auth.session_absolute };
        let people = Registry::open(journal.clone(), lasts, rules.hash()).await;
        Ok(Self {
            trusted: Trusted::new(trusted),
            secret: Secret::from(secret.trim().to_owned()),
            names: Names {
                secret: named(secret_header)?,
                user: named(user_header)?,
                name: name_header.as_deref().map(named).transpose()?,
                groups: groups_header.as_deref().map(named).transpose()?,
            },
            delimiter: groups_delimiter.clone(),
            sign_out_url: sign_out_url.clone(),
            people: people.map_err(|error| format!("Who was seen cannot be read: {error}"))?,
            rules,
            lasts,
            journal: journal.clone(),
            told: Often::at_most(1, AGAIN),
        })
    }

    pub(super) fn sign_out_url(&self) -> Option<String> {
        self.sign_out_url.clone()
    }

    /// Who asks.
    pub(super) async fn who(&self, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, Barred> {
        let said = match self.said(headers, origin.peer) {
            Ok(said) => said,
            Err(violation) => return Err(self.violated(headers, origin, violation).await),
        };
        let mut claims = Claims::new();
        claims.insert("user".to_owned(), Value::String(said.user.clone()));
        claims.insert("groups".to_owned(), json!(said.groups));
        let actor = Actor {
            mode: MODE.to_owned(),
            // Somebody of the same name at a provider is somebody else.
            subject: format!("{MODE} {}", said.user),
            display: said.name.unwrap_or(said.user),
            ..Actor::default()
        };
        let held = self.rules.judge(&claims).unwrap_or_default();
        let caller = origin.caller(actor, held, headers);
        if caller.held.anywhere().role.is_none() {
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
            let nothing = "Your proxy knows you, and no rule of this console gives you a role. Ask whoever runs it.";
            return Err(Barred::Refused(ApiError::new(Code::RoleForbidden, nothing)));
        }
        self.noted(&caller, headers, origin).await;
        Ok(SignedIn { caller, cookie: None })
    }

    /// Keeps what somebody held when they were seen last: their jobs go by it. Whoever was not seen for long signs in anew.
    async fn noted(&self, caller: &crate::caller::Caller, headers: &HeaderMap, origin: &Origin) {
        let now = now();
        let id = hex(&Sha256::digest(&caller.actor.subject)[..16]);
        let seen = self.people.seen(&id);
        if seen.as_ref().is_some_and(|(held, at)| *held == caller.held && now.saturating_sub(*at) < self.lasts.idle.as_secs().min(300)) {
            return;
        }
        if seen.is_none_or(|(_, at)| now.saturating_sub(at) >= self.lasts.idle.as_secs())
            && let Err(error) = self.journal.event(&caller.intent(Kind::Auth, "SignIn", None), &Decision::Allowed).await
        {
            tracing::error!(%error, "a sign-in could not be journaled");
        }
        let ticket = Ticket {
            id,
            subject: caller.actor.subject.clone(),
            issuer: String::new(),
            display: caller.actor.display.clone(),
            held: caller.held.clone(),
            rules: hex(self.rules.hash()),
            began: now,
            used: now,
        };
        let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let from = From { client_ip: origin.client_ip, user_agent: agent };
        if let Err(error) = self.people.begin(&ticket, &from).await {
            tracing::error!(%error, "who was seen could not be noted");
        }
    }

    /// What the proxy says, if it is the proxy, and says it plainly.
    fn said(&self, headers: &HeaderMap, peer: Option<IpAddr>) -> Result<Said, &'static str> {
        if !peer.is_some_and(|peer| self.trusted.contain(peer)) {
            return Err("not from a network of the proxy");
        }
        let secret = one(headers, &self.names.secret).ok_or("not exactly one secret")?;
        if !bool::from(secret.ct_eq(self.secret.expose().as_bytes())) {
            return Err("another secret");
        }
        let alike = |name: &HeaderName| name.as_str().replace('_', "-");
        if headers.keys().any(|name| self.names.all().any(|ours| ours != name && alike(ours) == alike(name))) {
            return Err("a header that only looks like one of the proxy's");
        }
        // What is named there, a proxy takes out on the way: so could its own headers be.
        let connection = headers.get_all(CONNECTION).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
        let usual: [&[u8]; 3] = [b"close", b"keep-alive", b"upgrade"];
        if connection.map(<[u8]>::trim_ascii).any(|token| !usual.iter().any(|word| token.eq_ignore_ascii_case(word))) {
            return Err("a Connection header that names headers");
        }
        let user = text(one(headers, &self.names.user).ok_or("not exactly one user")?, LONGEST).ok_or("a user that cannot be a name")?;
        let name = match &self.names.name {
            // A name decides nothing: one that cannot be shown is none.
            Some(name) if headers.contains_key(name) => text(one(headers, name).ok_or("not exactly one name")?, LONGEST),
            Some(_) | None => None,
        };
        let groups = match &self.names.groups {
            Some(groups) if headers.contains_key(groups) => {
                let all = one(headers, groups).ok_or("groups twice")?;
                let all = if all.is_empty() { String::new() } else { text(all, GROUPS.0).ok_or("groups that cannot be names")? };
                let split: Vec<String> =
                    all.split(&self.delimiter).map(|group| group.trim().to_owned()).filter(|group| !group.is_empty()).collect();
                if split.len() > GROUPS.1 { return Err("too many groups") } else { split }
            }
            Some(_) | None => Vec::new(),
        };
        Ok(Said { user, name, groups })
    }

    async fn violated(&self, headers: &HeaderMap, origin: &Origin, what: &'static str) -> Barred {
        tracing::warn!(what, peer = ?origin.peer, "refused: not as the proxy would ask");
        if self.told.once_more(origin.peer) {
            let actor = Actor { mode: MODE.to_owned(), ..Actor::default() };
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
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value.as_bytes())
}

/// Text of something, not too long, of nothing that is not seen, and without blanks around it.
fn text(value: &[u8], longest: usize) -> Option<String> {
    let text = std::str::from_utf8(value).ok().filter(|text| !text.is_empty() && text.len() <= longest)?;
    let plain = text.trim() == text && !text.chars().any(super::unseen);
    plain.then(|| text.to_owned())
}
