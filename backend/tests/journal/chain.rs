//! The chain of hashes: whole whatever the callers do, and no change behind its back stays unseen.

use crate::support::{delete_channel, done, file, raw, run};
use backend::journal::{Decision, Expected, Intent, Journal, Kept, verify_file};
use contract::Code;
use sqlx::Connection as _;

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
    let report = verify_file(&path, Expected::default()).await.unwrap();
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
async fn a_trigger_that_does_nothing_any_more_is_found_at_start_too() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.look_over().await.unwrap(), []);
    let mut raw = raw(&path).await;
    run(&mut raw, "DROP TRIGGER journal_refuses_update").await.unwrap();
    run(&mut raw, "CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal BEGIN SELECT 1; END").await.unwrap();
    assert_eq!(journal.verify().await.unwrap().faults.len(), 1);
    assert_eq!(journal.look_over().await.unwrap().len(), 1);
}

/// Whoever recomputes every hash is found out by what was kept elsewhere.
#[tokio::test]
async fn a_row_that_was_kept_must_still_be_there() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let written = journal.intent(&delete_channel("ada")).await.unwrap();
    let head = journal.verify().await.unwrap().head.unwrap();
    journal.outcome(written, &done()).await.unwrap();
    let hex: String = head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let kept: Kept = format!("{}:{hex}", head.seq).parse().unwrap();
    assert_eq!(kept, Kept { seq: head.seq, hash: head.hash });
    assert!(verify_file(&path, Expected { kept: Some(kept), ..Expected::default() }).await.unwrap().good());
    for other in [Kept { hash: [7; 32], ..kept }, Kept { seq: 9, ..kept }] {
        assert_eq!(verify_file(&path, Expected { kept: Some(other), ..Expected::default() }).await.unwrap().faults.len(), 1, "{other:?}");
    }
    for wrong in ["", "1", "1:", "x:00", &format!("1:{}", &hex[2..]), &format!("1:{hex}00"), &format!("1:{}zz", &hex[2..])] {
        assert!(wrong.parse::<Kept>().is_err(), "{wrong}");
    }
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
            let report = verify_file(&path, Expected::default()).await;
            assert!(report.is_ok_and(|report| !report.good()), "byte {at}, bit {bit:02x}");
            tried += 1;
        }
    }
    assert_eq!(tried, 66);
    std::fs::write(&path, good).unwrap();
    assert!(verify_file(&path, Expected::default()).await.unwrap().good());
}
