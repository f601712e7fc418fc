//! From an entry to a row and back, and what a row's hash covers.

use super::entry::{Actor, Decision, Ending, Intent, IntentId, Kind};
use super::error::JournalError;
use contract::Code;
use contract::access::{Grant, Rights, Role};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, Row as _};
use uuid::Uuid;

/// A value of the database.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// The columns of a row in the order of the table, `hash` left out.
pub(crate) type Cells = Vec<(&'static str, Cell)>;

/// The canonical form: a name of its own, then of each column its name and its value, each with its length before it, so
/// that no two rows have the same bytes.
pub(crate) struct Canonical(Sha256);

impl Canonical {
    pub(crate) fn new() -> Self {
        Self(Sha256::new_with_prefix(b"tally.journal.1\n"))
    }

    pub(crate) fn add(&mut self, name: &str, cell: &Cell) {
        self.part(b'n', name.as_bytes());
        match cell {
            Cell::Null => self.part(b'-', &[]),
            Cell::Int(number) => self.part(b'i', &number.to_be_bytes()),
            Cell::Text(text) => self.part(b't', text.as_bytes()),
            Cell::Blob(bytes) => self.part(b'b', bytes),
        }
    }

    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.0.update([kind]);
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub(crate) fn hash(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Where a row stands: the last one before it, and when it is written by whom.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) seq: i64,
    pub(crate) chain: Uuid,
    pub(crate) prev_hash: [u8; 32],
    pub(crate) id: Uuid,
    pub(crate) at: i64,
    pub(crate) replica: Uuid,
}

/// What a row tells, next to its place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Told<'a> {
    Intent(&'a Intent),
    Event(&'a Intent, &'a Decision),
    /// The intent it ends, with what the intent's row says of itself.
    Outcome(&'a Intended, &'a Ending),
}

/// The members that an outcome shares with its intent.
#[derive(Clone, Debug)]
pub(crate) struct Intended {
    pub(crate) id: IntentId,
    pub(crate) kind: String,
    pub(crate) request_id: String,
    pub(crate) operation: String,
}

/// All columns but `hash`, in the order of the table.
pub(crate) fn cells(place: &Place, told: Told<'_>) -> Cells {
    let mut cells = vec![
        ("seq", Cell::Int(place.seq)),
        ("form", Cell::Int(1)),
        ("chain", text(place.chain)),
        ("prev_hash", Cell::Blob(place.prev_hash.to_vec())),
        ("id", text(place.id)),
        ("at", Cell::Int(place.at)),
        ("replica", text(place.replica)),
        ("build", text(env!("CARGO_PKG_VERSION"))),
    ];
    match told {
        Told::Intent(intent) => {
            cells.extend([("phase", text("intent")), ("kind", text(intent.kind.as_str())), ("intent", Cell::Null)]);
            cells.push(("request_id", text(&intent.request_id)));
            asked(&mut cells, intent, &intent.operation, &intent.targets, intent.after.as_ref());
            ended(&mut cells, None, &Decision::Allowed);
        }
        Told::Event(event, decision) => {
            cells.extend([("phase", text("event")), ("kind", text(event.kind.as_str())), ("intent", Cell::Null)]);
            cells.push(("request_id", text(&event.request_id)));
            asked(&mut cells, event, &event.operation, &event.targets, event.after.as_ref());
            ended(&mut cells, None, decision);
        }
        Told::Outcome(intended, ending) => {
            cells.extend([("phase", text("outcome")), ("kind", text(&intended.kind)), ("intent", text(intended.id))]);
            cells.push(("request_id", text(&intended.request_id)));
            asked(&mut cells, None, &intended.operation, &ending.targets, ending.after.as_ref());
            ended(&mut cells, Some(ending), &Decision::Allowed);
        }
    }
    cells
}

fn asked<'a>(cells: &mut Cells, intent: impl Into<Option<&'a Intent>>, operation: &str, targets: &[String], after: Option<&Value>) {
    let intent = intent.into();
    let actor = intent.map(|intent| &intent.actor);
    let said = |value: Option<&String>| value.map_or(Cell::Null, text);
    cells.extend([
        ("actor_mode", said(actor.map(|actor| &actor.mode))),
        ("actor_issuer", said(actor.and_then(|actor| actor.issuer.as_ref()))),
        ("actor_subject", said(actor.map(|actor| &actor.subject))),
        ("actor_display", said(actor.map(|actor| &actor.display))),
        ("actor_session", said(actor.and_then(|actor| actor.session_hash.as_ref()))),
        ("actor_roles", actor.and_then(|actor| actor.rights.as_ref()).map_or(Cell::Null, |rights| json(&roles(rights)))),
        ("client_ip", intent.and_then(|intent| intent.client_ip).map_or(Cell::Null, text)),
        ("user_agent", said(intent.and_then(|intent| intent.user_agent.as_ref()).map(|agent| cut(agent)).as_ref())),
        ("operation", text(operation)),
        ("permission", intent.and_then(|intent| intent.permission).map_or(Cell::Null, |permission| text(word(&permission)))),
        ("rule", said(intent.and_then(|intent| intent.rule.as_ref()))),
        ("account", said(intent.and_then(|intent| intent.account.as_ref()))),
        ("region", said(intent.and_then(|intent| intent.region.as_ref()))),
        ("targets", json(targets)),
        ("params", json(&intent.map_or(&Value::Null, |intent| &intent.params))),
        ("precondition", said(intent.and_then(|intent| intent.precondition.as_ref()))),
        ("before", intent.and_then(|intent| intent.before.as_ref()).map_or(Cell::Null, json)),
        ("after", after.map_or(Cell::Null, json)),
        ("secret_fingerprint", said(intent.and_then(|intent| intent.secret_fingerprint.as_ref()))),
        ("reason", said(intent.and_then(|intent| intent.reason.as_ref()))),
        ("key", said(intent.and_then(|intent| intent.key.as_ref()))),
        ("body_hash", intent.and_then(|intent| intent.body_hash).map_or(Cell::Null, |hash| Cell::Blob(hash.to_vec()))),
    ]);
}

