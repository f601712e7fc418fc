//! The provider says that a session there has ended, from server to server (OpenID Connect Back-Channel Logout 1.0): what was made
//! of it ends here.

use super::token::SIGNED;
use super::{MODE, Oidc};
use crate::auth::jws::{self, Jws, LONGEST, time};
use crate::auth::keys::named;
use crate::auth::registry::Which;
use crate::auth::rules::Claims;
use crate::auth::ticket::now;
use crate::journal::Actor;
use serde_json::Value;

/// Clocks differ: seconds.
const LEEWAY: i64 = 60;
/// A token says so now, and not of another day: seconds.
const JUST: i64 = 120;
/// What must stand among its events.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A session at the provider has ended.
#[derive(Debug)]
pub(super) struct LoggedOut {
    pub(super) which: Which,
    pub(super) actor: Actor,
}

impl Oidc {
    /// Which sessions a logout token ends, if it holds. One that is told again later ends nothing that was begun since.
    pub(super) async fn logged_out(&self, token: &str) -> Result<LoggedOut, String> {
        if token.len() > LONGEST {
            return Err("a token that is too long".to_owned());
        }
        let jws = Jws::parse(token, &SIGNED, false)?;
        let claims = self.said(&jws).await?;
        let typ = jws.header.get("typ").map(|typ| typ.as_str().unwrap_or_default().to_ascii_lowercase());
        if typ.is_some_and(|typ| !["logout+jwt", "jwt"].contains(&&*typ)) {
            return Err("a token of another kind".to_owned());
        }
        self.is_for_here(&claims)?;
        let at = just_now(&claims)?;
        let event = claims.get("events").and_then(|events| events.get(EVENT)).is_some_and(Value::is_object);
        // With a nonce it is the token of a sign-in.
        if !event || claims.contains_key("nonce") || jws::name(&claims, "jti").is_none() {
            return Err("a token that tells of no end".to_owned());
        }
        let said = |member: &str| match claims.get(member) {
            None => Ok(None),
            Some(_) => jws::name(&claims, member).map(|name| Some(name.to_owned())).ok_or("a session or a person that cannot be named"),
        };
        let (session, person) = (said("sid")?, said("sub")?);
        if session.is_none() && person.is_none() {
            return Err("neither a session nor a person".to_owned());
        }
        let issuer = self.provider.issuer.to_string();
        let subject = person.map(|person| format!("{issuer} {person}"));
        let actor = Actor {
            mode: MODE.to_owned(),
            display: self.provider_name.clone(),
            subject: subject.clone().unwrap_or_default(),
            issuer: Some(issuer),
            ..Actor::default()
        };
        Ok(LoggedOut { which: Which::AtProvider { session, subject, until: at.saturating_add(LEEWAY).cast_unsigned() }, actor })
    }

    async fn said(&self, jws: &Jws<'_>) -> Result<Claims, String> {
        let known = self.provider.metadata().await?;
        let key = match named(known.jwks(), &jws.kid, &jws.algorithm) {
            Some(key) => key,
            None => {
                let anew = self.provider.anew().await?;
                named(anew.jwks(), &jws.kid, &jws.algorithm).ok_or("a key that is not known")?
            }
        };
        Ok(jws.claims(&key)?)
    }

    fn is_for_here(&self, claims: &Claims) -> Result<(), &'static str> {
        if claims.get("iss").and_then(Value::as_str) != Some(self.provider.issuer.as_str()) {
            return Err("another issuer");
        }
        jws::audiences(claims, &self.provider.client_id).map(drop).ok_or("made for somebody else")
    }
}

/// When it was said, in seconds since 1970, if that was just now.
fn just_now(claims: &Claims) -> Result<i64, &'static str> {
    let now = i64::try_from(now()).unwrap_or(i64::MAX);
    let at = time(claims, "iat")?.filter(|at| (-LEEWAY..=JUST).contains(&now.saturating_sub(*at))).ok_or("not said just now")?;
    // The first form of the standard had no end.
    if time(claims, "exp")?.is_some_and(|end| end.saturating_add(LEEWAY) <= now) { Err("a time that is over") } else { Ok(at) }
}
