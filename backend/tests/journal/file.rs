//! The file: whose it is, and what happens when it cannot be written.

use crate::support::{all, delete_channel, file, raw, run};
use backend::error::Failure;
use backend::journal::{Journal, JournalError};
use contract::Code;
use sqlx::migrate::Migrator;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

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

/// Brings a file to the schema that its first `count` migrations made.
async fn of_schema(path: &Path, count: usize) {
    let all = sqlx::migrate!("migrations/sqlite");
    let migrations = all.migrations.iter().take(count).cloned().collect::<Vec<_>>();
    std::fs::File::create(path).unwrap();
    Migrator { migrations: migrations.into(), ..all }.run(&mut raw(path).await).await.unwrap();
}

#[tokio::test]
async fn a_file_of_an_earlier_schema_is_brought_up_to_date_with_what_is_in_it() {
    for schema in 1..sqlx::migrate!("migrations/sqlite").migrations.len() {
        let (_folder, path) = file();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        of_schema(&path, schema).await;
        if schema >= 2 {
            let job = "INSERT INTO job (id, at, subject, actor, request_id, account, region, task, key) VALUES
                ('j', 1, 'ada', '{}', 'r', 'main', 'eu-west-1', '{}', 'key-00001')";
            let mut raw = raw(&path).await;
            run(&mut raw, job).await.unwrap();
            run(&mut raw, "INSERT INTO job_item (job, n, operation, target) VALUES ('j', 0, 'DeleteStreamKey', 'arn')").await.unwrap();
        }
        let journal = Journal::open(&path).await.unwrap();
        journal.intent(&delete_channel("ada")).await.unwrap();
        assert!(journal.verify().await.unwrap().good());
        let untouched =
            run(&mut raw(&path).await, "UPDATE job_item SET attempt = 2 WHERE tags IS NULL AND state = 'waiting'").await.unwrap();
        assert_eq!(untouched, u64::from(schema >= 2), "schema {schema}");
    }
}

#[tokio::test]
async fn a_file_of_a_later_schema_is_refused() {
    let (_folder, path) = file();
    Journal::open(&path).await.unwrap().close().await;
    let later =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', 1, x'00', 1)";
    run(&mut raw(&path).await, later).await.unwrap();
    let refused = Journal::open(&path).await.unwrap_err();
    assert!(refused.to_string().contains("9999"), "{refused}");
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
