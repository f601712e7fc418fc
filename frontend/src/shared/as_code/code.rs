//! Code, what to know about it, and what the languages share: how texts are quoted, and what a resource is labelled with.

use crate::api::Json;
use std::fmt::Write as _;

/// Code in one of the languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    /// The code; empty where the language has no words for it.
    pub(super) text: String,
    /// What to know about it that is no code.
    pub(super) notes: Vec<String>,
}

impl Code {
    /// None at all, and why.
    pub(super) fn none(why: String) -> Self {
        Self { text: String::new(), notes: vec![why] }
    }

    /// The same with the notes as comments at its end, so that they go along when it is copied.
    pub(super) fn commented(mut self) -> Self {
        if !self.text.is_empty() {
            for note in self.notes.drain(..) {
                self.text.push_str("\n# ");
                self.text.push_str(&note);
            }
        }
        self
    }
}

/// What of a request another tool has no member for is taken out, and named by its path.
pub(super) fn keep(value: Json, at: &str, known: &str, left_out: &mut Vec<String>) -> Json {
    match value {
        // The keys of tags are a person's, not members.
        Json::Object(members) if at != "tags" => {
            let mut kept = Vec::with_capacity(members.len());
            for (name, value) in members {
                let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                if known
                    .split(' ')
                    .any(|known| known.strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
                {
                    kept.push((name, keep(value, &path, known, left_out)));
                } else if !left_out.contains(&path) {
                    left_out.push(path);
                }
            }
            Json::Object(kept)
        }
        Json::List(items) => Json::List(items.into_iter().map(|item| keep(item, at, known, left_out)).collect()),
        other @ (Json::Object(_) | Json::Text(_) | Json::Bool(_) | Json::Whole(_) | Json::Null | Json::Broken) => other,
    }
}

/// The note on what was left out.
pub(super) fn lacks(tool: &str, left_out: &[String]) -> Option<String> {
    match left_out {
        [] => None,
        [one] => Some(format!("{tool} has no field for {one}: it is left out here.")),
        [rest @ .., last] => Some(format!("{tool} has no fields for {} and {last}: they are left out here.", rest.join(", "))),
    }
}

/// A text in double quotes, with the escapes that JSON, YAML and HCL share. What YAML takes for the end of a line, or for no letter at
/// all, is escaped too.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                // Writing to a text does not fail.
                let _written = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// The words of a name: what stands between all that is no letter and no digit of ASCII.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// A member of an object.
pub(crate) fn member<'a>(object: &'a Json, name: &str) -> Option<&'a Json> {
    let Json::Object(members) = object else { return None };
    members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
}

/// A member that is a text.
pub(crate) fn text<'a>(object: &'a Json, name: &str) -> Option<&'a str> {
    if let Some(Json::Text(text)) = member(object, name) { Some(text) } else { None }
}
