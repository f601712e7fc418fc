//! Reading a request from JSON so that what is wrong is said at its member.

use crate::constraint::FieldErrors;
use serde::de::DeserializeOwned;

/// Reads JSON as a request or a part of ours. Does not check limits: that is `Check`.
///
/// # Errors
/// The member that is missing, unknown or of another type; `""` where the text is not JSON at all.
pub fn parse<T: DeserializeOwned>(json: &[u8]) -> Result<T, FieldErrors> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "" } else { &path };
        let inner = error.into_inner();
        // serde names the member of these two in its text alone.
        let text = inner.to_string();
        let quoted = text.split('`').nth(1).unwrap_or_default();
        let join = |member: &str| if path.is_empty() { member.to_owned() } else { format!("{path}.{member}") };
        if text.starts_with("missing field") {
            FieldErrors::one(&join(quoted), "Is required.")
        } else if text.starts_with("unknown field") {
            // The path already ends in the unknown member.
            FieldErrors::one(path, format!("{quoted} is not a member of this request."))
        } else if inner.is_syntax() || inner.is_eof() {
            FieldErrors::one("", "Is not JSON.")
        } else {
            let said = text.split(" at line ").next().unwrap_or_default().to_owned();
            FieldErrors::one(path, format!("Is of another type: {said}."))
        }
    })?;
    reader.end().map_err(|_| FieldErrors::one("", "Is not JSON."))?;
    Ok(value)
}
