//! A call as a command: the `aws ivs …` that does the same, one option a line, ready to be pasted into a shell.

use crate::api::{self, Scope};
use crate::shared::session;
use contract::{Call, Operation};
use js_sys::{Array, JSON, Object, Reflect};
use web_sys::wasm_bindgen::JsValue;

/// What the AWS CLI does not know yet, though the SDKs do (`docs/ivs-behaviour.md` 8: it carries an older model).
pub(super) const UNKNOWN_TO_THE_CLI: [&str; 3] = ["failoverSlateConfigurationArn", "adBreakId", "targetStartAt"];

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
        let members = JSON::parse(json).map(|value| Object::entries(&Object::from(value))).unwrap_or_default();
        for member in members.iter() {
            let member = Array::from(&member);
            let name = member.get(0).as_string().unwrap_or_default();
            if UNKNOWN_TO_THE_CLI.contains(&name.as_str()) {
                note = Some(format!("Today's AWS CLI does not know {name}, so it is left out here. The AWS SDKs do."));
            } else {
                options.push(option(&name, &member.get(1)));
            }
        }
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

fn argument(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        return quote(&text);
    }
    if value.is_object() && !Array::is_array(value) {
        let keys = Object::keys(&Object::from(value.clone()));
        let pairs = keys.iter().map(|key| {
            let inner = Reflect::get(value, &key).unwrap_or(JsValue::NULL);
            let plain = inner.as_string().or_else(|| inner.as_bool().map(|on| on.to_string()))?;
            Some((key.as_string()?, plain))
        });
        if let Some(pairs) = pairs.collect::<Option<Vec<_>>>().filter(|pairs| pairs.iter().all(|(key, value)| bare(key) && bare(value))) {
            return pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(",");
        }
    }
    quote(&JSON::stringify(value).map(String::from).unwrap_or_default())
}

/// Can it stand in the CLI's shorthand and in a shell without quotes?
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
