//! The same as Terraform: HCL for the provider hashicorp/aws.

use super::code::{Code, keep, lacks, quoted, text, words};
use super::kind::{Kind, PEM};
use crate::api::{Json, Scope};
use std::fmt::Write as _;

const TOOL: &str = "The provider hashicorp/aws";

/// The shortest interval of thumbnails, in seconds, that the provider takes; IVS takes one of 1.
const SHORTEST: i64 = 5;

/// The resource; with the ARN of one that is there, the block that imports it.
pub(super) fn code(kind: &Kind, scope: &Scope, request: Json, arn: Option<&str>) -> Code {
    let Some(resource) = &kind.terraform else {
        let other = kind.cloudformation.as_ref().map(|other| {
            let name = other.name.replace("AWS::IVS::", "");
            format!(" The provider hashicorp/awscc, which is made from CloudFormation, has awscc_ivs_{}.", snake(&name))
        });
        return Code::none(format!("{TOOL} has no resource for {}.{}", kind.many(), other.unwrap_or_default()));
    };
    let mut left_out = Vec::new();
    let mut request = keep(request, "", resource.members, &mut left_out);
    let mut notes: Vec<String> = lacks(TOOL, &left_out).into_iter().collect();
    notes.extend(thumbnails(&mut request));
    notes.push("region is an argument of resources since version 6 of the provider.".to_owned());
    let label = label(text(&request, "name").unwrap_or_default(), kind.one());
    let mut block = Block { attributes: vec![("region".to_owned(), string(&scope.region))], ..Block::default() };
    block.read(&request);
    if text(&request, "publicKeyMaterial") == Some(PEM) {
        notes.push("IVS does not give a public key back: put its PEM at public.pem. The lifecycle keeps one that is imported from being replaced for it.".to_owned());
        let ignored = Block { attributes: vec![("ignore_changes".to_owned(), "[public_key]".to_owned())], ..Block::default() };
        block.blocks.push(("lifecycle".to_owned(), ignored));
    }
    let mut text = block.text(&format!("resource \"{}\" \"{label}\"", resource.name), 0);
    if let Some(arn) = arn {
        let to = ("to".to_owned(), format!("{}.{label}", resource.name));
        let import = Block { attributes: vec![to, ("id".to_owned(), string(arn))], ..Block::default() };
        text.push_str("\n\n");
        text.push_str(&import.text("import", 0));
    }
    Code { text, notes }.commented()
}

/// What the provider refuses of thumbnails though IVS takes it.
fn thumbnails(request: &mut Json) -> Option<String> {
    let Json::Object(members) = request else { return None };
    let (_, Json::Object(thumbnails)) = members.iter_mut().find(|(name, _)| name == "thumbnailConfiguration")? else { return None };
    let off = thumbnails.iter().any(|(name, value)| name == "recordingMode" && matches!(value, Json::Text(mode) if mode == "DISABLED"));
    if off {
        thumbnails.retain(|(name, _)| name != "targetIntervalSeconds");
        return Some("The provider has refused to create one whose thumbnails are DISABLED: it takes an interval for given.".to_owned());
    }
    let short =
        |(name, value): &(String, Json)| name == "targetIntervalSeconds" && matches!(value, Json::Whole(seconds) if *seconds < SHORTEST);
    thumbnails.iter().any(short).then(|| format!("The provider has refused a target_interval_seconds below {SHORTEST}, which IVS takes."))
}

/// What stands between two braces.
#[derive(Default)]
struct Block {
    /// Name and value, each a line.
    attributes: Vec<(String, String)>,
    /// Tags and blocks in it.
    maps: Vec<(String, Vec<(String, String)>)>,
    blocks: Vec<(String, Block)>,
}

impl Block {
    fn read(&mut self, object: &Json) {
        let Json::Object(members) = object else { return };
        for (name, value) in members {
            let name = if name == "publicKeyMaterial" { "public_key".to_owned() } else { snake(name) };
            match value {
                Json::Object(tags) if name == "tags" => {
                    let tag = |(key, value): &(String, Json)| (string(key), scalar(value));
                    self.maps.push((name, tags.iter().map(tag).collect()));
                }
                Json::Object(_) => {
                    let mut inner = Self::default();
                    inner.read(value);
                    self.blocks.push((name, inner));
                }
                other @ (Json::List(_) | Json::Text(_) | Json::Bool(_) | Json::Whole(_) | Json::Null | Json::Broken) => {
                    self.attributes.push((name, scalar(other)));
                }
            }
        }
    }

    /// As `terraform fmt` would have it.
    fn text(&self, head: &str, depth: usize) -> String {
        let indent = "  ".repeat(depth);
        let mut parts = Vec::new();
        if !self.attributes.is_empty() {
            parts.push(aligned(&self.attributes, depth + 1));
        }
        for (name, pairs) in &self.maps {
            parts.push(format!("{indent}  {name} = {{\n{}{indent}  }}\n", aligned(pairs, depth + 2)));
        }
        parts.extend(self.blocks.iter().map(|(name, block)| block.text(&format!("{indent}  {name}"), depth + 1) + "\n"));
        format!("{head} {{\n{}{indent}}}", parts.join("\n"))
    }
}

fn aligned(pairs: &[(String, String)], depth: usize) -> String {
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let mut lines = String::new();
    for (name, value) in pairs {
        // Writing to a text does not fail.
        let _written = writeln!(lines, "{}{name:width$} = {value}", "  ".repeat(depth));
    }
    lines
}

fn scalar(value: &Json) -> String {
    match value {
        Json::Text(text) if text == PEM => "file(\"public.pem\")".to_owned(),
        Json::Text(text) => string(text),
        Json::Bool(yes) => yes.to_string(),
        Json::Whole(number) => number.to_string(),
        Json::List(items) => format!("[{}]", items.iter().map(scalar).collect::<Vec<_>>().join(", ")),
        Json::Object(_) | Json::Null | Json::Broken => "null".to_owned(),
    }
}

/// A text of HCL: `${` and `%{`, which would begin a template, are written so that they do not.
pub(super) fn string(text: &str) -> String {
    let quoted = quoted(text);
    let mut string = String::with_capacity(quoted.len());
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        let begins = matches!(letter, '$' | '%') && letters.peek() == Some(&'{');
        match (begins, letter) {
            // Three of them in a row would be read as one, and the beginning of a template.
            (true, '$') if string.ends_with('$') => string.push_str("\\u0024"),
            (true, '%') if string.ends_with('%') => string.push_str("\\u0025"),
            (true, letter) => string.extend([letter, letter]),
            (false, letter) => string.push(letter),
        }
    }
    string
}

/// `recordingMode` is `recording_mode`.
fn snake(member: &str) -> String {
    let mut name = String::with_capacity(member.len() + 4);
    for letter in member.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// An identifier from a name: small letters, digits and underscores, a letter first.
pub(super) fn label(name: &str, kind: &str) -> String {
    let joined = |name: &str| words(name).collect::<Vec<_>>().join("_").to_ascii_lowercase();
    let label = joined(name);
    match label.chars().next() {
        None => joined(kind),
        Some(first) if first.is_ascii_digit() => format!("{}_{label}", joined(kind)),
        Some(_) => label,
    }
}
