//! The journal keeps what it is told, says what it cannot keep, and finds what was changed behind its back.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

use backend::error::Failure;
use backend::journal::{Actor, Decision, Ending, Intent, IntentId, Journal, JournalError, Kind, Visibility, verify_file};
use contract::Code;
use contract::access::{Grant, Permission, Rights, Role};
use contract::call::Outcome;
use contract::journal::ListJournal;
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

const CHANNEL: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdefABCDEF";

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state").join("journal.sqlite3");
    (folder, path)
}

fn delete_channel(subject: &str) -> Intent {
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

fn done() -> Ending {
    Ending {
        aws_request_ids: vec!["aws-1".to_owned(), "aws-2".to_owned()],
        attempts: 2,
        millis: 41,
        after: Some(json!({"name": "new"})),
        result: Some(json!({"response": {}})),
        ..Ending::of(Outcome::Done)
    }
}

async fn raw(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).foreign_keys(false).connect().await.unwrap()
}

async fn run(connection: &mut SqliteConnection, sql: &str) -> Result<u64, sqlx::Error> {
    Ok(sqlx::query(AssertSqlSafe(sql)).execute(connection).await?.rows_affected())
}

async fn all(journal: &Journal) -> Vec<contract::journal::JournalEntry> {
    journal.list(&ListJournal::default(), &Visibility::Everyone).await.unwrap().entries
}

#[tokio::test]
async fn an_intent_and_its_outcome_make_one_entry() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let id = journal.intent(&delete_channel("ada")).await.unwrap();
    let open = all(&journal).await.remove(0);
    assert_eq!((open.id.as_str(), open.outcome, open.attempts), (id.to_string().as_str(), None, 0));
    journal.outcome(id, &done()).await.unwrap();
    let entry = all(&journal).await.remove(0);
    assert_eq!((entry.kind.as_str(), entry.person.as_str(), entry.operation.as_str()), ("change", "Ada", "DeleteChannel"));
    assert_eq!((entry.account.as_deref(), entry.region.as_deref()), (Some("main"), Some("eu-west-1")));
    assert_eq!((entry.outcome, entry.request_id.as_deref(), entry.attempts, entry.millis), (Some(Outcome::Done), Some("aws-2"), 2, 41));
    assert_eq!(entry.targets, [CHANNEL]);
    assert!(entry.at > 1_700_000_000_000, "milliseconds since 1970");
}

#[tokio::test]
async fn what_was_asked_comes_back_whole_after_a_crash() {
    let (folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let mut intent = delete_channel("ada");
    let id = journal.intent(&intent).await.unwrap();
    let unknown = Ending { code: Some(Code::UpstreamTimeout), message: Some("No answer.".to_owned()), ..Ending::of(Outcome::Unknown) };
    let other = journal.intent(&intent).await.unwrap();
    journal.outcome(other, &unknown).await.unwrap();
    // What a process that is killed now leaves behind: the files as they are on the disk.
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for part in ["journal.sqlite3", "journal.sqlite3-wal"] {
        std::fs::copy(path.with_file_name(part), copy.join(part)).unwrap();
    }
    let after = Journal::open(&copy.join("journal.sqlite3")).await.unwrap();
    let open = after.unresolved().await.unwrap();
    assert!(open.iter().all(|open| open.left_behind));
    assert!(journal.unresolved().await.unwrap().iter().all(|open| !open.left_behind), "their own process is still there");
    intent.user_agent = Some("é".repeat(100)); // cut to 200 bytes
    assert_eq!(
        open.iter().map(|open| (open.id, &open.intent, &open.ending)).collect::<Vec<_>>(),
        [(id, &intent, &None), (other, &intent, &Some(unknown))]
    );
    after.outcome(id, &Ending { reconciled: true, ..done() }).await.unwrap();
    after.outcome(other, &Ending { reconciled: true, ..Ending::of(Outcome::Refused) }).await.unwrap();
    assert!(after.unresolved().await.unwrap().is_empty());
    assert!(after.ending_of(other).await.unwrap().unwrap().reconciled);
    assert!(after.verify().await.unwrap().good());
}

#[tokio::test]
async fn an_end_is_written_once() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let id = journal.intent(&delete_channel("ada")).await.unwrap();
    journal.outcome(id, &Ending::of(Outcome::Unknown)).await.unwrap();
    journal.outcome(id, &done()).await.unwrap();
    for late in [Outcome::Refused, Outcome::Unknown] {
        assert!(matches!(journal.outcome(id, &Ending::of(late)).await, Err(JournalError::NotOpen)), "{late:?}");
    }
    let nobody: IntentId = "0198c0de-0000-7000-8000-000000000000".parse().unwrap();
    assert!(matches!(journal.outcome(nobody, &done()).await, Err(JournalError::NotOpen)));
    assert_eq!(all(&journal).await[0].outcome, Some(Outcome::Done));
}