fn ended(cells: &mut Cells, ending: Option<&Ending>, decision: &Decision) {
    let (decision, denied) = match decision {
        Decision::Allowed => ("allowed", None),
        Decision::Denied { code, message } => ("denied", Some((code, message))),
    };
    let code = denied.map(|(code, _)| code).or_else(|| ending.and_then(|ending| ending.code.as_ref()));
    let message = denied.map(|(_, message)| message).or_else(|| ending.and_then(|ending| ending.message.as_ref()));
    cells.extend([
        ("decision", text(decision)),
        ("outcome", ending.map_or(Cell::Null, |ending| text(word(&ending.outcome)))),
        ("reconciled", Cell::Int(ending.is_some_and(|ending| ending.reconciled).into())),
        ("code", code.map_or(Cell::Null, text)),
        ("message", message.map_or(Cell::Null, text)),
        ("aws_request_ids", json(ending.map_or(&[][..], |ending| &ending.aws_request_ids))),
        ("attempts", Cell::Int(ending.map_or(0, |ending| ending.attempts).into())),
        ("millis", Cell::Int(ending.map_or(0, |ending| ending.millis.min(i64::MAX as u64).cast_signed()))),
        ("result", ending.and_then(|ending| ending.result.as_ref()).map_or(Cell::Null, json)),
    ]);
}

/// The statement that writes these columns and the hash.
pub(crate) fn insert(cells: &Cells) -> String {
    let names: Vec<&str> = cells.iter().map(|(name, _)| *name).chain(["hash"]).collect();
    let values: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    format!("INSERT INTO journal ({}) VALUES ({})", names.join(", "), values.join(", "))
}

pub(crate) fn bind<'q>(
    query: sqlx::query::Query<'q, Any, AnyArguments>,
    name: &str,
    cell: Cell,
) -> sqlx::query::Query<'q, Any, AnyArguments> {
    match cell {
        // A server wants to know of what kind the value is that is not there.
        Cell::Null if name == "body_hash" => query.bind(None::<Vec<u8>>),
        Cell::Null => query.bind(None::<String>),
        Cell::Int(number) => query.bind(number),
        Cell::Text(text) => query.bind(text),
        Cell::Blob(bytes) => query.bind(bytes),
    }
}

