//! Who is asking. One way in: the launch token, printed at start, exchanged once for a session cookie. It keeps other
//! people on this machine out, and other pages in this browser.

mod sessions;

use crate::caller::Caller;
use crate::ivs::governor::Lane;
use crate::journal::Actor;
use contract::access::Rights;
use contract::{ApiError, Code, Secret};
use http::HeaderMap;
use http::header::{COOKIE, USER_AGENT};
use sessions::Sessions;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use subtle::ConstantTimeEq;

/// The way in of mode `none`: whoever has the launch token is the one person there is.
#[derive(Debug)]
pub struct Auth {
    launch: Mutex<Option<Secret>>,
    sessions: Sessions,
    rights: Rights,
    /// The name of the cookie. Cookies are not separated by port, so the port is part of it: two consoles on one machine
    /// do not sign each other out.
    cookie: String,
    may_act_as: bool,
}

/// Somebody who has just signed in.
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
    pub client_ip: Option<IpAddr>,
}

impl Auth {
    /// With a launch token of its own. `rights` are what the person holds; in the demo (`may_act_as`) they can switch.
    pub fn new(rights: Rights, port: u16, may_act_as: bool) -> Self {
        let launch = Mutex::new(Some(Secret::from(sessions::random())));
        Self { launch, sessions: Sessions::default(), rights, cookie: format!("tally_{port}"), may_act_as }
    }

    /// The launch token, for the URL that is printed at start; `None` once it is spent.
    pub fn launch_token(&self) -> Option<Secret> {
        self.launch.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Exchanges the launch token for a session. A spent token with a valid session is ignored: the page was reloaded.
    ///
    /// # Errors
    /// The token is not the one that was printed, or it is spent.
    pub fn sign_in(&self, token: &Secret, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, ApiError> {
        if self.spend(token) {
            let cookie = self.sessions.begin(self.rights.clone());
            // Not `Secure`: this mode is plain http on loopback. `Strict`: no other page's request carries it.
            let header = format!("{}={cookie}; Path=/; HttpOnly; SameSite=Strict", self.cookie);
            let session = self.sessions.find(&cookie);
            let caller = session.map(|session| self.caller(session, headers, origin));
            return caller.map(|caller| SignedIn { caller, cookie: Some(header) }).ok_or_else(refused);
        }
        self.who(headers, origin).map(|caller| SignedIn { caller, cookie: None }).ok_or_else(refused)
    }

    /// Whose session came with a request.
    pub fn who(&self, headers: &HeaderMap, origin: &Origin) -> Option<Caller> {
        let session = self.cookies(headers).find_map(|value| self.sessions.find(value))?;
        Some(self.caller(session, headers, origin))
    }

    /// What somebody holds now; a job asks before each step. `None`: nobody of that name may anything any more.
    pub fn rights_of(&self, subject: &str) -> Option<Rights> {
        (subject == SUBJECT).then(|| self.sessions.latest_rights().unwrap_or_else(|| self.rights.clone()))
    }

    /// In the demo: continues a session with other rights.
    ///
    /// # Errors
    /// It is not the demo, or there is no session.
    pub fn act_as(&self, headers: &HeaderMap, rights: &Rights) -> Result<(), ApiError> {
        if !self.may_act_as {
            return Err(ApiError::new(Code::RoleForbidden, "Only the demo lets rights be switched."));
        }
        let changed = self.cookies(headers).any(|value| self.sessions.change(value, rights));
        if changed { Ok(()) } else { Err(refused()) }
    }

    fn spend(&self, token: &Secret) -> bool {
        let mut launch = self.launch.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = launch.as_ref().is_some_and(|launch| bool::from(launch.expose().as_bytes().ct_eq(token.expose().as_bytes())));
        if fits {
            *launch = None;
        }
        fits
    }

    fn cookies<'a>(&'a self, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> {
        let pairs = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok()).flat_map(|header| header.split(';'));
        pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(name, _)| *name == self.cookie).map(|(_, value)| value)
    }

    fn caller(&self, session: sessions::Session, headers: &HeaderMap, origin: &Origin) -> Caller {
        let actor = Actor {
            mode: "none".to_owned(),
            subject: SUBJECT.to_owned(),
            display: if self.may_act_as { "Demo operator".to_owned() } else { "Local operator".to_owned() },
            session_hash: Some(session.hash),
            ..Actor::default()
        };
        Caller {
            actor,
            rights: session.rights,
            request_id: origin.request_id.clone(),
            client_ip: origin.client_ip,
            user_agent: headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned),
            lane: Lane::Click,
        }
    }
}

/// The one person of this mode.
const SUBJECT: &str = "local";

fn refused() -> ApiError {
    ApiError::new(Code::SignInRequired, "Open the address that the console printed when it started; it signs you in once.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::{Grant, Role};

    fn admin() -> Rights {
        Rights { role: Some(Role::Admin), grants: vec![] }
    }

    fn with(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, cookie.split(';').next().unwrap().parse().unwrap());
        headers
    }

    #[test]
    fn the_token_works_once_and_a_reload_keeps_the_session() {
        let auth = Auth::new(admin(), 4500, false);
        let token = auth.launch_token().unwrap();
        let cookie = auth.sign_in(&token, &HeaderMap::new(), &Origin::default()).unwrap().cookie.unwrap();
        assert!(auth.launch_token().is_none());
        assert!(auth.sign_in(&token, &HeaderMap::new(), &Origin::default()).is_err(), "somebody else with the same token");
        assert!(auth.sign_in(&token, &with(&cookie), &Origin::default()).unwrap().cookie.is_none());
        assert!(auth.who(&with(&cookie), &Origin::default()).is_some());
        assert!(auth.who(&HeaderMap::new(), &Origin::default()).is_none());
        assert!(auth.who(&with("tally_4500=guess"), &Origin::default()).is_none());
        assert!(auth.who(&with(&cookie.replace("tally_4500", "tally_4501")), &Origin::default()).is_none());
    }

    #[test]
    fn no_script_and_no_other_page_gets_at_the_cookie() {
        let auth = Auth::new(admin(), 4500, false);
        let cookie = auth.sign_in(&auth.launch_token().unwrap(), &HeaderMap::new(), &Origin::default()).unwrap().cookie.unwrap();
        let (value, attributes) = cookie.split_once("; ").unwrap();
        assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict");
        assert_eq!(value.len(), "tally_4500=".len() + 64, "256 bits");
    }

    #[test]
    fn a_wrong_token_does_not_spend_the_right_one() {
        let auth = Auth::new(admin(), 1, false);
        assert!(auth.sign_in(&Secret::from("x".to_owned()), &HeaderMap::new(), &Origin::default()).is_err());
        assert!(auth.sign_in(&Secret::default(), &HeaderMap::new(), &Origin::default()).is_err());
        assert!(auth.launch_token().is_some());
    }

    #[test]
    fn only_the_demo_switches_rights() {
        let other = Rights { role: Some(Role::Viewer), grants: vec![Grant::SecretReader] };
        for demo in [false, true] {
            let auth = Auth::new(admin(), 1, demo);
            let cookie = auth.sign_in(&auth.launch_token().unwrap(), &HeaderMap::new(), &Origin::default()).unwrap().cookie.unwrap();
            assert_eq!(auth.act_as(&with(&cookie), &other).is_ok(), demo);
            let now = auth.who(&with(&cookie), &Origin::default()).unwrap().rights;
            assert_eq!(now, if demo { other.clone() } else { admin() });
            assert_eq!(auth.rights_of("local"), Some(now));
            assert_eq!(auth.rights_of("somebody"), None);
        }
    }
}
