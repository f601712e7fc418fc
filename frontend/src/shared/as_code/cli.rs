//! A call as a command: the `aws ivs …` that does the same, one option a line, ready to be pasted into a shell.

use super::kind::PEM;
use crate::api::{self, Scope};
use crate::shared::session;
use contract::{Call, Operation};
use js_sys::{Array, JSON, Object, Reflect};
use web_sys::wasm_bindgen::JsValue;

/// What the AWS CLI does not know yet, though the SDKs do (`docs/ivs-behaviour.md` 8: it carries an older model).
pub(super) const UNKNOWN_TO_THE_CLI: [&str; 3] = ["failoverSlateConfigurationArn", "adBreakId", "targetStartAt"];

/// The AWS CLI does not send an option that begins so, but what it reads there: a file of whoever pastes the command, and in its
/// version 1 a page of the web.
const READ_THERE: [&str; 4] = ["file:", "fileb:", "http:", "https:"];

/// Does the AWS CLI know the operation?
pub(super) fn known(operation: Operation) -> bool {
    !operation.name().contains("FailoverSlate")
}

/// The command, and what to know about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Command {
    head: String,
    options: Vec<String>,
    note: Option<String>,
}

impl Command {
    fn of(operation: Operation, scope: &Scope, json: &str) -> Self {
        let mut options = vec![format!("--region {}", quote(&scope.region))];
        // Without it, what was meant for the emulator would be done to whatever account the shell is signed in to.
        options.extend(session::endpoint(&scope.account).map(|url| format!("--endpoint-url {}", quote(&url))));
        let mut note = None;
        let request = JSON::parse(json).map(Object::from).unwrap_or_default();
        for name in UNKNOWN_TO_THE_CLI {
            let member = JsValue::from_str(name);
            if Reflect::has(&request, &member).unwrap_or_default() {
                note = Some(format!("Today's AWS CLI does not know {name}, so it is left out here. The AWS SDKs do."));
                // A member of what was parsed can be deleted.
                let _ = Reflect::delete_property(&request, &member);
            }
        }
        options.extend(members(&request));
        if !known(operation) {
            note = Some(format!("Today's AWS CLI does not know {operation}. The AWS SDKs do."));
        }
        Self { head: format!("aws ivs {}", kebab(operation.name())), options, note }
    }

    fn text(&self) -> String {
        let mut text = self.head.clone();
        for option in &self.options {
            text.push_str(" \\\n  ");
            text.push_str(option);
        }
        // A comment of the shell: it goes along when the command is copied.
        if let Some(note) = &self.note {
            text.push_str("\n# ");
            text.push_str(note);
        }
        text
    }
}

/// An option for each member; one for all where a text would not be sent but read there: inside JSON it is a text.
fn members(request: &Object) -> Vec<String> {
    let members: Vec<(String, JsValue)> = Object::entries(request)
        .iter()
        .map(|member| Array::from(&member))
        .map(|member| (member.get(0).as_string().unwrap_or_default(), member.get(1)))
        .collect();
    if members.iter().any(|(name, value)| value.as_string().is_some_and(|text| is_read_there(name, &text))) {
        return vec![format!("--cli-input-json {}", quote(&json(request)))];
    }
    members.iter().map(|(name, value)| option(name, value)).collect()
}

/// Would the AWS CLI read it there, though nobody means it to?
fn is_read_there(name: &str, text: &str) -> bool {
    (name != "publicKeyMaterial" || text != PEM) && READ_THERE.iter().any(|begins| text.starts_with(begins))
}

fn option(name: &str, value: &JsValue) -> String {
    let name = format!("--{}", kebab(name));
    match value.as_bool() {
        Some(true) => name,
        Some(false) => name.replacen("--", "--no-", 1),
        // What begins with a hyphen would be read as another option.
        None if value.as_string().is_some_and(|text| text.starts_with('-')) => format!("{name}={}", argument(value)),
        None => format!("{name} {}", argument(value)),
    }
}

/// All that has parts is JSON: in the CLI's shorthand, `key@=file://…` is the file's content.
fn argument(value: &JsValue) -> String {
    quote(&value.as_string().unwrap_or_else(|| json(value)))
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

/// Can it stand in a shell without quotes?
fn bare(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./:@+-".contains(&byte))
}

/// For a POSIX shell: inside single quotes nothing is special but the quote itself.
pub(crate) fn quote(text: &str) -> String {
    if bare(text) { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// The CLI's name of an operation or a member: `CreateChannel` is `create-channel`.
pub(super) fn kebab(operation: &str) -> String {
    let mut name = String::with_capacity(operation.len() + 4);
    for letter in operation.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// The command, to be copied.
pub(crate) fn command<R: Call>(scope: &Scope, request: &R) -> String {
    line(R::OPERATION, scope, &api::write(request))
}

/// The same of a request that is JSON already.
pub(crate) fn line(operation: Operation, scope: &Scope, json: &str) -> String {
    Command::of(operation, scope, json).text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_read_is_quoted() {
        assert_eq!(quote("finals-stage-2"), "finals-stage-2");
        assert_eq!(quote("it's; rm -rf /"), r"'it'\''s; rm -rf /'");
        assert_eq!(quote(""), "''");
        assert_eq!(quote("$(id)"), "'$(id)'");
    }

    #[test]
    fn what_the_cli_would_read_elsewhere_is_no_option() {
        for text in ["file:///etc/passwd", "file://public.pem", "fileb://x", "http://example.com", "https://example.com/x"] {
            assert!(is_read_there("metadata", text), "{text}");
        }
        for text in ["finals", "", "-file://x", " file://x", "see file://x", "arn:aws:ivs:eu-west-1:123456789012:channel/x"] {
            assert!(!is_read_there("metadata", text), "{text}");
        }
        // There the file is meant.
        assert!(!is_read_there("publicKeyMaterial", PEM) && is_read_there("publicKeyMaterial", "file:///etc/passwd"));
    }

    #[test]
    fn operations_have_the_clis_names() {
        assert_eq!(kebab("BatchGetStreamKey"), "batch-get-stream-key");
        assert_eq!(kebab("ListTagsForResource"), "list-tags-for-resource");
    }

    #[test]
    fn the_cli_lacks_the_failover_slates() {
        let lacking: Vec<&str> = Operation::ALL.iter().filter(|operation| !known(**operation)).map(|operation| operation.name()).collect();
        assert_eq!(lacking.len(), 5, "{lacking:?}");
    }
}