#[tokio::test]
async fn a_key_is_taken_once_by_each_person() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let keyed = |subject: &str, byte| Intent { key: Some("key-00001".to_owned()), body_hash: Some([byte; 32]), ..delete_channel(subject) };
    assert_eq!(journal.by_key("ada", "key-00001").await.unwrap(), None);
    let id = journal.intent(&keyed("ada", 1)).await.unwrap();
    let known = journal.by_key("ada", "key-00001").await.unwrap().unwrap();
    assert_eq!((known.intent, known.body_hash, known.ending), (id, [1; 32], None));
    assert!(matches!(journal.intent(&keyed("ada", 2)).await, Err(JournalError::KeyTaken)));
    journal.intent(&keyed("grace", 2)).await.unwrap();
    journal.outcome(id, &done()).await.unwrap();
    let replay = journal.by_key("ada", "key-00001").await.unwrap().unwrap().ending.unwrap();
    assert_eq!(replay, done());
    assert!(matches!(journal.intent(&Intent { body_hash: None, ..keyed("bob", 1) }).await, Err(JournalError::Unwritable(_))));
}

#[tokio::test]
async fn events_are_complete_by_themselves() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let sign_in = Intent { kind: Kind::Auth, operation: "SignIn".to_owned(), ..Intent::default() };
    let denied = Decision::Denied { code: Code::SignInRequired, message: "The launch token was used.".to_owned() };
    journal.event(&sign_in, &Decision::Allowed).await.unwrap();
    journal.event(&sign_in, &denied).await.unwrap();
    let told: Vec<_> = all(&journal).await.into_iter().map(|entry| (entry.kind, entry.outcome, entry.code)).collect();
    assert_eq!(
        told,
        [("auth".to_owned(), Some(Outcome::Refused), Some("SignInRequired".to_owned())), ("auth".to_owned(), Some(Outcome::Done), None)]
    );
    assert!(journal.unresolved().await.unwrap().is_empty());
}

#[tokio::test]
async fn pages_by_person_arn_and_state() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..7 {
        let subject = if n % 2 == 0 { "ada" } else { "grace" };
        ids.push(journal.intent(&Intent { targets: vec![format!("{CHANNEL}{n}")], ..delete_channel(subject) }).await.unwrap().to_string());
    }
    let list = async |query: ListJournal, who: Visibility| {
        let page = journal.list(&query, &who).await.unwrap();
        (page.entries.iter().map(|entry| ids.iter().position(|id| *id == entry.id).unwrap()).collect::<Vec<_>>(), page.more)
    };
    let everyone = || Visibility::Everyone;
    let some = ListJournal { limit: Some(3), ..ListJournal::default() };
    assert_eq!(list(some.clone(), everyone()).await, (vec![6, 5, 4], true));
    assert_eq!(list(ListJournal { before: Some(ids[4].clone()), ..some.clone() }, everyone()).await, (vec![3, 2, 1], true));
    assert_eq!(list(ListJournal { before: Some(ids[3].clone()), ..some.clone() }, everyone()).await, (vec![2, 1, 0], false));
    assert_eq!(list(ListJournal { before: Some("nothing".to_owned()), ..some }, everyone()).await, (vec![], false));
    assert_eq!(list(ListJournal::default(), Visibility::Only("grace".to_owned())).await, (vec![5, 3, 1], false));
    assert_eq!(list(ListJournal::default(), Visibility::Only(String::new())).await, (vec![], false));
    let made = Ending { targets: vec![format!("{CHANNEL}-made")], ..done() };
    journal.outcome(ids[2].parse().unwrap(), &made).await.unwrap();
    for (arn, found) in [("2", vec![2]), ("-made", vec![2]), ("9", vec![])] {
        let arn = Some(format!("{CHANNEL}{arn}"));
        assert_eq!(list(ListJournal { arn, ..ListJournal::default() }, everyone()).await, (found, false));
    }
    let unresolved = ListJournal { unresolved: true, ..ListJournal::default() };
    assert_eq!(list(unresolved, everyone()).await, (vec![6, 5, 4, 3, 1, 0], false));
}

