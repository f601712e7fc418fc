//! The request as JSON, as `--cli-input-json` and the SDKs take it.

use super::cli;
use super::code::{Code, member, quoted, text};
use super::kind::PEM;
use crate::api::{Json, Scope};
use contract::Operation;

/// The request.
pub(super) fn code(operation: Operation, scope: &Scope, request: &Json) -> Code {
    let (name, region) = (operation.name(), &scope.region);
    let command = cli::kebab(name);
    let unknown = cli::UNKNOWN_TO_THE_CLI.into_iter().find(|unknown| member(request, unknown).is_some());
    let mut notes = vec![match (cli::known(operation), unknown) {
        (false, _) => format!("For {name} of an AWS SDK in {region}: today's AWS CLI does not know it."),
        (true, Some(member)) => format!("For {name} of an AWS SDK in {region}: today's AWS CLI does not know {member}."),
        (true, None) => format!("For aws ivs {command} --cli-input-json file://request.json, or {name} of an AWS SDK, in {region}."),
    }];
    if text(request, "publicKeyMaterial") == Some(PEM) {
        notes.push("IVS does not give a public key back: put its PEM in place of the dots. A file is not read from here.".to_owned());
    }
    // Inside JSON the AWS CLI takes the name of a file for the key itself.
    let material = |text: &str| format!("{}: {}", quoted("publicKeyMaterial"), quoted(text));
    Code { text: pretty(request).replace(&material(PEM), &material(PLACE)), notes }
}

/// Where the public key of a pair goes.
const PLACE: &str = "-----BEGIN PUBLIC KEY-----\n…\n-----END PUBLIC KEY-----\n";

/// Any JSON, a member a line.
pub(crate) fn pretty(value: &Json) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Json, depth: usize, to: &mut String) {
    match value {
        Json::Null | Json::Broken => to.push_str("null"),
        Json::Bool(yes) => to.push_str(if *yes { "true" } else { "false" }),
        Json::Whole(number) => to.push_str(&number.to_string()),
        Json::Text(text) => to.push_str(&quoted(text)),
        Json::List(items) => {
            let write_item = |item: &Json, to: &mut String| write(item, depth + 1, to);
            block(['[', ']'], items, depth, to, write_item);
        }
        Json::Object(members) => {
            let write_member = |(name, value): &(String, Json), to: &mut String| {
                to.push_str(&quoted(name));
                to.push_str(": ");
                write(value, depth + 1, to);
            };
            block(['{', '}'], members, depth, to, write_member);
        }
    }
}

/// Each item on a line of its own; nothing between the brackets where there are none.
fn block<T>([open, close]: [char; 2], items: &[T], depth: usize, to: &mut String, write: impl Fn(&T, &mut String)) {
    to.push(open);
    for (index, item) in items.iter().enumerate() {
        to.push_str(if index == 0 { "\n" } else { ",\n" });
        to.push_str(&"  ".repeat(depth + 1));
        write(item, to);
    }
    if !items.is_empty() {
        to.push('\n');
        to.push_str(&"  ".repeat(depth));
    }
    to.push(close);
}
