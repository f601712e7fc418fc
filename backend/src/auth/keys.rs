//! Keys of who vouches for people: which of them are believed at all.

use openidconnect::core::{CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey as _, JsonWebKeyId, JsonWebKeySet};
use std::sync::Arc;

/// A provider has a handful of keys.
const MOST: usize = 50;
/// Bytes of an RSA modulus: 2048 bits.
const RSA: usize = 256;

/// Those that are strong enough.
///
/// # Errors
/// There are more than anybody has: whoever shows them wants something else.
pub(super) fn strong(all: &JsonWebKeySet<CoreJsonWebKey>) -> Result<JsonWebKeySet<CoreJsonWebKey>, String> {
    let keys = all.keys();
    if keys.len() > MOST {
        return Err(format!("it has {} keys", keys.len()));
    }
    Ok(JsonWebKeySet::new(keys.iter().filter(|key| is_strong(key)).cloned().collect()))
}

/// No RSA key of less than 2048 bits is believed. The library does not tell how long one is; its JSON does.
fn is_strong(key: &CoreJsonWebKey) -> bool {
    use base64::Engine as _;
    let written = serde_json::to_value(key).unwrap_or_default();
    let modulus = written.get("n").and_then(serde_json::Value::as_str);
    modulus.is_none_or(|n| {
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(n).unwrap_or_default();
        bytes.iter().skip_while(|byte| **byte == 0).count() >= RSA
    })
}

/// The only one of this name that may sign this way: of two, whose signature would it be?
pub(super) fn named(set: &JsonWebKeySet<CoreJsonWebKey>, kid: &str, algorithm: &CoreJwsSigningAlgorithm) -> Option<Arc<CoreJsonWebKey>> {
    let name = JsonWebKeyId::new(kid.to_owned());
    let mut named = set.keys().iter().filter(|key| key.key_id() == Some(&name));
    let key = named.next().filter(|_| named.next().is_none())?;
    // What else a key is for, the library looks at; for which algorithm, only its JSON tells.
    let made_for = serde_json::to_value(key).ok()?.get("alg").cloned();
    let fits = made_for.is_none_or(|said| serde_json::to_value(algorithm).is_ok_and(|algorithm| algorithm == said));
    fits.then(|| Arc::new(key.clone()))
}
