//! Signing in at an OpenID provider: the authorization code flow with PKCE. What is fragile in it, the library does; here stands
//! what it leaves open: whose browser began it, where it leads, what the claims are worth.

mod logout;
mod provider;
pub(crate) mod routes;
mod token;

use super::jws;
use super::often::Often;
use super::registry::{From, Registry, Which};
use super::rules::{Nothing, Rules};
use super::seal::{Keyring, random};
use super::ticket::{Lasts, Ticket, now};
use super::{Barred, Origin, SignedIn, cookie};
use crate::auth::registry::EndedBy;
use crate::config::Config;
use crate::hex::hex;
use crate::journal::{Actor, Journal};
use contract::session::{SignInProblem, SignInWay};
use contract::{ApiError, Code};
use http::HeaderMap;
use http::header::USER_AGENT;
use openidconnect::{AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, RedirectUrl, Scope, core::CoreResponseType};
use provider::Provider;
pub(super) use provider::described;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use token::{Answered, Vouched};
use tokio::sync::Semaphore;
use url::Url;

/// How long somebody may take at the provider.
const AT_THE_PROVIDER: Duration = Duration::from_secs(600);
/// The keys that the console makes for itself, in the data folder.
const KEYS: &str = "session-keys";
/// Within [`MINUTE`], so many sign-ins are begun and ended from an address: each takes two, and a company may have one address.
const MOST: u32 = 60;
/// So many sign-ins wait for the provider at once.
const AT_ONCE: usize = 32;
const MINUTE: Duration = Duration::from_secs(60);

/// The way in.
#[derive(Debug)]
pub(super) struct Oidc {
    provider: Provider,
    rules: Rules,
    keys: Keyring,
    lasts: Lasts,
    pub(super) sessions: Arc<Registry>,
    public_url: Url,
    scopes: Vec<String>,
    userinfo: bool,
    name_claim: String,
    provider_name: String,
    /// Sign-ins that are begun and ended.
    pub(super) asked: Often,
    /// Sign-ins at once: a provider that is slow must not hold up the console.
    pub(super) places: Semaphore,
    /// Failures of nobody in particular that are journaled.
    told: Often,
}

/// A sign-in that was begun: sealed into a cookie of the browser that began it.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    state: String,
    nonce: String,
    verifier: String,
    to: String,
    at: u64,
    /// The session that it is to take the place of.
    replaces: Option<String>,
}

/// Why somebody was not signed in: for them, and for the log.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) problem: SignInProblem,
    pub(super) cause: String,
    /// Whom the provider vouched for, where it did.
    pub(super) actor: Actor,
}

impl Failed {
    fn new(problem: SignInProblem, cause: impl Into<String>) -> Self {
        Self { problem, cause: cause.into(), actor: Actor { mode: MODE.to_owned(), ..Actor::default() } }
    }
}

/// As in the journal.
const MODE: &str = "oidc";

/// Where somebody is sent to sign in, with the cookie that proves later that this browser asked.
pub(super) struct Away {
    pub(super) location: String,
    pub(super) cookie: String,
}

/// Somebody is in.
pub(super) struct Arrived {
    pub(super) actor: Actor,
    pub(super) held: super::held::Held,
    pub(super) cookie: String,
    pub(super) to: String,
}

impl Oidc {
    pub(super) async fn new(config: &Config, journal: &Journal) -> Result<Self, String> {
        let said = |value: &Option<String>| value.clone().unwrap_or_default();
        let (issuer, client) = (said(&config.oidc.issuer), said(&config.oidc.client_id));
        let accounts = super::accounts(config);
        let rules = Rules::new(&config.auth.rules, &[MODE, &issuer, &client, &accounts]);
        let lasts = Lasts { idle: config.auth.session_idle, absolute: config.auth.session_absolute };
        let keys = match &config.auth.session_keys_file {
            Some(path) => Keyring::read(path)?,
            None => Keyring::kept(&config.data_dir.join(KEYS))?,
        };
        let sessions = Registry::open(journal.clone(), lasts, rules.hash()).await;
        Ok(Self {
            provider: Provider::new(&config.oidc)?,
            sessions: Arc::new(sessions.map_err(|error| format!("The sessions cannot be read: {error}"))?),
            rules,
            keys,
            lasts,
            public_url: config.origin().ok_or("public_url is missing.")?,
            scopes: config.oidc.scopes.clone(),
            userinfo: config.oidc.userinfo,
            name_claim: config.oidc.name_claim.clone(),
            provider_name: config.oidc.provider_name.clone(),
            asked: Often::at_most(MOST, MINUTE),
            places: Semaphore::new(AT_ONCE),
            told: Often::at_most(1, MINUTE),
        })
    }

    /// Asks the provider what it says of itself, so that whoever starts the console reads at once what would keep people out.
    pub(super) async fn look(&self) {
        match self.provider.metadata().await {
            Ok(_) => tracing::info!(issuer = self.provider.issuer.as_str(), "the provider answers"),
            Err(cause) => tracing::error!(
                issuer = self.provider.issuer.as_str(),
                cause,
                "nobody can sign in: the provider does not answer as it should"
            ),
        }
    }

