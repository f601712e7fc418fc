//! A token as text: three parts in base64url (RFC 7515), and the JSON in them.

use crate::shared::p384::pem::{from_base64url, to_base64url};
use contract::playback_token::{ALGORITHM, Claims, Value};
use js_sys::{Array, JSON, Object};
use web_sys::wasm_bindgen::JsValue;

/// Bytes of a token, or of a URL with one: far more than a player can ask with.
const MOST: usize = 16_384;

/// Text as JSON.
fn quoted(text: &str) -> String {
    JSON::stringify(&JsValue::from_str(text)).map(String::from).unwrap_or_default()
}

fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(on) => on.to_string(),
        Value::Other(json) => json.clone(),
    }
}

fn object(claims: &Claims, begin: &str, between: &str, colon: &str, end: &str) -> String {
    let members: Vec<String> = claims.0.iter().map(|(name, value)| format!("{}{colon}{}", quoted(name), written(value))).collect();
    format!("{{{begin}{}{end}}}", members.join(between))
}

/// For reading.
pub(super) fn pretty(claims: &Claims) -> String {
    object(claims, "\n  ", ",\n  ", ": ", "\n")
}

/// What is signed: the header and the claims.
pub(super) fn unsigned(claims: &Claims) -> String {
    let header = format!(r#"{{"alg":"{ALGORITHM}","typ":"JWT"}}"#);
    format!("{}.{}", to_base64url(header.as_bytes()), to_base64url(object(claims, "", ",", ":", "").as_bytes()))
}

/// A token, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Token {
    pub(super) header: Claims,
    pub(super) claims: Claims,
    /// Header and claims, as they were signed.
    pub(super) signed: String,
    /// `None` where it is no base64url.
    pub(super) signature: Option<Vec<u8>>,
}

/// What is pasted: a token, or a URL that has one.
pub(super) fn find(pasted: &str) -> &str {
    let pasted = pasted.trim();
    let token = pasted.rsplit_once("token=").map_or(pasted, |(_, token)| token);
    token.split(['&', '#', '\'', '"', ' ']).next().unwrap_or_default()
}

/// Is the token in a URL that has more than one query, as in a sample of AWS's? A player asks for another address with it.
pub(super) fn is_queried_twice(pasted: &str) -> bool {
    pasted.rsplit_once("token=").is_some_and(|(url, _)| url.matches('?').count() > 1)
}

/// Takes a token apart.
///
/// # Errors
/// Why it is none, for the person.
pub(super) fn read(pasted: &str) -> Result<Token, &'static str> {
    if pasted.len() > MOST {
        return Err("That is no token: none is longer than 16 KiB.");
    }
    let parts: Vec<&str> = find(pasted).split('.').collect();
    let [header, claims, signature] = parts.as_slice() else {
        return Err("That is no token: one has three parts with a dot between them.");
    };
    let part = |part: &str| from_base64url(part).and_then(|bytes| json(&String::from_utf8(bytes).ok()?));
    let (Some(header), Some(claims_read)) = (part(header), part(claims)) else {
        return Err("That is no token: its first two parts must be JSON objects in base64url, without padding.");
    };
    Ok(Token { header, claims: claims_read, signed: format!("{}.{claims}", parts[0]), signature: from_base64url(signature) })
}

fn json(text: &str) -> Option<Claims> {
    let value = JSON::parse(text).ok().filter(|value| value.is_object() && !Array::is_array(value))?;
    let member = |pair: JsValue| {
        let pair = Array::from(&pair);
        let value = pair.get(1);
        let read = if let Some(text) = value.as_string() {
            Value::Text(text)
        } else if let Some(number) = value.as_f64() {
            Value::Number(number)
        } else if let Some(on) = value.as_bool() {
            Value::Bool(on)
        } else {
            Value::Other(JSON::stringify(&value).map(String::from).unwrap_or_default())
        };
        (pair.get(0).as_string().unwrap_or_default(), read)
    };
    Some(Claims(Object::entries(&Object::from(value)).iter().map(member).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_in_a_url() {
        for pasted in [
            "a.b.c",
            " a.b.c\n",
            "https://x/y.m3u8?token=a.b.c",
            "curl -s 'https://x/y.m3u8?token=a.b.c'",
            "https://x/y.m3u8?token.m3u8?token=a.b.c&x=1",
        ] {
            assert_eq!(find(pasted), "a.b.c", "{pasted}");
        }
    }

    #[test]
    fn a_url_with_two_queries_is_known() {
        assert!(is_queried_twice("https://x/y.m3u8?token.m3u8?token=a.b.c"));
        assert!(!is_queried_twice("https://x/y.m3u8?x=1&token=a.b.c") && !is_queried_twice("a.b.c"));
    }

    #[test]
    fn what_has_not_three_parts_is_none() {
        for pasted in ["", "a", "a.b", "a.b.c.d"] {
            assert!(read(pasted).is_err(), "{pasted}");
        }
        assert!(read(&"a.".repeat(MOST)).is_err_and(|why| why.contains("16 KiB")));
    }
}
