//! A journal to write to, and another hand on its file.

use backend::journal::{Actor, Ending, Intent, Journal, Keys, Visibility};
use contract::access::{Grant, Permission, Rights, Role};
use contract::call::Outcome;
use contract::journal::ListJournal;
use serde_json::json;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use std::path::{Path, PathBuf};

pub(crate) const CHANNEL: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdefABCDEF";

pub(crate) fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state").join("journal.sqlite3");
    (folder, path)
}

pub(crate) fn delete_channel(subject: &str) -> Intent {
    Intent {
        request_id: "0198-request".to_owned(),
        actor: Actor {
            mode: "none".to_owned(),
            issuer: Some("https://id.example".to_owned()),
            subject: subject.to_owned(),
            display: "Ada".to_owned(),
            session_hash: Some("5e55".to_owned()),
            rights: Some(Rights { role: Some(Role::Admin), grants: vec![Grant::SecretReader, Grant::Auditor] }),
        },
        client_ip: Some("127.0.0.1".parse().unwrap()),
        user_agent: Some("é".repeat(150)),
        operation: "DeleteChannel".to_owned(),
        permission: Some(Permission::Manage),
        rule: Some("admin".to_owned()),
        account: Some("main".to_owned()),
        region: Some("eu-west-1".to_owned()),
        targets: vec![CHANNEL.to_owned()],
        params: json!({"arn": CHANNEL}),
        precondition: Some("w/1".to_owned()),
        before: Some(json!({"name": "old"})),
        after: Some(json!(null)),
        secret_fingerprint: Some("0011223344556677".to_owned()),
        reason: Some("No longer\nused\u{202e}".to_owned()),
        ..Intent::default()
    }
}

pub(crate) fn done() -> Ending {
    Ending {
        aws_request_ids: vec!["aws-1".to_owned(), "aws-2".to_owned()],
        attempts: 2,
        millis: 41,
        after: Some(json!({"name": "new"})),
        result: Some(json!({"response": {}})),
        ..Ending::of(Outcome::Done)
    }
}

/// A key as `openssl genpkey -algorithm ed25519` makes it, in a file.
pub(crate) fn key() -> (tempfile::NamedTempFile, Keys) {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pair.serialize_pem()).unwrap();
    let keys = Keys::read(file.path()).unwrap();
    (file, keys)
}

pub(crate) async fn raw(path: &Path) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let mut raw = AnyConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    run(&mut raw, "PRAGMA foreign_keys = OFF").await.unwrap();
    raw
}

pub(crate) async fn run(connection: &mut AnyConnection, sql: &str) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query(AssertSqlSafe(sql)).execute(connection).await?.rows_affected())
}

pub(crate) async fn all(journal: &Journal) -> Vec<contract::journal::JournalEntry> {
    journal.list(&ListJournal::default(), &Visibility::Everyone).await.unwrap().entries
}
