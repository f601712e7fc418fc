//! From what was said in three places to one configuration, remembering who said what. What cannot be read or is not in the
//! table becomes a finding, and the default stands in for it, so that the rest is checked all the same.

use super::keys::{KEYS, Key, Kind, Tables};
use super::{Config, Finding};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use toml::{Table, Value};

/// What was said, weakest first.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The file, by path and text.
    pub file: Option<(String, String)>,
    /// The environment; only `TALLY_…` counts.
    pub env: BTreeMap<String, String>,
    /// The flags, by key and value.
    pub flags: Vec<(&'static str, String)>,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody.
    Default,
    /// The file of this path.
    File(String),
    /// This variable of the environment.
    Environment(String),
    /// This flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => f.write_str(path),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag(flag) => write!(f, "--{flag}"),
        }
    }
}

/// The variable that names the file; all other `TALLY_…` are keys.
pub const FILE_VARIABLE: &str = "TALLY_CONFIG";

/// What holds, key by key.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) values: BTreeMap<&'static str, (Value, Origin)>,
    findings: Vec<Finding>,
}

/// Lays the three over the defaults.
pub(super) fn merge(sources: &Sources) -> Merged {
    let mut merged = Merged { values: BTreeMap::new(), findings: Vec::new() };
    for key in KEYS.iter().filter(|key| !key.default.is_empty()) {
        merged.put(key, literal(key.default), Origin::Default);
    }
    if let Some((path, text)) = &sources.file {
        match text.parse::<Table>() {
            Ok(table) => merged.file(path, "", &table),
            Err(error) => merged.findings.push(Finding::new(path, error.to_string().trim_end(), "Correct the file: it is TOML.")),
        }
    }
    for (variable, text) in sources.env.iter().filter(|(name, _)| name.starts_with("TALLY_") && *name != FILE_VARIABLE) {
        match KEYS.iter().find(|key| key.variable() == *variable) {
            Some(key) => merged.put(key, parse(key.kind, text), Origin::Environment(variable.clone())),
            None => merged.findings.push(unknown(variable)),
        }
    }
    for (name, text) in &sources.flags {
        match KEYS.iter().find(|key| key.name == *name) {
            Some(key) => merged.put(key, parse(key.kind, text), Origin::Flag(key.flag())),
            None => merged.findings.push(unknown(name)),
        }
    }
    merged
}

impl Merged {
    /// The members of a table of the file; `within` is its name and a dot.
    fn file(&mut self, path: &str, within: &str, table: &Table) {
        for (member, value) in table {
            let name = format!("{within}{member}");
            let key = KEYS.iter().find(|key| key.name == name);
            let is_group = KEYS.iter().any(|key| key.name.strip_prefix(&*name).is_some_and(|rest| rest.starts_with('.')));
            match (key, value) {
                (Some(key), value) => self.put(key, Ok(value.clone()), Origin::File(path.to_owned())),
                (None, Value::Table(group)) if is_group => self.file(path, &format!("{name}."), group),
                (None, _) => self.findings.push(unknown(&name)),
            }
        }
    }

    fn put(&mut self, key: &'static Key, value: Result<Value, String>, origin: Origin) {
        match value.and_then(|value| fits(key, value, &mut self.findings)) {
            Ok(value) => drop(self.values.insert(key.name, (value, origin))),
            Err(reason) => {
                let said = if origin == Origin::Default { String::new() } else { format!(" (said by {origin})") };
                self.findings.push(Finding::new(key.name, format!("{reason}{said}"), fix(key)));
            }
        }
    }

    /// The configuration that comes of it, and everything that was wrong on the way.
    pub(super) fn config(self) -> (Option<Config>, Vec<Finding>) {
        let mut root = Table::new();
        for (name, (value, _)) in self.values {
            match name.split_once('.') {
                None => drop(root.insert(name.to_owned(), value)),
                Some((group, member)) => {
                    if let Value::Table(group) = root.entry(group).or_insert_with(|| Value::Table(Table::new())) {
                        group.insert(member.to_owned(), value);
                    }
                }
            }
        }
        let mut findings = self.findings;
        match Config::deserialize(Value::Table(root)) {
            Ok(config) => (Some(config), findings),
            Err(error) => {
                findings.push(Finding::new(
                    "configuration",
                    error.to_string(),
                    "The keys and their values are listed in docs/configuration.md.",
                ));
                (None, findings)
            }
        }
    }
}

/// What would be taken instead.
fn fix(key: &Key) -> String {
    let instead = if key.default.is_empty() { String::new() } else { format!(", or leave it out for {}", key.default) };
    format!("Give {}{instead}. {}", key.kind, key.meaning)
}

