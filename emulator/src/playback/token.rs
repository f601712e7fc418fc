//! Tokens as they come: a JWT, signed by any of the region's key pairs.

use super::reply::Refusal;
use crate::clock::{Millis, SECOND};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::Check as _;
use contract::playback_token::{ALGORITHM, AtStart, Claims, Value};
use p384::ecdsa::signature::Verifier as _;
use p384::ecdsa::{Signature, VerifyingKey};
use serde_json::{Map, Value as Json};

/// What a token says, if one of the keys has signed it.
pub(super) fn verified<'a>(token: &str, mut keys: impl Iterator<Item = &'a VerifyingKey>) -> Result<Claims, Refusal> {
    let broken = || Refusal::auth("the token is no JWT");
    let (signed, signature) = token.rsplit_once('.').ok_or_else(broken)?;
    let (header, claims) = signed.split_once('.').ok_or_else(broken)?;
    let header = object(header).ok_or_else(broken)?;
    let claims = object(claims).ok_or_else(broken)?;
    if header.get("alg").and_then(Json::as_str) != Some(ALGORITHM) || header.contains_key("crit") {
        return Err(Refusal::auth("the token is not signed with ES384"));
    }
    // As JOSE has it, in 96 bytes: the DER that OpenSSL writes is none.
    let signature = URL_SAFE_NO_PAD.decode(signature).ok().and_then(|bytes| Signature::from_slice(&bytes).ok());
    let signature = signature.ok_or_else(|| Refusal::auth("the token's signature is not r and s in 96 bytes"))?;
    if keys.any(|key| key.verify(signed.as_bytes(), &signature).is_ok()) {
        return Ok(Claims(claims.into_iter().map(|(name, value)| (name, read(value))).collect()));
    }
    Err(Refusal::auth("no playback key pair of the region has signed the token"))
}

fn object(part: &str) -> Option<Map<String, Json>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

fn read(value: Json) -> Value {
    match value {
        Json::String(text) => Value::Text(text),
        Json::Bool(on) => Value::Bool(on),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        Json::Null | Json::Array(_) | Json::Object(_) => Value::Other(value.to_string()),
    }
}

/// Playback is to start: do all claims hold?
pub(super) fn check(claims: &Claims, now: Millis) -> Result<(), Refusal> {
    let found = AtStart { claims, now: now as f64 / SECOND as f64 }.check();
    found.map_err(|errors| Refusal::auth(errors.to_string()))
}
