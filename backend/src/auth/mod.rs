//! Who is asking. Exactly one way in, as the configuration says; whoever does not get in by it does not get in: there is no other to
//! fall through to.

mod client_ip;
mod cookie;
mod fetch;
pub mod held;
mod jws;
mod kept;
mod keys;
mod launch;
mod launch_sessions;
pub(crate) mod measure;
mod often;
mod oidc;
mod others;
mod pace;
mod proxied;
mod proxy_header;
mod proxy_jwt;
mod registry;
mod rules;
pub mod seal;
mod ticket;

pub(crate) use client_ip::parse as network;
pub(crate) use oidc::routes::{CALLBACK, LOGOUT, routes};

use crate::caller::Caller;
use crate::config::Config;
use crate::config::auth::Mode;
use crate::ivs::governor::Lane;
use crate::journal::{Actor, Journal, JournalError};
use crate::metrics::instruments::Counts;
use client_ip::Trusted;
use contract::access::Rights;
use contract::session::{SignInWay, Signed};
use contract::{ApiError, Code, Secret};
use held::Held;
use http::HeaderMap;
use http::header::USER_AGENT;
use launch::Launch;
use often::Often;
use oidc::Oidc;
use pace::Pace;
use proxied::Proxied;
use proxy_header::ProxyHeader;
use proxy_jwt::ProxyJwt;
use registry::{EndedBy, Which};
use std::net::IpAddr;
use std::sync::Arc;

/// The way in, and whom in front of it is believed where requests come from.
#[derive(Debug)]
pub struct Auth {
    way: Way,
    trusted: Trusted,
    /// Failed tokens that are journaled.
    told: Often,
    /// Sign-ins, by how they ended.
    sign_ins: Arc<Counts<1>>,
    /// How often each person is answered.
    pace: Pace,
}

#[derive(Debug)]
enum Way {
    Launch(Launch),
    Oidc(Box<Oidc>),
    ProxyHeader(Box<ProxyHeader>),
    ProxyJwt(Box<ProxyJwt>),
}

impl Way {
    /// The proxy in front, where people sign in there.
    const fn proxied(&self) -> Option<&Proxied> {
        match self {
            Self::Launch(_) | Self::Oidc(_) => None,
            Self::ProxyHeader(proxy) => Some(&proxy.proxied),
            Self::ProxyJwt(proxy) => Some(&proxy.proxied),
        }
    }
}

/// Why nobody is let in.
#[derive(Clone, Debug)]
pub enum Barred {
    /// Nobody is signed in.
    SignedOut,
    /// What came along is wrong: it is refused, and not looked at as if it had not come.
    Refused(ApiError),
}

/// Somebody who has just signed in, or whose cookie is to be a new one.
#[derive(Debug)]
pub struct SignedIn {
    /// Who.
    pub caller: Caller,
    /// The `Set-Cookie` header; absent where the cookie that came along still holds.
    pub cookie: Option<String>,
}

/// Where a request came from, as far as it is known before anyone is.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Its id.
    pub request_id: String,
    /// The peer's address.
    pub peer: Option<IpAddr>,
    /// Where it came from, as far as proxies in front are believed.
    pub client_ip: Option<IpAddr>,
}

impl Origin {
    /// Somebody who asks from here.
    fn caller(&self, actor: Actor, held: Held, headers: &HeaderMap) -> Caller {
        Caller {
            actor,
            held,
            request_id: self.request_id.clone(),
            client_ip: self.client_ip,
            user_agent: headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned),
            lane: Lane::Click,
        }
    }
}

impl Auth {
    /// As the configuration says; `port` is the one that is listened on.
    ///
    /// # Errors
    /// In words, why nobody could sign in that way.
    pub async fn new(config: &Config, port: u16, journal: &Journal) -> Result<Self, String> {
        let sign_ins = Arc::new(measure::sign_ins());
        let way = match config.auth.mode {
            Mode::None => Way::Launch(Launch::new(config.rights(), port, config.demo)),
            Mode::Oidc => Way::Oidc(Box::new(Oidc::new(config, journal).await?)),
            Mode::ProxyHeader => Way::ProxyHeader(Box::new(ProxyHeader::new(config, journal, Arc::clone(&sign_ins)).await?)),
            Mode::ProxyJwt => Way::ProxyJwt(Box::new(ProxyJwt::new(config, journal, Arc::clone(&sign_ins)).await?)),
        };
        let told = Often::at_most(1, std::time::Duration::from_secs(60));
        Ok(Self { way, trusted: Trusted::new(&config.proxy.trusted), told, sign_ins, pace: Pace::default() })
    }