    pub(super) fn way(&self) -> SignInWay {
        let end = self.provider.known().and_then(|metadata| metadata.additional_metadata().end_session_endpoint.clone());
        let sign_out_url = end.map(|end| {
            let mut url = end.url().clone();
            let back = self.public_url.as_str();
            url.query_pairs_mut().append_pair("client_id", &self.provider.client_id).append_pair("post_logout_redirect_uri", back);
            url.to_string()
        });
        let provider = Some(contract::session::Provider { name: self.provider_name.clone(), sign_out_url });
        SignInWay { provider }
    }

    /// How long ago the provider's keys were read; `None` before the first time.
    pub(super) fn keys_age(&self) -> Option<Duration> {
        self.provider.age()
    }

    /// Whose session came with a request, and a new cookie where the one that came would soon be taken for left alone.
    ///
    /// # Errors
    /// Nobody is signed in with it, or that cannot be told.
    pub(super) async fn who(&self, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, Barred> {
        let mut ticket = self.ticket(headers).await?.ok_or(Barred::SignedOut)?;
        let mut renewed = None;
        if ticket.is_due(self.lasts, now()) {
            ticket.used = now();
            renewed = ticket.sealed(&self.keys, self.host()).map(|sealed| cookie::session(&sealed, self.lasts.absolute));
            self.sessions.used(&ticket.id).await;
        }
        let actor = actor(ticket.subject, ticket.issuer, ticket.display, Some(ticket.id));
        Ok(SignedIn { caller: origin.caller(actor, ticket.held, headers), cookie: renewed })
    }

    async fn ticket(&self, headers: &HeaderMap) -> Result<Option<Ticket>, Barred> {
        let opened = cookie::value(headers, cookie::SESSION).and_then(|sealed| Ticket::open(&self.keys, self.host(), sealed));
        let Some(ticket) = opened.filter(|ticket| ticket.lasts(self.lasts, now()) && ticket.rules == hex(self.rules.hash())) else {
            return Ok(None);
        };
        match self.sessions.lasts(&ticket).await {
            Ok(lasts) => Ok(lasts.then_some(ticket)),
            Err(error) => {
                tracing::error!(%error, "whether somebody is still signed in cannot be told");
                let said = "Whether you are still signed in cannot be told: the console does not reach its database. Nothing was done.";
                Err(Barred::Refused(ApiError::new(Code::JournalUnavailable, said)))
            }
        }
    }

    /// Begins a sign-in that leads to `to`, a path of the console.
    pub(super) async fn begin(&self, headers: &HeaderMap, to: &str) -> Result<Away, Failed> {
        let unreachable = |cause| Failed::new(SignInProblem::ProviderUnreachable, cause);
        let metadata = self.provider.metadata().await.map_err(unreachable)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (state, nonce) = (hex(&random::<16>()), hex(&random::<16>()));
        let begun = Begun {
            state: state.clone(),
            nonce: nonce.clone(),
            verifier: verifier.secret().clone(),
            to: to.to_owned(),
            at: now(),
            replaces: self.ticket(headers).await.ok().flatten().map(|ticket| ticket.id),
        };
        let client = token::client(&metadata, &self.provider, self.callback()?);
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let request = client.authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce)).set_pkce_challenge(challenge);
        let scopes = self.scopes.iter().filter(|scope| *scope != "openid").map(|scope| Scope::new(scope.clone()));
        let (location, _, _) = request.add_scopes(scopes).url();
        let plain = serde_json::to_vec(&begun).map_err(|error| unreachable(error.to_string()))?;
        let sealed = self.keys.seal(&self.begun_as(), &plain).ok_or_else(|| unreachable("nothing can be sealed".to_owned()))?;
        Ok(Away { location: location.into(), cookie: cookie::login(&sealed, AT_THE_PROVIDER) })
    }

    /// Ends a sign-in: the provider has sent somebody back. `to` is where they wanted to be, as far as that is known.
    async fn end(&self, headers: &HeaderMap, origin: &Origin, answered: &Answered) -> Result<Arrived, (Failed, String)> {
        let not_begun = |cause: &str| (Failed::new(SignInProblem::NotBegunHere, cause), "/".to_owned());
        let begun = self.begun(headers, answered).map_err(not_begun)?;
        let to = begun.to.clone();
        self.vouched(begun, headers, origin, answered).await.map_err(|failed| (failed, to))
    }

    /// Has this browser begun the sign-in that is answered?
    fn has_begun(&self, headers: &HeaderMap, answered: &Answered) -> bool {
        self.begun(headers, answered).is_ok()
    }

    /// What this browser has begun, if it is that which is answered.
    fn begun(&self, headers: &HeaderMap, answered: &Answered) -> Result<Begun, &'static str> {
        let sealed = cookie::value(headers, cookie::LOGIN).ok_or("no cookie of a sign-in")?;
        let plain = self.keys.open(&self.begun_as(), sealed).ok_or("a cookie that was not sealed here")?;
        let begun: Begun = serde_json::from_slice(&plain).map_err(|_| "a cookie of another form")?;
        if now().saturating_sub(begun.at) >= AT_THE_PROVIDER.as_secs() {
            return Err("a sign-in that took too long");
        }
        let same = subtle::ConstantTimeEq::ct_eq(begun.state.as_bytes(), answered.state.as_bytes());
        if bool::from(same) { Ok(begun) } else { Err("another state") }
    }

    async fn vouched(&self, begun: Begun, headers: &HeaderMap, origin: &Origin, answered: &Answered) -> Result<Arrived, Failed> {
        let vouched = token::ask(self, answered, begun.verifier, &begun.nonce).await?;
        let actor = actor(
            self.subject(&vouched),
            self.provider.issuer.to_string(),
            super::called(&vouched.claims, &self.name_claim, &vouched.subject),
            Some(Ticket::new_id()),
        );
        let failed = |problem, cause: String| Failed { problem, cause, actor: Actor { session_hash: None, ..actor.clone() } };
        let judged = self.rules.judge(&vouched.claims);
        // What the provider says now holds for the browsers that they signed in with before, and for their jobs.
        let (now_held, kept) = (judged.as_ref().ok(), self.sessions.held_of(&actor.subject));
        if kept.is_some_and(|before| now_held != Some(&before)) || self.sessions.holds_otherwise(&actor.subject, now_held) {
            let ended = self.sessions.end(&Which::Of(actor.subject.clone()), None, EndedBy::Provider).await;
            ended.map_err(|error| failed(SignInProblem::NotJournaled, error.to_string()))?;
        }
        let held = judged.map_err(|nothing| match nothing {
            Nothing::NoRule => failed(SignInProblem::NoAccess, self.why_no_rule(&vouched)),
            Nothing::GroupsLeftOut => failed(SignInProblem::GroupsLeftOut, "the provider left the groups out".to_owned()),
        })?;
        let now = now();
        let ticket = Ticket {
            id: actor.session_hash.clone().unwrap_or_default(),
            subject: actor.subject.clone(),
            issuer: self.provider.issuer.to_string(),
            display: actor.display.clone(),
            held: held.clone(),
            rules: hex(self.rules.hash()),
            began: now,
            used: now,
        };
        let sealed = ticket.sealed(&self.keys, self.host());
        let sealed = sealed.ok_or_else(|| failed(SignInProblem::TooManyRules, "the rights do not fit into a cookie".to_owned()))?;
        let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let provider_session = jws::name(&vouched.claims, "sid").map(str::to_owned);
        let from = From { client_ip: origin.client_ip, user_agent: agent, provider_session };
        let written = self.sessions.begin(&ticket, &from).await;
        written.map_err(|error| failed(SignInProblem::NotJournaled, error.to_string()))?;
        if let Some(before) = begun.replaces {
            let ended = self.sessions.end(&Which::One(before), Some(&ticket.id), EndedBy::Themselves).await;
            ended.map_err(|error| failed(SignInProblem::NotJournaled, error.to_string()))?;
        }
        Ok(Arrived { actor, held, cookie: cookie::session(&sealed, self.lasts.absolute), to: begun.to })
    }

    /// Which claims rules ask for did not come, by name: what came is nobody's business.
    fn why_no_rule(&self, vouched: &Vouched) -> String {
        let absent = self.rules.absent(&vouched.claims).join(", ");
        if absent.is_empty() { "no rule fits".to_owned() } else { format!("no rule fits; not among the claims: {absent}") }
    }

    /// The same `sub` of another provider is somebody else, and so is the one person of mode `none`.
    fn subject(&self, vouched: &Vouched) -> String {
        format!("{} {}", self.provider.issuer.as_str(), vouched.subject)
    }

    /// Is a failure for the journal? Of those that anybody causes who only opens an address, one a minute: the log has all.
    fn is_news(&self, failed: &Failed, origin: &Origin) -> bool {
        let anybody = matches!(failed.problem, SignInProblem::NotBegunHere | SignInProblem::ProviderUnreachable | SignInProblem::TooOften);
        !anybody || self.told.once_more(origin.client_ip)
    }

    fn callback(&self) -> Result<RedirectUrl, Failed> {
        let url = self.public_url.join(routes::CALLBACK).map(RedirectUrl::from_url);
        url.map_err(|error| Failed::new(SignInProblem::ProviderUnreachable, error.to_string()))
    }

    fn host(&self) -> &str {
        self.public_url.host_str().unwrap_or_default()
    }

    fn begun_as(&self) -> String {
        format!("{}\n1\n{}", cookie::LOGIN, self.host())
    }
}

fn actor(subject: String, issuer: String, display: String, session: Option<String>) -> Actor {
    Actor { mode: MODE.to_owned(), issuer: Some(issuer), subject, display, session_hash: session, rights: None }
}
