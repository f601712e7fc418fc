//! Reading a request from JSON so that what is wrong is said at its member.

use crate::constraint::FieldErrors;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads JSON as a request or a part of ours. Does not check limits: that is `Check`.
///
/// # Errors
/// The member that is missing, unknown or of another type; `""` where the text is not JSON at all.
pub fn parse<T: DeserializeOwned + Serialize>(json: &[u8]) -> Result<T, FieldErrors> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        let inner = error.into_inner();
        if inner.is_syntax() || inner.is_eof() {
            return FieldErrors::one("", "Is not JSON.");
        }
        // serde names the member of the first in its text alone.
        let text = inner.to_string();
        let quoted = text.split('`').nth(1).unwrap_or_default();
        let join = |member: &str| if path.is_empty() { member.to_owned() } else { format!("{path}.{member}") };
        match text.split(' ').take(2).collect::<Vec<_>>().as_slice() {
            ["missing", "field"] => FieldErrors::one(&join(quoted), "Is required."),
            // The path already ends in the unknown member.
            ["unknown", "field"] => FieldErrors::one(path, format!("{quoted} is not a member of this request.")),
            ["duplicate", "field"] => FieldErrors::one(&join(quoted), "Stands there twice."),
            _ => FieldErrors::one(path, format!("Must be {}.", expected(&text))),
        }
    })?;
    reader.end().map_err(|_| FieldErrors::one("", "Is not JSON."))?;
    match misplaced(json, &value) {
        Some(path) => Err(FieldErrors::one(&path, "Must be an object.")),
        None => Ok(value),
    }
}

/// What serde wanted, in JSON's words: `invalid type: map, expected a string at line 1 column 5`.
fn expected(text: &str) -> &str {
    let wanted = text.split("expected ").nth(1).and_then(|rest| rest.split(" at line ").next()).unwrap_or_default();
    match wanted.split(' ').next().unwrap_or_default() {
        "struct" | "map" => "an object",
        "i32" | "i64" | "u32" | "u64" | "usize" => "a whole number",
        "f32" | "f64" => "a number",
        _ => match wanted {
            "a map" => "an object",
            "a sequence" => "a list",
            "a boolean" => "true or false",
            _ if wanted.starts_with("a ") => wanted,
            _ => "of another type",
        },
    }
}

/// Where a list stands for an object: serde takes one as the members in their order.
fn misplaced(json: &[u8], read: &impl Serialize) -> Option<String> {
    if !json.contains(&b'[') {
        return None;
    }
    // It was read once already, and what was read can be written.
    let (given, read) = (serde_json::from_slice(json).ok()?, serde_json::to_value(read).ok()?);
    differ(&given, &read, "")
}

fn differ(given: &Value, read: &Value, path: &str) -> Option<String> {
    match (given, read) {
        (Value::Array(_), Value::Object(_)) => Some(path.to_owned()),
        (Value::Array(given), Value::Array(read)) => {
            let mut both = given.iter().zip(read).enumerate();
            both.find_map(|(index, (given, read))| differ(given, read, &format!("{path}[{index}]")))
        }
        (Value::Object(given), Value::Object(read)) => given.iter().find_map(|(name, given)| {
            let dot = if path.is_empty() { "" } else { "." };
            differ(given, read.get(name)?, &format!("{path}{dot}{name}"))
        }),
        (_, _) => None,
    }
}