    /// Is a failed token for the journal? Where there is none to have, no; else one a minute from one address: the log has all.
    pub(crate) fn is_news(&self, origin: &Origin) -> bool {
        matches!(self.way, Way::Launch(_)) && self.told.once_more(origin.client_ip)
    }

    /// Where a request came from.
    pub(crate) fn origin(&self, request_id: String, peer: Option<IpAddr>, headers: &HeaderMap) -> Origin {
        Origin { request_id, peer, client_ip: peer.map(|peer| self.trusted.client(peer, headers)) }
    }

    /// Looks once whether people can sign in, where that hangs on somebody outside, and writes to the log what it sees.
    pub(crate) async fn look(&self) {
        if let Way::Oidc(oidc) = &self.way {
            oidc.look().await;
        }
    }

    /// Follows who signs in and out at other consoles, for as long as it is polled.
    pub async fn follow(&self) {
        match &self.way {
            Way::Launch(_) => {}
            Way::Oidc(oidc) => oidc.sessions.follow().await,
            Way::ProxyHeader(proxy) => proxy.proxied.people.follow().await,
            Way::ProxyJwt(proxy) => proxy.proxied.people.follow().await,
        }
    }

    /// The launch token, for the URL that is printed at start; `None` once it is spent, and where people sign in otherwise.
    pub fn launch_token(&self) -> Option<Secret> {
        match &self.way {
            Way::Launch(launch) => launch.token(),
            Way::Oidc(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => None,
        }
    }

    /// How people sign in.
    pub fn way(&self) -> SignInWay {
        match &self.way {
            // Whoever reaches the console through the proxy is signed in.
            Way::Launch(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => SignInWay::default(),
            Way::Oidc(oidc) => oidc.way(),
        }
    }

    /// Do people sign in here with a name, so that their sessions are the console's to end?
    pub const fn named(&self) -> bool {
        match &self.way {
            Way::Launch(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => false,
            Way::Oidc(_) => true,
        }
    }

    /// Where people sign out, where a proxy signs them in.
    pub fn sign_out_url(&self) -> Option<String> {
        self.way.proxied().and_then(Proxied::sign_out_url)
    }

    /// Exchanges the launch token for a session.
    ///
    /// # Errors
    /// The token is not the one that was printed, or it is spent, or there is none.
    pub fn sign_in(&self, token: &Secret, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, ApiError> {
        match &self.way {
            Way::Launch(launch) => launch.sign_in(token, headers, origin),
            Way::Oidc(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => {
                Err(ApiError::new(Code::SignInRequired, "Here people sign in at their provider."))
            }
        }
    }

    /// Who asks.
    ///
    /// # Errors
    /// Nobody is signed in, or what came along is refused.
    pub async fn who(&self, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, Barred> {
        match &self.way {
            Way::Launch(launch) => launch.who(headers, origin).map(|caller| SignedIn { caller, cookie: None }).ok_or(Barred::SignedOut),
            Way::Oidc(oidc) => oidc.who(headers, origin).await,
            Way::ProxyHeader(proxy) => proxy.who(headers, origin).await,
            Way::ProxyJwt(proxy) => proxy.who(headers, origin).await,
        }
    }

    /// Counts a request of somebody. Where there is one person alone, there are no others to leave something to.
    ///
    /// # Errors
    /// They have had more than their share; when to come back.
    pub(crate) fn in_pace(&self, caller: &Caller, path: &str) -> Result<(), ApiError> {
        match &self.way {
            Way::Launch(_) => Ok(()),
            Way::Oidc(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => self.pace.take(&caller.actor.subject, path),
        }
    }

    /// What somebody holds now; a job asks before each step. `None`: nobody of that name may anything any more.
    pub fn held_of(&self, subject: &str) -> Option<Held> {
        match &self.way {
            Way::Launch(launch) => launch.held_of(subject),
            Way::Oidc(oidc) => oidc.sessions.held_of(subject),
            Way::ProxyHeader(proxy) => proxy.proxied.people.held_of(subject),
            Way::ProxyJwt(proxy) => proxy.proxied.people.held_of(subject),
        }
    }

    /// In the demo: continues a session with other rights.
    ///
    /// # Errors
    /// It is not the demo, or there is no session.
    pub fn act_as(&self, headers: &HeaderMap, rights: &Rights) -> Result<(), ApiError> {
        match &self.way {
            Way::Launch(launch) => launch.act_as(headers, rights),
            Way::Oidc(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => {
                Err(ApiError::new(Code::RoleForbidden, "Only the demo lets rights be switched."))
            }
        }
    }

    /// Ends the session that came with a request, or with `everywhere` all of that person's. Returns how many, and the cookie that
    /// takes the cookie back.
    ///
    /// # Errors
    /// That it was ended could not be written, so it was not.
    pub async fn sign_out(&self, caller: &Caller, everywhere: bool, headers: &HeaderMap) -> Result<(u64, Option<String>), JournalError> {
        match &self.way {
            Way::Launch(launch) => {
                let (ended, cookie) = launch.sign_out(headers);
                Ok((ended, Some(cookie)))
            }
            // The proxy lets them in again with the next request.
            Way::ProxyHeader(_) | Way::ProxyJwt(_) => Ok((0, None)),
            Way::Oidc(oidc) => {
                let id = caller.actor.session_hash.clone().unwrap_or_default();
                let which = if everywhere { Which::Of(caller.actor.subject.clone()) } else { Which::One(id) };
                let ended = oidc.sessions.end(&which, None, EndedBy::Themselves).await?;
                Ok((ended, Some(cookie::gone(cookie::SESSION))))
            }
        }
    }

    /// The sessions that last: of this person, or of all.
    ///
    /// # Errors
    /// They cannot be read.
    pub async fn sessions(&self, caller: &Caller, all: bool) -> Result<Vec<Signed>, JournalError> {
        let subject = (!all).then_some(&*caller.actor.subject);
        match (&self.way, self.way.proxied()) {
            (Way::Oidc(oidc), _) => oidc.sessions.list(subject, caller.actor.session_hash.as_deref().unwrap_or_default()).await,
            (_, Some(proxied)) => proxied.people.list(subject, "").await,
            (_, None) => Ok(Vec::new()),
        }
    }

    /// Ends a session of this person's own; 0 if there is none of that id.
    ///
    /// # Errors
    /// That it was ended could not be written, so it was not.
    pub async fn end(&self, caller: &Caller, id: &str) -> Result<u64, JournalError> {
        match &self.way {
            Way::Oidc(oidc) if oidc.sessions.whose(id).await?.as_ref() == Some(&caller.actor.subject) => {
                oidc.sessions.end(&Which::One(id.to_owned()), None, EndedBy::Themselves).await
            }
            Way::Oidc(_) | Way::Launch(_) | Way::ProxyHeader(_) | Way::ProxyJwt(_) => Ok(0),
        }
    }

    /// Ends all sessions of somebody, who is not to go on.
    ///
    /// # Errors
    /// That they were ended could not be written, so they were not.
    pub async fn throw_out(&self, subject: &str) -> Result<u64, JournalError> {
        let which = Which::Of(subject.to_owned());
        match (&self.way, self.way.proxied()) {
            (Way::Oidc(oidc), _) => oidc.sessions.end(&which, None, EndedBy::Other).await,
            // The proxy lets them in again; what they have begun stops until then.
            (_, Some(proxied)) => proxied.people.end(&which, None, EndedBy::Other).await,
            (_, None) => Ok(0),
        }
    }
}

/// The accounts that rights may name: one of the same name may be another one tomorrow.
fn accounts(config: &Config) -> String {
    let named =
        config.accounts.iter().map(|account| format!("{} {}", account.name, account.expected_account_id.as_deref().unwrap_or_default()));
    named.collect::<Vec<_>>().join(",")
}

/// Letters of a name.
const NAME: usize = 128;

/// What to call somebody, for people: it decides nothing. The claim that the configuration names, or what else says it.
fn called(claims: &rules::Claims, name_claim: &str, subject: &str) -> String {
    let said = [name_claim, "name", "preferred_username", "email"].into_iter().find_map(|claim| claims.get(claim)?.as_str());
    let clean: String = said.unwrap_or(subject).chars().filter(|letter| !unseen(*letter)).take(NAME).collect();
    if clean.trim().is_empty() { subject.to_owned() } else { clean }
}

/// What would turn other text around or break a line.
fn unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