fn unknown(name: &str) -> Finding {
    Finding::new(
        name,
        "There is no such key. A misspelt one would silently leave its default in force.",
        "Remove it, or write it as docs/configuration.md has it.",
    )
}

fn literal(toml: &str) -> Result<Value, String> {
    let mut table: Table = format!("value = {toml}").parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    table.remove("value").ok_or_else(|| "There is no value.".to_owned())
}

/// A value as written in the environment or behind a flag.
fn parse(kind: Kind, text: &str) -> Result<Value, String> {
    match kind {
        Kind::Text | Kind::Address | Kind::Path | Kind::OneOf(_) => Ok(Value::String(text.to_owned())),
        // What is no number is shown as it was written, and refused as that.
        Kind::Flag | Kind::Seconds | Kind::Days => Ok(literal(text).unwrap_or_else(|_| Value::String(text.to_owned()))),
        Kind::Tables(_) => literal(text),
        Kind::List | Kind::SomeText | Kind::SomeOf(_) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Ok(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
        }
    }
}

/// Is the value what its key asks for? Of the accounts, those that are not are left out, each with its findings.
fn fits(key: &Key, value: Value, findings: &mut Vec<Finding>) -> Result<Value, String> {
    let good = match (key.kind, &value) {
        (Kind::Text | Kind::Path, Value::String(text)) => !text.is_empty(),
        (Kind::Address, Value::String(text)) => text.parse::<SocketAddr>().is_ok(),
        (Kind::Flag, Value::Boolean(_)) => true,
        (Kind::Seconds, Value::Integer(seconds)) => (1..=86_400).contains(seconds),
        (Kind::Days, Value::Integer(days)) => (1..=36_500).contains(days),
        (Kind::OneOf(words), Value::String(text)) => words.contains(&&**text),
        (Kind::List, Value::Array(items)) => items.iter().all(|item| item.as_str().is_some_and(|text| !text.is_empty())),
        (Kind::SomeText, Value::Array(items)) => {
            !items.is_empty() && items.iter().all(|item| item.as_str().is_some_and(|text| !text.is_empty()))
        }
        (Kind::SomeOf(words), Value::Array(items)) => items.iter().all(|item| item.as_str().is_some_and(|text| words.contains(&text))),
        (Kind::Tables(tables), Value::Array(items)) => {
            let good = |(place, item): (usize, &Value)| table(key.name, tables, place, item, findings).then(|| item.clone());
            return Ok(Value::Array(items.iter().enumerate().filter_map(good).collect()));
        }
        (_, _) => false,
    };
    if good { Ok(value) } else { Err(format!("{value} is not {}.", key.kind)) }
}

fn table(list: &str, tables: &Tables, place: usize, item: &Value, findings: &mut Vec<Finding>) -> bool {
    let before = findings.len();
    let Value::Table(members) = item else {
        findings.push(Finding::new(
            format!("{list}[{place}]"),
            format!("{item} is not {}.", tables.one),
            format!("Write it as [[{list}]] with {}.", tables.required.join(" and ")),
        ));
        return false;
    };
    for (name, value) in members {
        let path = format!("{list}[{place}].{name}");
        match tables.keys.iter().find(|key| key.name == name) {
            None => findings.push(unknown(&path)),
            Some(key) => {
                if let Err(reason) = fits(key, value.clone(), findings) {
                    findings.push(Finding::new(path, reason, fix(key)));
                }
            }
        }
    }
    for required in tables.required.iter().filter(|name| !members.contains_key(**name)) {
        let all = tables.required.join(" and ");
        findings.push(Finding::new(format!("{list}[{place}].{required}"), "It is missing.", format!("Give {} {all}.", tables.one)));
    }
    findings.len() == before
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Address => f.write_str("an IP address and a port, such as 127.0.0.1:4500"),
            Self::Path => f.write_str("a path"),
            Self::Flag => f.write_str("true or false"),
            Self::Seconds => f.write_str("a whole number of seconds from 1 to 86400"),
            Self::Days => f.write_str("a whole number of days from 1 to 36500"),
            Self::List => f.write_str("a list of text"),
            Self::SomeText => f.write_str("a list of text that is not empty"),
            Self::OneOf(words) => write!(f, "one of {}", words.join(", ")),
            Self::SomeOf(words) => write!(f, "a list of any of {}", words.join(", ")),
            Self::Tables(tables) => write!(f, "a list of {}", tables.all),
        }
    }
}
