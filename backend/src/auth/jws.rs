//! A signed token: its form and its signature. The algorithm is the configuration's, never the token's; what is not understood is
//! refused; what it says is read only once it is known whose it is.

use super::rules::Claims;
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use openidconnect::JsonWebKey as _;
use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Bytes of a token.
pub(super) const LONGEST: usize = 16 * 1024;
/// Header members that lead a verifier to other keys, or change what is signed.
const NOT_TAKEN: [&str; 6] = ["crit", "jku", "jwk", "x5u", "x5c", "b64"];

/// A token that nobody has verified yet.
#[derive(Debug)]
pub(super) struct Jws<'a> {
    pub(super) header: Claims,
    pub(super) algorithm: CoreJwsSigningAlgorithm,
    /// How the key is called that it says to be signed with.
    pub(super) kid: String,
    signed: &'a [u8],
    signature: Vec<u8>,
    body: Vec<u8>,
}

impl<'a> Jws<'a> {
    /// Takes one apart. Base64url without padding; `padded`: with it, too.
    pub(super) fn parse(token: &'a str, algorithms: &[CoreJwsSigningAlgorithm], padded: bool) -> Result<Self, String> {
        let mut parts = token.split('.');
        let (Some(head), Some(body), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err("not three parts".to_owned());
        };
        let decoded = |part: &str| {
            let engine = if padded && part.ends_with('=') { &URL_SAFE } else { &URL_SAFE_NO_PAD };
            engine.decode(part).map_err(|_| "a part that is not base64url")
        };
        let header = object(&decoded(head)?).map_err(|_| "a header that is none")?;
        if let Some(name) = NOT_TAKEN.iter().find(|name| header.contains_key(**name)) {
            return Err(format!("a header with {name}"));
        }
        let algorithm = header.get("alg").cloned().and_then(|name| serde_json::from_value(name).ok());
        let algorithm = algorithm.filter(|said| algorithms.contains(said)).ok_or("an algorithm that is not expected")?;
        let kid = header.get("kid").and_then(Value::as_str).ok_or("a key that has no name")?.to_owned();
        let signed = &token.as_bytes()[..head.len() + 1 + body.len()];
        Ok(Self { algorithm, kid, signed, signature: decoded(signature)?, body: decoded(body)?, header })
    }

    /// What it says, if it was signed with this key.
    pub(super) fn claims(&self, key: &CoreJsonWebKey) -> Result<Claims, &'static str> {
        key.verify_signature(&self.algorithm, self.signed, &self.signature).map_err(|_| "a signature that is not its key's")?;
        object(&self.body).map_err(|_| "claims that are none")
    }
}

/// A time in seconds, whole or not; a text is no time.
pub(super) fn time(from: &Claims, name: &str) -> Result<Option<i64>, &'static str> {
    match from.get(name) {
        None => Ok(None),
        #[expect(clippy::cast_possible_truncation, reason = "a time out of range is out of every bound, too")]
        Some(Value::Number(number)) => Ok(number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64))),
        Some(_) => Err("a time that is none"),
    }
}

/// A member that is a name.
pub(super) fn name<'a>(from: &'a Claims, member: &str) -> Option<&'a str> {
    from.get(member)?.as_str().filter(|name| is_name(name))
}

/// At most 255 letters (OpenID Connect Core 2), and nothing that is not seen or could pass for more than one name.
pub(super) fn is_name(text: &str) -> bool {
    (1..=255).contains(&text.len()) && !text.chars().any(super::unseen)
}

/// For how many it was made, if this is one of them.
pub(super) fn audiences(claims: &Claims, ours: &str) -> Option<usize> {
    let said = claims.get("aud")?;
    let all = said.as_array().map_or(std::slice::from_ref(said), Vec::as_slice);
    all.iter().any(|one| one.as_str() == Some(ours)).then_some(all.len())
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
