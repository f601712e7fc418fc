//! The launch token: printed at start, exchanged once for a session cookie. It keeps other people on this machine out, and other
//! pages in this browser. Whoever has it is the one person there is.

use super::launch_sessions::{Session, Sessions, random};
use super::{Origin, SignedIn, cookie};
use crate::auth::held::Held;
use crate::caller::Caller;
use crate::journal::Actor;
use contract::access::Rights;
use contract::{ApiError, Code, Secret};
use http::HeaderMap;
use std::sync::{Mutex, PoisonError};
use subtle::ConstantTimeEq;

/// The way in of mode `none`.
#[derive(Debug)]
pub(super) struct Launch {
    token: Mutex<Option<Secret>>,
    sessions: Sessions,
    rights: Rights,
    /// The name of the cookie. Cookies are not separated by port, so the port is part of it: two consoles on one machine
    /// do not sign each other out.
    cookie: String,
    may_act_as: bool,
}

impl Launch {
    /// With a token of its own.
    pub(super) fn new(rights: Rights, port: u16, may_act_as: bool) -> Self {
        let token = Mutex::new(Some(Secret::from(random())));
        Self { token, sessions: Sessions::default(), rights, cookie: format!("tally_{port}"), may_act_as }
    }

    /// `None` once it is spent.
    pub(super) fn token(&self) -> Option<Secret> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A spent token with a valid session is ignored: the page was reloaded.
    pub(super) fn sign_in(&self, token: &Secret, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, ApiError> {
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
    pub(super) fn who(&self, headers: &HeaderMap, origin: &Origin) -> Option<Caller> {
        let session = cookie::values(headers, &self.cookie).find_map(|value| self.sessions.find(value))?;
        Some(self.caller(session, headers, origin))
    }

    /// How many sessions last.
    pub(super) fn sessions(&self) -> u64 {
        self.sessions.count()
    }

    /// What the one person holds now.
    pub(super) fn held_of(&self, subject: &str) -> Option<Held> {
        (subject == SUBJECT).then(|| Held::everywhere(self.sessions.latest_rights().unwrap_or_else(|| self.rights.clone())))
    }

    /// In the demo: continues a session with other rights.
    pub(super) fn act_as(&self, headers: &HeaderMap, rights: &Rights) -> Result<(), ApiError> {
        if !self.may_act_as {
            return Err(ApiError::new(Code::RoleForbidden, "Only the demo lets rights be switched."));
        }
        let changed = cookie::values(headers, &self.cookie).any(|value| self.sessions.change(value, rights));
        if changed { Ok(()) } else { Err(refused()) }
    }

    /// Ends the session that came with a request; returns how many and the cookie that takes the cookie back.
    pub(super) fn sign_out(&self, headers: &HeaderMap) -> (u64, String) {
        let ended = cookie::values(headers, &self.cookie).filter(|value| self.sessions.end(value)).count();
        (ended as u64, format!("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", self.cookie))
    }

    fn spend(&self, token: &Secret) -> bool {
        let mut launch = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = launch.as_ref().is_some_and(|launch| bool::from(launch.expose().as_bytes().ct_eq(token.expose().as_bytes())));
        if fits {
            *launch = None;
        }
        fits
    }

    fn caller(&self, session: Session, headers: &HeaderMap, origin: &Origin) -> Caller {
        let actor = Actor {
            mode: "none".to_owned(),
            subject: SUBJECT.to_owned(),
            display: if self.may_act_as { "Demo operator".to_owned() } else { "Local operator".to_owned() },
            session_hash: Some(session.hash),
            ..Actor::default()
        };
        origin.caller(actor, Held::everywhere(session.rights), headers)
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
        headers.insert(http::header::COOKIE, cookie.split(';').next().unwrap().parse().unwrap());
        headers
    }

    fn signed_in(launch: &Launch) -> String {
        launch.sign_in(&launch.token().unwrap(), &HeaderMap::new(), &Origin::default()).unwrap().cookie.unwrap()
    }

    #[test]
    fn the_token_works_once_and_a_reload_keeps_the_session() {
        let launch = Launch::new(admin(), 4500, false);
        let token = launch.token().unwrap();
        let cookie = signed_in(&launch);
        assert!(launch.token().is_none());
        assert!(launch.sign_in(&token, &HeaderMap::new(), &Origin::default()).is_err(), "somebody else with the same token");
        assert!(launch.sign_in(&token, &with(&cookie), &Origin::default()).unwrap().cookie.is_none());
        assert!(launch.who(&with(&cookie), &Origin::default()).is_some());
        assert!(launch.who(&HeaderMap::new(), &Origin::default()).is_none());
        assert!(launch.who(&with("tally_4500=guess"), &Origin::default()).is_none());
        assert!(launch.who(&with(&cookie.replace("tally_4500", "tally_4501")), &Origin::default()).is_none());
        assert_eq!(launch.sign_out(&with(&cookie)).0, 1);
        assert!(launch.who(&with(&cookie), &Origin::default()).is_none());
    }

    #[test]
    fn no_script_and_no_other_page_gets_at_the_cookie() {
        let cookie = signed_in(&Launch::new(admin(), 4500, false));
        let (value, attributes) = cookie.split_once("; ").unwrap();
        assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Strict");
        assert_eq!(value.len(), "tally_4500=".len() + 64, "256 bits");
    }

    #[test]
    fn a_wrong_token_does_not_spend_the_right_one() {
        let launch = Launch::new(admin(), 1, false);
        assert!(launch.sign_in(&Secret::from("x".to_owned()), &HeaderMap::new(), &Origin::default()).is_err());
        assert!(launch.sign_in(&Secret::default(), &HeaderMap::new(), &Origin::default()).is_err());
        assert!(launch.token().is_some());
    }

    #[test]
    fn only_the_demo_switches_rights() {
        let other = Rights { role: Some(Role::Viewer), grants: vec![Grant::SecretReader] };
        for demo in [false, true] {
            let launch = Launch::new(admin(), 1, demo);
            let cookie = signed_in(&launch);
            assert_eq!(launch.act_as(&with(&cookie), &other).is_ok(), demo);
            let now = launch.who(&with(&cookie), &Origin::default()).unwrap().held;
            assert_eq!(now, Held::everywhere(if demo { other.clone() } else { admin() }));
            assert_eq!(launch.held_of("local"), Some(now));
            assert_eq!(launch.held_of("somebody"), None);
        }
    }
}
