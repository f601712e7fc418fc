//! The same as a template of CloudFormation, in YAML.

use super::code::{Code, keep, lacks, quoted, text, words};
use super::kind::{Kind, PEM};
use crate::api::{Json, Scope};
use contract::Operation;

/// The template.
pub(super) fn code(kind: &Kind, scope: &Scope, request: Json) -> Code {
    let Some(resource) = &kind.cloudformation else {
        return Code::none(format!("CloudFormation has no resource type for {}.", kind.many()));
    };
    let mut left_out = Vec::new();
    let request = keep(request, "", resource.members, &mut left_out);
    let mut notes = vec![format!("For a stack in {}.", scope.region)];
    notes.extend(lacks("CloudFormation", &left_out));
    let label = label(text(&request, "name").unwrap_or_default(), kind.one());
    let mut yaml = String::new();
    if text(&request, "publicKeyMaterial") == Some(PEM) {
        yaml.push_str("Parameters:\n  PublicKeyMaterial:\n    Type: String\n");
        notes.push("IVS does not give a public key back: its PEM is a parameter of the stack.".to_owned());
    }
    yaml.push_str(&format!("Resources:\n  {label}:\n    Type: {}\n", resource.name));
    if matches!(&request, Json::Object(members) if !members.is_empty()) {
        yaml.push_str("    Properties:\n");
        members(&request, 3, &mut yaml);
    }
    if kind.makes == Operation::CreateChannel {
        yaml.push_str(&format!(
            "  {label}StreamKey:\n    Type: AWS::IVS::StreamKey\n    Properties:\n      ChannelArn:\n        Ref: {label}\n"
        ));
        notes.push("CreateChannel makes a stream key too; AWS::IVS::Channel does not, so it stands here by itself.".to_owned());
    }
    Code { text: yaml.trim_end().to_owned(), notes }.commented()
}

/// The members of an object, each on a line of its own or with what is in it below.
fn members(object: &Json, depth: usize, to: &mut String) {
    let Json::Object(members) = object else { return };
    for (name, value) in members {
        to.push_str(&"  ".repeat(depth));
        to.push_str(&pascal(name));
        to.push(':');
        match value {
            Json::Object(tags) if name == "tags" => list(&tags.iter().map(tag).collect::<Vec<_>>(), depth + 1, to),
            other @ (Json::Object(_) | Json::List(_) | Json::Text(_) | Json::Bool(_) | Json::Whole(_) | Json::Null | Json::Broken) => {
                below(other, depth + 1, to);
            }
        }
    }
}

fn below(value: &Json, depth: usize, to: &mut String) {
    match value {
        Json::Object(members_of) if !members_of.is_empty() => {
            to.push('\n');
            members(value, depth, to);
        }
        Json::List(items) => list(items, depth, to),
        plain @ (Json::Object(_) | Json::Text(_) | Json::Bool(_) | Json::Whole(_) | Json::Null | Json::Broken) => {
            to.push(' ');
            to.push_str(&scalar(plain));
            to.push('\n');
        }
    }
}

fn list(items: &[Json], depth: usize, to: &mut String) {
    if items.is_empty() {
        to.push_str(" []\n");
        return;
    }
    to.push('\n');
    for item in items {
        to.push_str(&"  ".repeat(depth));
        to.push('-');
        let mut inner = String::new();
        below(item, depth + 1, &mut inner);
        // What an item is made of begins beside its mark.
        to.push(' ');
        to.push_str(inner.trim_start());
    }
}

fn tag((key, value): &(String, Json)) -> Json {
    let value = if let Json::Text(text) = value { text.clone() } else { String::new() };
    Json::Object(vec![("key".to_owned(), Json::Text(key.clone())), ("value".to_owned(), Json::Text(value))])
}

fn scalar(value: &Json) -> String {
    match value {
        Json::Text(text) if text == PEM => "{ Ref: PublicKeyMaterial }".to_owned(),
        // As in JSON: YAML reads that the same, whatever it would take the plain text for.
        Json::Text(text) => quoted(text),
        Json::Bool(yes) => yes.to_string(),
        Json::Whole(number) => number.to_string(),
        Json::Object(_) => "{}".to_owned(),
        Json::List(_) | Json::Null | Json::Broken => "null".to_owned(),
    }
}

/// `bucketName` is `BucketName`.
fn pascal(member: &str) -> String {
    let mut letters = member.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// What YAML takes for no text.
const NO_TEXT: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

/// A logical id from a name: letters and digits alone.
pub(super) fn label(name: &str, kind: &str) -> String {
    let joined = |name: &str| words(name).map(pascal).collect::<String>();
    let label = joined(name);
    match label.chars().next() {
        None => joined(kind),
        Some(first) if first.is_ascii_digit() || NO_TEXT.contains(&label.to_ascii_lowercase().as_str()) => {
            format!("{}{label}", joined(kind))
        }
        Some(_) => label,
    }
}