/// Reads an intent's own columns.
pub(crate) fn intent(row: &AnyRow) -> Result<Intent, JournalError> {
    let kind: String = get(row, "kind")?;
    let kinds = [Kind::Change, Kind::Secret, Kind::Auth, Kind::Authz, Kind::Config, Kind::Admin];
    Ok(Intent {
        kind: kinds.into_iter().find(|known| known.as_str() == kind).ok_or_else(|| JournalError::Unreadable(format!("kind {kind}")))?,
        request_id: get(row, "request_id")?,
        actor: Actor {
            mode: get(row, "actor_mode")?,
            issuer: get(row, "actor_issuer")?,
            subject: get(row, "actor_subject")?,
            display: get(row, "actor_display")?,
            session_hash: get(row, "actor_session")?,
            rights: get_json::<Vec<String>>(row, "actor_roles")?.map(|roles| rights(&roles)).transpose()?,
        },
        client_ip: get::<Option<String>>(row, "client_ip")?.and_then(|ip| ip.parse().ok()),
        user_agent: get(row, "user_agent")?,
        operation: get(row, "operation")?,
        permission: get::<Option<String>>(row, "permission")?.map(|word| parsed(&word)).transpose()?,
        rule: get(row, "rule")?,
        account: get(row, "account")?,
        region: get(row, "region")?,
        targets: get_json(row, "targets")?.unwrap_or_default(),
        params: get_json(row, "params")?.unwrap_or_default(),
        precondition: get(row, "precondition")?,
        before: get_json(row, "before")?,
        after: get_json(row, "after")?,
        secret_fingerprint: get(row, "secret_fingerprint")?,
        reason: get(row, "reason")?,
        key: get(row, "key")?,
        body_hash: get::<Option<Vec<u8>>>(row, "body_hash")?.and_then(|hash| hash.try_into().ok()),
    })
}

/// Reads an outcome's own columns.
pub(crate) fn ending(row: &AnyRow) -> Result<Ending, JournalError> {
    Ok(Ending {
        outcome: parsed(&get::<String>(row, "outcome")?)?,
        reconciled: get::<i64>(row, "reconciled")? != 0,
        code: get::<Option<String>>(row, "code")?.map(|code| Code::from(code.as_str())),
        message: get(row, "message")?,
        aws_request_ids: get_json(row, "aws_request_ids")?.unwrap_or_default(),
        attempts: u32::try_from(get::<i64>(row, "attempts")?).unwrap_or(u32::MAX),
        millis: get::<i64>(row, "millis")?.cast_unsigned(),
        targets: get_json(row, "targets")?.unwrap_or_default(),
        after: get_json(row, "after")?,
        result: get_json(row, "result")?,
    })
}

pub(crate) fn get<'r, T: sqlx::Decode<'r, Any> + sqlx::Type<Any>>(row: &'r AnyRow, name: &str) -> Result<T, JournalError> {
    row.try_get(name).map_err(JournalError::reading)
}

pub(crate) fn get_json<T: DeserializeOwned>(row: &AnyRow, name: &str) -> Result<Option<T>, JournalError> {
    get::<Option<String>>(row, name)?.map(|text| serde_json::from_str(&text).map_err(JournalError::reading)).transpose()
}

/// Reads one of the contract's words: a role, a permission, an outcome.
pub(crate) fn parsed<T: DeserializeOwned>(word: &str) -> Result<T, JournalError> {
    serde_json::from_value(Value::String(word.to_owned())).map_err(JournalError::reading)
}

/// One of the contract's words, as it goes over the wire.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(), // cannot be: our words serialise
    }
}

#[expect(clippy::needless_pass_by_value, reason = "two dozen calls read better, and nothing large is passed")]
fn text(value: impl ToString) -> Cell {
    // PostgreSQL takes no text with a zero in it.
    Cell::Text(value.to_string().replace('\0', "\u{fffd}"))
}

fn json<T: Serialize + ?Sized>(value: &T) -> Cell {
    // Values and lists of strings always serialise.
    Cell::Text(serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()))
}

/// At most 200 bytes, whole characters.
pub(crate) fn cut(agent: &str) -> String {
    agent[..agent.floor_char_boundary(200)].to_owned()
}

/// The role first, if there is one, then the grants.
pub(crate) fn roles(rights: &Rights) -> Vec<&'static str> {
    rights.role.iter().map(|role| role.as_str()).chain(rights.grants.iter().map(|grant| grant.as_str())).collect()
}

fn rights(roles: &[String]) -> Result<Rights, JournalError> {
    let role = roles.first().and_then(|role| parsed::<Role>(role).ok());
    let grants = roles.iter().skip(usize::from(role.is_some()));
    Ok(Rights { role, grants: grants.map(|grant| parsed::<Grant>(grant)).collect::<Result<_, _>>()? })
}
