//! The chain of hashes: whole whatever the callers do, and no change behind its back stays unseen.

use crate::home::{Home, both};
use crate::support::{delete_channel, done, file, key, run};
use backend::journal::{Decision, Expected, Intent, Journal, Kept, verify_at};
use contract::Code;

both! {
    #[tokio::test] no_row_is_changed_removed_or_put_where_it_does_not_follow,
    #[tokio::test] every_changed_column_of_every_row_is_found,
    #[tokio::test] removed_swapped_and_added_rows_are_found,
    #[tokio::test] a_trigger_that_is_missing_or_does_nothing_any_more_is_found_at_start_too,
    #[tokio::test] a_row_that_was_kept_must_still_be_there,
    #[tokio::test(flavor = "multi_thread")] many_writers_and_callers_who_go_away_leave_one_whole_chain,
}

async fn many_writers_and_callers_who_go_away_leave_one_whole_chain(home: Home) {
    let journal = home.open().await;
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

/// Three intents with outcomes, an event, and a checkpoint, closed.
async fn seven_rows(home: &Home) {
    let journal = home.open().await.signed(key().1);
    for n in 0..3 {
        let key = Some(format!("key-0000{n}"));
        let id = journal.intent(&Intent { key, body_hash: Some([7; 32]), ..delete_channel("ada") }).await.unwrap();
        journal.outcome(id, &done()).await.unwrap();
    }
    journal.event(&delete_channel("ada"), &Decision::Denied { code: Code::RoleForbidden, message: "No.".to_owned() }).await.unwrap();
    journal.checkpoint().await.unwrap().expect("a checkpoint");
    journal.close().await;
}

async fn faults(home: &Home) -> Vec<String> {
    let report = verify_at(home.place(), Expected::default()).await.unwrap();
    assert_eq!(report.good(), report.faults.is_empty());
    report.faults.into_iter().map(|fault| fault.what).collect()
}

async fn every_changed_column_of_every_row_is_found(home: Home) {
    seven_rows(&home).await;
    assert_eq!(faults(&home).await, [""; 0], "untouched");
    let columns = if home.is_a_file() {
        "SELECT name, type FROM pragma_table_info('journal')"
    } else {
        "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
         WHERE table_name = 'journal' AND table_schema = 'public' ORDER BY ordinal_position"
    };
    let columns: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(&mut home.raw().await).await.unwrap();
    assert_eq!(columns.len(), 44);
    home.behind_its_back(&["CREATE TABLE saved AS SELECT * FROM journal"]).await;
    for (n, (name, kind)) in columns.iter().enumerate() {
        let value = match kind.as_str() {
            "INTEGER" | "bigint" => format!("{name} + 11"),
            "BLOB" => "randomblob(32)".to_owned(),
            "bytea" => "decode(repeat('ab', 32), 'hex')".to_owned(),
            _ => format!("COALESCE({name}, '') || 'x'"),
        };
        let row = n % 7 + 1;
        let changed = home.behind_its_back(&[&format!("UPDATE journal SET {name} = {value} WHERE seq = {row}")]).await;
        assert_eq!(changed, 1, "{name}");
        assert!(!faults(&home).await.is_empty(), "{name} of row {row}");
        home.behind_its_back(&["DELETE FROM journal", "INSERT INTO journal SELECT * FROM saved"]).await;
        assert_eq!(faults(&home).await, [""; 0], "as it was");
    }
}

async fn removed_swapped_and_added_rows_are_found(home: Home) {
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
        let home = home.another().await;
        seven_rows(&home).await;
        assert!(home.behind_its_back(&[change]).await > 0, "{change}");
        let faults = faults(&home).await;
        assert!(faults.iter().any(|found| found == fault), "{change}: {faults:?}");
    }
}

async fn a_trigger_that_is_missing_or_does_nothing_any_more_is_found_at_start_too(home: Home) {
    let journal = home.open().await;
    assert_eq!(journal.look_over().await.unwrap(), []);
    let changes: &[&[&str]] = if home.is_a_file() {
        &[&["DROP TRIGGER journal_refuses_update"], &["CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal BEGIN SELECT 1; END"]]
    } else {
        &[
            &["ALTER TABLE journal DISABLE TRIGGER journal_refuses_delete"],
            &["ALTER TABLE journal ENABLE REPLICA TRIGGER journal_refuses_delete"],
            &[
                "ALTER TABLE journal ENABLE TRIGGER journal_refuses_delete",
                "CREATE OR REPLACE FUNCTION journal_lets_go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
            ],
            &["DROP TRIGGER journal_refuses_delete ON journal"],
        ]
    };
    let mut raw = home.raw().await;
    for change in changes {
        for sql in *change {
            run(&mut raw, sql).await.unwrap();
        }
        assert_eq!(journal.verify().await.unwrap().faults.len(), 1, "{change:?}");
        assert_eq!(journal.look_over().await.unwrap().len(), 1, "{change:?}");
    }
}

/// By hand, and as the superuser.
async fn no_row_is_changed_removed_or_put_where_it_does_not_follow(home: Home) {
    seven_rows(&home).await;
    let last = "INSERT INTO journal SELECT * FROM saved WHERE seq = 7";
    let mut tried = vec!["UPDATE journal SET reason = 'x' WHERE seq = 1", "DELETE FROM journal WHERE seq = 7"];
    let mut raw = home.raw().await;
    if !home.is_a_file() {
        tried.extend(["TRUNCATE journal CASCADE", "TRUNCATE journal_statement", last]);
        run(&mut raw, "CREATE TABLE saved AS SELECT * FROM journal").await.unwrap();
        run(&mut raw, "UPDATE saved SET seq = 8, id = 'x', hash = prev_hash WHERE seq = 7").await.unwrap();
        run(&mut raw, "UPDATE saved SET seq = 7 WHERE seq = 8").await.unwrap();
    }
    for sql in tried {
        let refused = run(&mut raw, sql).await.unwrap_err().to_string();
        assert!(refused.contains("journal: "), "{sql}: {refused}");
    }
    assert_eq!(faults(&home).await, [""; 0]);
}

/// Whoever recomputes every hash is found out by what was kept elsewhere.
async fn a_row_that_was_kept_must_still_be_there(home: Home) {
    let journal = home.open().await;
    let written = journal.intent(&delete_channel("ada")).await.unwrap();
    let head = journal.verify().await.unwrap().head.unwrap();
    journal.outcome(written, &done()).await.unwrap();
    let hex: String = head.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let kept: Kept = format!("{}:{hex}", head.seq).parse().unwrap();
    assert_eq!(kept, Kept { seq: head.seq, hash: head.hash });
    assert!(verify_at(home.place(), Expected { kept: Some(kept), ..Expected::default() }).await.unwrap().good());
    for other in [Kept { hash: [7; 32], ..kept }, Kept { seq: 9, ..kept }] {
        assert_eq!(
            verify_at(home.place(), Expected { kept: Some(other), ..Expected::default() }).await.unwrap().faults.len(),
            1,
            "{other:?}"
        );
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
            let report = verify_at(&path, Expected::default()).await;
            assert!(report.is_ok_and(|report| !report.good()), "byte {at}, bit {bit:02x}");
            tried += 1;
        }
    }
    assert_eq!(tried, 66);
    std::fs::write(&path, good).unwrap();
    assert!(verify_at(&path, Expected::default()).await.unwrap().good());
}
