//! What makes a token one: its form, its signature, and for whom, by whom and for how long it was made. The algorithm is the
//! configuration's, never the token's; what is not understood is refused.

use super::keys::Keys;
use crate::auth::rules::Claims;
use crate::auth::ticket::now;
use crate::config::auth::{Jwt, JwtProxy};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use openidconnect::JsonWebKey as _;
use openidconnect::core::CoreJwsSigningAlgorithm;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Clocks differ: seconds.
const LEEWAY: i64 = 60;
/// No proxy makes a token for longer than a month: seconds.
const LONGEST: i64 = 31 * 24 * 3600;
/// Header members that lead a verifier to other keys, or change what is signed.
const NOT_TAKEN: [&str; 6] = ["crit", "jku", "jwk", "x5u", "x5c", "b64"];

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
        let mut parts = token.split('.');
        let (Some(head), Some(body), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err("not three parts".to_owned());
        };
        let header = object(&self.decoded(head)?).map_err(|_| "a header that is none")?;
        if let Some(name) = NOT_TAKEN.iter().find(|name| header.contains_key(**name)) {
            return Err(format!("a header with {name}"));
        }
        let algorithm = header.get("alg").cloned().and_then(|name| serde_json::from_value(name).ok());
        let algorithm: CoreJwsSigningAlgorithm =
            algorithm.filter(|said| self.algorithms.contains(said)).ok_or("an algorithm that is not expected")?;
        let kid = header.get("kid").and_then(Value::as_str).ok_or("a key that has no name")?;
        let signed = &token[..head.len() + 1 + body.len()];
        let signature = self.decoded(signature)?;
        // Who signs is in the header of a load balancer, which its signature covers: looked at before a key is asked for.
        self.signer(&header)?;
        let key = keys.find(kid, &algorithm).await?;
        key.verify_signature(&algorithm, signed.as_bytes(), &signature).map_err(|_| "a signature that is not its key's")?;
        // Only now is it of interest what it says.
        let claims = object(&self.decoded(body)?).map_err(|_| "claims that are none")?;
        self.times(&header, &claims)?;
        self.parties_are(&header, &claims)?;
        let subject =
            claims.get("sub").and_then(Value::as_str).filter(|subject| is_subject(subject)).ok_or("a subject that cannot be a name")?;
        Ok(Vouched { issuer: self.issuer.clone(), subject: subject.to_owned(), claims })
    }

    /// Base64url without padding; a load balancer pads.
    fn decoded(&self, part: &str) -> Result<Vec<u8>, &'static str> {
        let engine = if self.alb.is_some() && part.ends_with('=') { &URL_SAFE } else { &URL_SAFE_NO_PAD };
        engine.decode(part).map_err(|_| "a part that is not base64url")
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
        let ours = |said: &Value| said.as_str() == Some(&self.audience);
        let several = match claims.get("aud") {
            Some(Value::Array(all)) if all.iter().any(ours) => all.len() > 1,
            Some(said) if ours(said) => false,
            Some(_) | None => return Err("made for somebody else"),
        };
        match claims.get("azp") {
            Some(party) if !ours(party) => Err("made for another client"),
            None if several => Err("made for several, and not said for which"),
            Some(_) | None => Ok(()),
        }
    }

    fn times(&self, header: &Claims, claims: &Claims) -> Result<(), &'static str> {
        let now = i64::try_from(now()).unwrap_or(i64::MAX);
        let time = |from: &Claims, name: &str| match from.get(name) {
            None => Ok(None),
            // Seconds, whole or not; a text is no time.
            #[expect(clippy::cast_possible_truncation, reason = "a time out of range is out of the bounds below, too")]
            Some(Value::Number(number)) => Ok(number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64))),
            Some(_) => Err("a time that is none"),
        };
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

/// At most 255 letters, and nothing that could pass for more than one name.
fn is_subject(subject: &str) -> bool {
    (1..=255).contains(&subject.len()) && !subject.chars().any(crate::auth::unseen)
}

/// An object in which each name stands once: of two values, one reader takes the first and another the last.
fn object(json: &[u8]) -> Result<Claims, serde_json::Error> {
    serde_json::from_slice::<Once>(json).map(|once| once.0)
}

struct Once(Claims);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
                let mut claims = Claims::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if claims.insert(name, value).is_some() {
                        return Err(A::Error::custom("a name that stands twice"));
                    }
                }
                Ok(Once(claims))
            }
        }
        from.deserialize_map(Members)
    }
}
