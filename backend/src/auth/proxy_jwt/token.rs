//! What makes a token one of this console's: for whom, by whom and for how long it was made.

use super::keys::Keys;
use crate::auth::jws::{self, Jws, time};
use crate::auth::rules::Claims;
use crate::auth::ticket::now;
use crate::config::auth::{Jwt, JwtProxy};
use openidconnect::core::CoreJwsSigningAlgorithm;
use serde_json::Value;

/// Clocks differ: seconds.
const LEEWAY: i64 = 60;
/// No proxy makes a token for longer than a month: seconds.
const LONGEST: i64 = 31 * 24 * 3600;

/// What a token must say.
#[derive(Debug)]
pub(super) struct Expected {
    algorithms: Vec<CoreJwsSigningAlgorithm>,
    issuer: String,
    audience: String,
    /// The load balancer that signs, where one does. Its tokens are a form of their own.
    alb: Option<String>,
}

/// Somebody whom the proxy vouches for.
#[derive(Debug)]
pub(super) struct Vouched {
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) claims: Claims,
}

impl Expected {
    pub(super) fn new(jwt: &Jwt) -> Result<Self, String> {
        let algorithm = |name: &String| serde_json::from_value(Value::String(name.clone())).map_err(|_| format!("{name} is no algorithm."));
        Ok(Self {
            algorithms: jwt.algorithms().iter().map(algorithm).collect::<Result<_, _>>()?,
            issuer: jwt.issuer().ok_or("jwt.issuer is missing.")?,
            audience: jwt.audience().ok_or("jwt.audience is missing.")?,
            alb: (jwt.proxy == JwtProxy::Alb).then(|| jwt.alb_arn.clone().unwrap_or_default()),
        })
    }

    /// Between whom tokens are: with others, people are others.
    pub(super) fn parties(&self) -> [&str; 3] {
        [&self.issuer, &self.audience, self.alb.as_deref().unwrap_or_default()]
    }

    /// The claims of a token, if it holds.
    pub(super) async fn verify(&self, token: &str, keys: &Keys) -> Result<Vouched, String> {
        let jws = Jws::parse(token, &self.algorithms, self.alb.is_some())?;
        // A token of another kind may have the same issuer and audience, and says nothing of a sign-in.
        if jws.header.get("typ").is_some_and(|typ| !typ.as_str().is_some_and(|typ| typ.eq_ignore_ascii_case("jwt"))) {
            return Err("a token of another kind".to_owned());
        }
        // Who signs is in the header of a load balancer, which its signature covers: looked at before a key is asked for.
        self.signer(&jws.header)?;
        let claims = jws.claims(&*keys.find(&jws.kid, &jws.algorithm).await?)?;
        if claims.contains_key("events") {
            return Err("a token that tells of an event".to_owned());
        }
        self.times(&jws.header, &claims)?;
        self.parties_are(&jws.header, &claims)?;
        let subject = jws::name(&claims, "sub").ok_or("a subject that cannot be a name")?.to_owned();
        Ok(Vouched { issuer: self.issuer.clone(), subject, claims })
    }

    fn signer(&self, header: &Claims) -> Result<(), &'static str> {
        let Some(arn) = &self.alb else { return Ok(()) };
        let said = |name: &str| header.get(name).and_then(Value::as_str);
        if said("signer") != Some(arn) {
            return Err("signed by another load balancer");
        }
        if said("client") == Some(&self.audience) { Ok(()) } else { Err("made for another client") }
    }

    fn parties_are(&self, header: &Claims, claims: &Claims) -> Result<(), &'static str> {
        // A load balancer names the provider in the header, for certain, and in the claims, perhaps.
        let issuers: Vec<&Value> = match self.alb {
            Some(_) => header.get("iss").into_iter().chain(claims.get("iss")).collect(),
            None => claims.get("iss").into_iter().collect(),
        };
        if issuers.is_empty() || issuers.iter().any(|said| said.as_str() != Some(&self.issuer)) {
            return Err("another issuer");
        }
        if self.alb.is_some() {
            return Ok(());
        }
        let several = jws::audiences(claims, &self.audience).ok_or("made for somebody else")? > 1;
        match claims.get("azp") {
            Some(party) if party.as_str() != Some(&self.audience) => Err("made for another client"),
            None if several => Err("made for several, and not said for which"),
            Some(_) | None => Ok(()),
        }
    }

    fn times(&self, header: &Claims, claims: &Claims) -> Result<(), &'static str> {
        let now = i64::try_from(now()).unwrap_or(i64::MAX);
        let mut ends = vec![time(claims, "exp")?];
        if self.alb.is_some() {
            ends.push(time(header, "exp")?);
        }
        let ends: Vec<i64> = ends.into_iter().flatten().collect();
        if ends.is_empty() {
            return Err("no end");
        }
        if ends.iter().any(|end| end.saturating_add(LEEWAY) <= now) {
            return Err("a time that is over");
        }
        if ends.iter().any(|end| end.saturating_sub(now) > LONGEST + LEEWAY) {
            return Err("an end that is months away");
        }
        let begins = [time(claims, "nbf")?, time(claims, "iat")?];
        if begins.into_iter().flatten().any(|begin| begin.saturating_sub(LEEWAY) > now) { Err("a time that is to come") } else { Ok(()) }
    }
}
