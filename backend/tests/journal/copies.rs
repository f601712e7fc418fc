//! Copies taken while the journal is written to, put in place again, and rows as others read them.

use crate::home::behind;
use crate::support::{all, delete_channel, done, file, key, raw, run};
use backend::journal::{Expected, Form, Journal, backup, export, restore, verify_at};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

async fn copied(from: &Path, to: &Path) -> Result<u64, String> {
    backup(from, to, Expected::default()).await.map(|copied| copied.rows)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_taken_in_the_middle_of_it_is_one_state_and_verifies() {
    let (folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let writer = tokio::spawn({
        let journal = journal.clone();
        async move {
            loop {
                let id = journal.intent(&delete_channel("ada")).await.unwrap();
                journal.outcome(id, &done()).await.unwrap();
            }
        }
    });
    let mut before = 0;
    for n in 0..5 {
        let to = folder.path().join(format!("copy-{n}.db"));
        let rows = copied(&path, &to).await.unwrap();
        assert!(rows >= before, "a later copy has what an earlier one has");
        before = rows;
        assert!(verify_at(&to, Expected::default()).await.unwrap().good());
        assert_eq!(std::fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!to.with_added_extension("partial").exists());
    }
    writer.abort();
    let _aborted = writer.await;
    let report = journal.verify().await.unwrap();
    assert!(report.good() && report.rows >= before);
}

#[tokio::test]
async fn a_copy_is_put_in_place_and_goes_on_and_says_so() {
    let (folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let open = journal.intent(&delete_channel("ada")).await.unwrap();
    let copy = folder.path().join("copy.db");
    copied(&path, &copy).await.unwrap();
    let taken: i64 = sqlx::query_scalar("SELECT at FROM journal_copied").fetch_one(&mut raw(&copy).await).await.unwrap();
    journal.outcome(open, &done()).await.unwrap();

    let refused = restore(&copy, &path, Expected::default()).await.unwrap_err();
    assert!(refused.contains("is there already, and nothing is overwritten"), "{refused}");
    journal.close().await;
    std::fs::rename(&path, path.with_extension("old")).unwrap();
    // What SQLite keeps beside another journal would be taken for this one's.
    let wal = path.with_file_name("journal.sqlite3-wal");
    std::fs::write(&wal, "of another").unwrap();
    assert!(restore(&copy, &path, Expected::default()).await.unwrap_err().contains("-wal is there already"));
    std::fs::remove_file(&wal).unwrap();
    restore(&copy, &path, Expected::default()).await.unwrap();

    let journal = Journal::open(&path).await.unwrap();
    assert_eq!(journal.unresolved().await.unwrap().len(), 1, "what was under way then is looked up");
    journal.say_if_copied().await.unwrap();
    journal.say_if_copied().await.unwrap();
    let entries = all(&journal).await;
    assert_eq!(entries.iter().map(|entry| &*entry.operation).collect::<Vec<_>>(), ["RestoreJournal", "DeleteChannel"], "it says so once");
    let said: String =
        sqlx::query_scalar("SELECT params FROM journal WHERE operation = 'RestoreJournal'").fetch_one(&mut raw(&path).await).await.unwrap();
    assert_eq!(said, format!("{{\"copiedAt\":{},\"lastRow\":1}}", taken / 1000), "of when it was taken, not put back");
    assert!(journal.verify().await.unwrap().good());
}

#[tokio::test]
async fn nobody_is_signed_in_in_a_copy_and_no_job_goes_on() {
    let (folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let mut raw_file = raw(&path).await;
    run(
        &mut raw_file,
        "INSERT INTO session (id, subject, display, held, rules, began, seen) VALUES ('s', 'ada', 'Ada', '{}', randomblob(32), 1, 1)",
    )
    .await
    .unwrap();
    for (job, state) in [("ended", "done"), ("waiting", "waiting"), ("begun", "begun"), ("unknown", "unknown")] {
        let row = format!(
            "INSERT INTO job (id, at, subject, actor, request_id, account, region, task, key) VALUES
            ('{job}', 1, 'ada', '{{}}', 'r', 'main', 'eu-west-1', '{{}}', '{job}')"
        );
        run(&mut raw_file, &row).await.unwrap();
        let item =
            format!("INSERT INTO job_item (job, n, operation, target, state) VALUES ('{job}', 0, 'DeleteStreamKey', 'arn', '{state}')");
        run(&mut raw_file, &item).await.unwrap();
    }
    let copy = folder.path().join("copy.db");
    copied(&path, &copy).await.unwrap();
    let mut read = raw(&copy).await;
    let sessions: i64 = sqlx::query_scalar("SELECT count(*) FROM session").fetch_one(&mut read).await.unwrap();
    let jobs: Vec<String> = sqlx::query_scalar("SELECT id FROM job WHERE cancelled ORDER BY id").fetch_all(&mut read).await.unwrap();
    assert_eq!((sessions, jobs), (0, vec!["begun".to_owned(), "unknown".to_owned(), "waiting".to_owned()]));
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM session").fetch_one(&mut raw_file).await.unwrap();
    assert_eq!(kept, 1, "the journal itself is left alone");
    journal.close().await;
}

#[tokio::test]
async fn what_rows_were_let_go_of_is_copied_and_put_back_without_the_key_too() {
    let (folder, path) = file();
    let journal = Journal::open(&path).await.unwrap().signed(key().1);
    for _ in 0..3 {
        let id = journal.intent(&delete_channel("ada")).await.unwrap();
        journal.outcome(id, &done()).await.unwrap();
    }
    journal.prune(i64::MAX).await.unwrap().expect("old rows");
    let (copy, back) = (folder.path().join("copy.db"), folder.path().join("back.db"));
    assert_eq!(copied(&path, &copy).await, Ok(3));
    restore(&copy, &back, Expected::default()).await.unwrap();
    assert!(!verify_at(&back, Expected::default()).await.unwrap().good(), "who let them go, a verification asks all the same");
}

#[tokio::test]
async fn what_was_changed_is_not_copied_and_nothing_is_left_of_the_attempt() {
    let (folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    journal.intent(&delete_channel("ada")).await.unwrap();
    journal.close().await;
    behind(&path, &["UPDATE journal SET reason = 'mine'"]).await;
    let copy = folder.path().join("copy.db");
    let refused = copied(&path, &copy).await.unwrap_err();
    assert!(refused.contains("was not copied: row 1: It was changed."), "{refused}");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["state"]);
    assert!(copied(&folder.path().join("none.db"), &copy).await.unwrap_err().contains("none.db cannot be read"));
    std::fs::write(&copy, "of somebody").unwrap();
    assert!(copied(&path, &copy).await.unwrap_err().contains("nothing is overwritten"));
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), "of somebody");
}

#[tokio::test]
async fn rows_are_exported_as_lines_of_json_and_as_csv_without_formulas() {
    let (_folder, path) = file();
    let journal = Journal::open(&path).await.unwrap();
    let mut intent = delete_channel("ada");
    intent.actor.display = "=HYPERLINK(\"http://x\")".to_owned();
    let id = journal.intent(&intent).await.unwrap();
    journal.outcome(id, &done()).await.unwrap();
    let mut out = Vec::new();
    assert_eq!(export(&path, Form::Jsonl, 0, &mut out).await.unwrap(), Some(2));
    let lines: Vec<serde_json::Value> =
        std::str::from_utf8(&out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["before"]["name"], "old");
    assert_eq!(lines[0]["actor_display"], "=HYPERLINK(\"http://x\")");
    assert!(lines[0]["at"].as_str().unwrap().ends_with('Z') && lines[0]["at"].as_str().unwrap().len() == 27, "{}", lines[0]["at"]);
    assert_eq!((&lines[1]["seq"], &lines[1]["prev_hash"]), (&2.into(), &lines[0]["hash"]));
    assert_eq!(lines[1]["aws_request_ids"][1], "aws-2");

    let mut csv = Vec::new();
    export(&path, Form::Csv, 0, &mut csv).await.unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with("seq,form,chain,prev_hash,id,at,"));
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{csv}");
    assert_eq!(export(&path, Form::Jsonl, 2, &mut Vec::new()).await.unwrap(), None);
    assert_eq!(export(&path, Form::Jsonl, 1, &mut Vec::new()).await.unwrap(), Some(2));
}