#[tokio::test]
async fn the_file_is_for_its_owner_and_one_process() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    journal.intent(&delete_channel("ada")).await.unwrap();
    for part in ["", "-wal", "-shm", ".lock"] {
        let part = PathBuf::from(format!("{}{part}", path.display()));
        assert_eq!(std::fs::metadata(&part).unwrap().permissions().mode() & 0o777, 0o600, "{}", part.display());
    }
    assert_eq!(std::fs::metadata(path.parent().unwrap()).unwrap().permissions().mode() & 0o777, 0o700);
    let refused = Journal::open(&path).await.unwrap_err();
    assert!(matches!(refused, JournalError::InUse { .. }));
    assert!(refused.to_string().contains(&format!("in use by process {}", std::process::id())), "{refused}");
    let clone = journal.clone();
    journal.close().await;
    assert!(Journal::open(&path).await.is_err(), "a clone still has it");
    clone.close().await;
    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.unresolved().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_that_is_no_journal_is_refused() {
    let (folder, _) = file();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "These are my notes, and they are long enough to be taken for something else.".repeat(20)).unwrap();
    let refused = Journal::open(&path).await.unwrap_err();
    assert!(matches!(&refused, JournalError::Open { .. }), "{refused}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("These are my notes"), "and it is left as it was");
}

#[tokio::test]
async fn sqlite_itself_refuses_to_change_or_remove_a_row() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let id = journal.intent(&delete_channel("ada")).await.unwrap();
    let mut raw = raw(&path).await;
    for sql in [
        "UPDATE journal SET reason = 'mine'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
        "UPDATE OR REPLACE journal SET seq = 9",
    ] {
        let refused = run(&mut raw, sql).await.unwrap_err().to_string();
        assert!(refused.contains("journal: rows are never"), "{sql}: {refused}");
    }
    assert_eq!(all(&journal).await[0].id, id.to_string());
}

#[tokio::test]
async fn a_row_that_is_not_on_the_disk_is_an_error() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let mut raw = raw(&path).await;
    run(&mut raw, "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END").await.unwrap();
    let failure = Failure::from(journal.intent(&delete_channel("ada")).await.unwrap_err());
    assert_eq!((failure.api.code, failure.attempts), (Code::JournalUnavailable, 0));
    assert!(failure.cause.unwrap().contains("disk is full"));
    assert!(!failure.api.message.contains("disk"), "the cause is for the log");
    run(&mut raw, "DROP TRIGGER full").await.unwrap();

    run(&mut raw, "BEGIN EXCLUSIVE").await.unwrap();
    assert!(matches!(journal.intent(&delete_channel("ada")).await, Err(JournalError::Unwritable(_))), "locked by something foreign");
    run(&mut raw, "ROLLBACK").await.unwrap();

    journal.intent(&delete_channel("ada")).await.unwrap();
    std::fs::rename(&path, path.with_extension("moved")).unwrap();
    assert!(matches!(journal.intent(&delete_channel("ada")).await, Err(JournalError::Unwritable(_))), "gone");
    std::fs::write(&path, "").unwrap();
    assert!(matches!(journal.intent(&delete_channel("ada")).await, Err(JournalError::Unwritable(_))), "replaced");
    std::fs::rename(path.with_extension("moved"), &path).unwrap();
    journal.intent(&delete_channel("ada")).await.unwrap();
    assert_eq!(all(&journal).await.len(), 2);
    assert!(journal.verify().await.unwrap().good());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_writers_and_callers_who_go_away_leave_one_whole_chain() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let mut tasks = Vec::new();
    for n in 0..60 {
        let journal = journal.clone();
        tasks.push(tokio::spawn(async move {
            let id = journal.intent(&delete_channel("ada")).await.unwrap();
            journal.outcome(id, &done()).await.unwrap();
        }));
        if n % 3 == 0 {
            tokio::task::yield_now().await;
            tasks.last().unwrap().abort();
        }
    }
    for task in tasks {
        let _aborted = task.await;
    }
    let id = journal.intent(&delete_channel("ada")).await.unwrap();
    journal.outcome(id, &done()).await.unwrap();
    let report = journal.verify().await.unwrap();
    assert_eq!(report.faults, []);
    assert!(report.rows >= 82, "{}", report.rows);
}

/// Three intents with outcomes and an event, closed; then changed by `change` behind the journal's back.
async fn tampered(change: &str) -> (Vec<String>, u64) {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    for n in 0..3 {
        let key = Some(format!("key-0000{n}"));
        let id = journal.intent(&Intent { key, body_hash: Some([7; 32]), ..delete_channel("ada") }).await.unwrap();
        journal.outcome(id, &done()).await.unwrap();
    }
    journal.event(&delete_channel("ada"), &Decision::Denied { code: Code::RoleForbidden, message: "No.".to_owned() }).await.unwrap();
    journal.close().await;
    let mut raw = raw(&path).await;
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetch_all(&mut raw).await.unwrap();
    for (name, _) in &triggers {
        run(&mut raw, &format!("DROP TRIGGER {name}")).await.unwrap();
    }
    run(&mut raw, "PRAGMA ignore_check_constraints = ON").await.unwrap();
    let changed = if change.is_empty() { 0 } else { run(&mut raw, change).await.unwrap_or_else(|error| panic!("{change}: {error}")) };
    for (_, sql) in &triggers {
        run(&mut raw, sql).await.unwrap();
    }
    raw.close().await.unwrap();
    let report = verify_file(&path).await.unwrap();
    assert_eq!(report.good(), report.faults.is_empty());
    (report.faults.into_iter().map(|fault| fault.what).collect(), changed)
}

#[tokio::test]
async fn an_untouched_file_verifies() {
    let (faults, _) = tampered("").await;
    assert_eq!(faults, [""; 0]);
}

#[tokio::test]
async fn every_changed_column_of_every_row_is_found() {
    let (_folder, path) = file();
    drop(Journal::open(&path).await.unwrap());
    let columns: Vec<(String, String)> =
        sqlx::query_as("SELECT name, type FROM pragma_table_info('journal')").fetch_all(&mut raw(&path).await).await.unwrap();
    assert_eq!(columns.len(), 44);
    for (n, (name, kind)) in columns.iter().enumerate() {
        let value = match kind.as_str() {
            "INTEGER" => format!("{name} + 11"),
            "BLOB" => "randomblob(32)".to_owned(),
            _ => format!("COALESCE({name}, '') || 'x'"),
        };
        let row = n % 7 + 1;
        let (faults, changed) = tampered(&format!("UPDATE journal SET {name} = {value} WHERE seq = {row}")).await;
        assert_eq!(changed, 1, "{name}");
        assert!(!faults.is_empty(), "{name} of row {row}");
    }
}

#[tokio::test]
async fn removed_swapped_and_added_rows_are_found() {
    for (change, fault) in [
        ("DELETE FROM journal WHERE seq = 1", "Rows 1 to 1 are missing."),
        ("DELETE FROM journal WHERE seq IN (3, 4)", "Rows 3 to 4 are missing."),
        ("DELETE FROM journal WHERE seq = 7", "The last rows are missing."),
        ("DELETE FROM journal", "The last rows are missing."),
        ("UPDATE journal SET seq = CASE seq WHEN 2 THEN -4 ELSE -2 END WHERE seq IN (2, 4)", "It does not follow the row before it."),
        ("UPDATE journal SET seq = seq + 1 WHERE seq = 7", "Rows 7 to 7 are missing."),
        ("DELETE FROM journal_target", "The index of targets does not agree with the rows."),
        ("INSERT INTO journal_open VALUES (7)", "The list of open intents does not agree with the rows."),
    ] {
        let (faults, changed) = tampered(change).await;
        assert!(changed > 0, "{change}");
        assert!(faults.iter().any(|found| found == fault), "{change}: {faults:?}");
    }
}

#[tokio::test]
async fn missing_triggers_are_found() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    run(&mut raw(&path).await, "DROP TRIGGER journal_refuses_update").await.unwrap();
    assert_eq!(journal.verify().await.unwrap().faults.len(), 1);
}

#[tokio::test]
async fn a_changed_byte_of_the_file_is_found() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let id = journal.intent(&Intent { reason: Some("CANARY-REASON".to_owned()), ..delete_channel("ada") }).await.unwrap();
    journal.outcome(id, &done()).await.unwrap();
    journal.close().await;
    let good = std::fs::read(&path).unwrap();
    let at = good.windows(13).position(|bytes| bytes == b"CANARY-REASON").unwrap();
    // From here to the end of the row: its last columns and its hash.
    let mut tried = 0;
    for at in (at..at + 13).chain(at + 40..at + 60) {
        for bit in [0x01, 0x80] {
            let mut bad = good.clone();
            bad[at] ^= bit;
            std::fs::write(&path, bad).unwrap();
            let report = verify_file(&path).await;
            assert!(report.is_ok_and(|report| !report.good()), "byte {at}, bit {bit:02x}");
            tried += 1;
        }
    }
    assert_eq!(tried, 66);
    std::fs::write(&path, good).unwrap();
    assert!(verify_file(&path).await.unwrap().good());
}
