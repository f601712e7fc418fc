//! Checkpoints and prunes: what a signature shows that the chain alone cannot, and how old rows go.

use crate::home::{Home, both};
use crate::support::{all, delete_channel, done, key, run};
use backend::journal::{Expected, Intent, Journal, JournalError, Keys, Statement, StatementKind, verify_at};
use std::sync::Arc;

both! {
    #[tokio::test] a_rewritten_chain_shows_by_the_checkpoints_that_its_writer_cannot_sign,
    #[tokio::test] a_checkpoint_is_made_when_rows_came_and_says_what_the_last_one_was,
    #[tokio::test] a_journal_that_was_put_in_the_place_of_another_shows_though_the_console_has_signed_it_since,
    #[tokio::test] that_rows_are_old_another_start_must_say_than_this_one,
    #[tokio::test] a_checkpoint_that_was_changed_or_made_with_another_key_is_none,
    #[tokio::test] rows_that_no_checkpoint_covers_are_named_once_they_should_be,
    #[tokio::test] old_rows_go_with_a_signed_word_and_the_rest_still_verifies,
    #[tokio::test] a_beginning_that_somebody_else_cut_off_does_not_pass_for_a_prune,
    #[tokio::test] what_is_open_stays_and_so_does_everything_after_it,
    #[tokio::test] nothing_goes_without_a_key_nor_from_a_journal_that_was_changed,
    #[tokio::test] a_key_is_free_again_when_its_row_is_gone,
}

/// Later than any row.
const EVER: i64 = i64::MAX;

async fn against(home: &Home, keys: Option<Keys>, statements: Vec<Statement>) -> Vec<String> {
    let report = verify_at(home.place(), Expected { keys: keys.map(Arc::new), statements, ..Expected::default() }).await.unwrap();
    report.faults.into_iter().map(|fault| fault.what).collect()
}

/// `count` changes that have ended: two rows each.
async fn changes(journal: &Journal, count: usize) {
    for _ in 0..count {
        let id = journal.intent(&delete_channel("ada")).await.unwrap();
        journal.outcome(id, &done()).await.unwrap();
    }
}

/// A whole new chain with as many rows: what somebody writes who has the file and recomputes every hash.
async fn rewritten(home: &Home, keep_chain: bool) {
    let mut raw = home.raw().await;
    let old: String = sqlx::query_scalar("SELECT chain FROM journal LIMIT 1").fetch_one(&mut raw).await.unwrap();
    home.behind_its_back(&["DELETE FROM journal_target", "DELETE FROM journal"]).await;
    if keep_chain {
        // The first row takes the chain from what is there; so it begins with a row of that chain, which goes again.
        let (zeros, hash) = if home.is_a_file() {
            ("zeroblob(32)", "randomblob(32)")
        } else {
            ("decode(repeat('00', 32), 'hex')", "decode(repeat('ab', 32), 'hex')")
        };
        let seed = format!(
            "INSERT INTO journal SELECT 1, 1, '{old}', {zeros}, 'x', 1, 'r', 'b', 'event', 'admin', NULL, 'r',
            'system', NULL, 't', 't', NULL, NULL, NULL, NULL, 'x', NULL, NULL, NULL, NULL, '[]', 'null', NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, 'allowed', NULL, 0, NULL, NULL, '[]', 0, 0, NULL, {hash}"
        );
        run(&mut raw, &seed).await.unwrap();
    }
    let journal = home.open().await;
    changes(&journal, 3).await;
    journal.close().await;
}

async fn a_checkpoint_is_made_when_rows_came_and_says_what_the_last_one_was(home: Home) {
    let (pem, keys) = key();
    let journal = home.open().await.signed(keys);
    assert_eq!(journal.checkpoint().await.unwrap(), None, "of nothing");
    changes(&journal, 2).await;
    let first = journal.checkpoint().await.unwrap().expect("a checkpoint");
    assert_eq!((first.said.kind, first.said.seq), (StatementKind::Checkpoint, 4));
    assert_eq!(journal.checkpoint().await.unwrap(), None, "nothing came since");
    changes(&journal, 1).await;
    assert_eq!(journal.checkpoint().await.unwrap().expect("another").said.seq, 6);
    let report = journal.verify().await.unwrap();
    assert_eq!((report.checkpoints, report.faults), (2, vec![]));
    assert_eq!(report.head.map(|head| head.seq), Some(6));
    assert_eq!(against(&home, Keys::read(pem.path()).ok(), vec![first]).await, [""; 0]);
    journal.close().await;
    let without = home.open().await;
    changes(&without, 1).await;
    assert_eq!(without.checkpoint().await.unwrap(), None, "without a key there is none");
}

async fn a_rewritten_chain_shows_by_the_checkpoints_that_its_writer_cannot_sign(home: Home) {
    for keep_chain in [true, false] {
        let home = home.another().await;
        let (pem, keys) = key();
        let journal = home.open().await.signed(keys);
        changes(&journal, 3).await;
        let elsewhere = journal.checkpoint().await.unwrap().expect("a checkpoint");
        journal.close().await;
        rewritten(&home, keep_chain).await;
        let keys = || Keys::read(pem.path()).ok();
        let faults = against(&home, keys(), vec![]).await;
        assert!(faults.iter().any(|fault| fault.contains("another than the one of its checkpoint")), "{keep_chain}: {faults:?}");
        let faults = against(&home, None, vec![elsewhere]).await;
        let said = if keep_chain { "one of a checkpoint that was given" } else { "of another journal, " };
        assert!(faults.iter().any(|fault| fault.contains(said)), "{keep_chain}: {faults:?}");
    }
}

async fn a_journal_that_was_put_in_the_place_of_another_shows_though_the_console_has_signed_it_since(home: Home) {
    let (pem, keys) = key();
    let journal = home.open().await.signed(keys);
    changes(&journal, 2).await;
    let before = journal.checkpoint().await.unwrap().expect("a checkpoint");
    journal.close().await;
    let home = home.another().await;
    let journal = home.open().await.signed(Keys::read(pem.path()).unwrap());
    changes(&journal, 2).await;
    let since = journal.checkpoint().await.unwrap().expect("another");
    let faults = against(&home, Keys::read(pem.path()).ok(), vec![before, since]).await;
    assert!(matches!(&faults[..], [fault] if fault.contains("of row 4 of another journal, ")), "{faults:?}");
}

async fn that_rows_are_old_another_start_must_say_than_this_one(home: Home) {
    let journal = home.open().await;
    changes(&journal, 1).await;
    assert!(!journal.witnessed(0).await.unwrap(), "this start alone says how late it is");
    journal.close().await;
    let journal = home.open().await;
    assert!(journal.witnessed(0).await.unwrap());
    assert!(!journal.witnessed(EVER).await.unwrap());
}

async fn a_checkpoint_that_was_changed_or_made_with_another_key_is_none(home: Home) {
    let (_, keys) = key();
    let journal = home.open().await.signed(keys);
    changes(&journal, 1).await;
    let statement = journal.checkpoint().await.unwrap().expect("a checkpoint");
    let (other, _) = key();
    let others = || Keys::read(other.path()).ok();
    assert_eq!(against(&home, others(), vec![]).await, ["Its checkpoint is not signed with the key."]);
    let given = against(&home, others(), vec![statement]).await;
    assert!(given.contains(&"A checkpoint of it that was given is not signed with the key.".to_owned()), "{given:?}");
    journal.close().await;
    home.behind_its_back(&["UPDATE journal_statement SET text = replace(text, ' 2 ', ' 1 ')"]).await;
    assert_eq!(against(&home, others(), vec![]).await, ["Its checkpoint is not signed with the key."]);
}

async fn rows_that_no_checkpoint_covers_are_named_once_they_should_be(home: Home) {
    let (pem, keys) = key();
    let journal = home.open().await.signed(keys);
    changes(&journal, 2).await;
    let keys = || Keys::read(pem.path()).ok();
    assert_eq!(against(&home, keys(), vec![]).await, [""; 0], "they are younger than a checkpoint takes");
    journal.checkpoint().await.unwrap();
    journal.close().await;
    // As if the first rows were of long ago; then the checkpoint is taken away.
    home.behind_its_back(&["UPDATE journal SET at = at - 200000000 WHERE seq <= 2"]).await;
    let missing = "No checkpoint says that this row, and those after it, are as they were.";
    assert!(!against(&home, keys(), vec![]).await.iter().any(|fault| fault == missing));
    home.behind_its_back(&["DELETE FROM journal_statement"]).await;
    assert!(against(&home, keys(), vec![]).await.iter().any(|fault| fault == missing));
}

async fn old_rows_go_with_a_signed_word_and_the_rest_still_verifies(home: Home) {
    let (pem, keys) = key();
    let journal = home.open().await.signed(keys);
    changes(&journal, 3).await;
    assert_eq!(journal.prune(0).await.unwrap(), None, "nothing is that old");
    let pruned = journal.prune(EVER).await.unwrap().expect("old rows");
    assert_eq!((pruned.seq, pruned.rows), (4, 4), "the last row stays, and with it the intent that it ends");
    let entries = all(&journal).await;
    assert_eq!(entries.iter().map(|entry| &*entry.operation).collect::<Vec<_>>(), ["PruneJournal", "DeleteChannel"]);
    let report = journal.verify().await.unwrap();
    assert_eq!((report.rows, report.pruned.map(|said| said.seq), report.faults), (3, Some(4), vec![]));
    changes(&journal, 2).await;
    assert_eq!(journal.prune(EVER).await.unwrap().expect("older rows").seq, 9);
    journal.close().await;
    let keys = || Keys::read(pem.path()).ok();
    assert_eq!(against(&home, keys(), vec![]).await, [""; 0]);
    let unvouched = against(&home, None, vec![]).await;
    assert!(unvouched[0].starts_with("Rows up to 9 are gone."), "without the key it is not known who said so: {unvouched:?}");
    home.behind_its_back(&["DELETE FROM journal_target WHERE entry = 10", "DELETE FROM journal WHERE seq = 10"]).await;
    assert!(against(&home, keys(), vec![]).await.iter().any(|fault| fault == "Rows 10 to 10 are missing."));
}

async fn a_beginning_that_somebody_else_cut_off_does_not_pass_for_a_prune(home: Home) {
    let (pem, keys) = key();
    let (_, others) = key();
    let journal = home.open().await.signed(others);
    changes(&journal, 3).await;
    journal.prune(EVER).await.unwrap().expect("pruned, with another key");
    journal.close().await;
    let faults = against(&home, Some(keys), vec![]).await;
    assert!(faults.iter().any(|fault| fault == "Its prune is not signed with the key."), "{faults:?}");
    assert!(faults.iter().any(|fault| fault == "Rows 1 to 4 are missing."), "{faults:?}");
    drop(pem);
}

async fn what_is_open_stays_and_so_does_everything_after_it(home: Home) {
    let (_, keys) = key();
    let journal = home.open().await.signed(keys);
    changes(&journal, 1).await;
    let open = journal.intent(&delete_channel("ada")).await.unwrap();
    changes(&journal, 2).await;
    assert_eq!(journal.prune(EVER).await.unwrap().map(|pruned| pruned.seq), Some(2));
    assert_eq!(journal.prune(EVER).await.unwrap(), None);
    journal.outcome(open, &done()).await.unwrap();
    // Its end is the last row, and a row whose end stays does not go.
    assert_eq!(journal.prune(EVER).await.unwrap(), None);
    changes(&journal, 1).await;
    assert_eq!(journal.prune(EVER).await.unwrap().map(|pruned| pruned.seq), Some(9));
    assert!(journal.verify().await.unwrap().good());
}

async fn nothing_goes_without_a_key_nor_from_a_journal_that_was_changed(home: Home) {
    let journal = home.open().await;
    changes(&journal, 2).await;
    assert!(matches!(journal.prune(EVER).await, Err(JournalError::NoKey)));
    journal.close().await;
    home.behind_its_back(&["UPDATE journal SET reason = 'mine' WHERE seq = 1"]).await;
    let journal = home.open().await.signed(key().1);
    assert!(matches!(journal.prune(EVER).await, Err(JournalError::Changed(fault)) if fault.seq == Some(1)));
    assert_eq!(all(&journal).await.len(), 2);
    let mut raw = home.raw().await;
    for sql in ["DELETE FROM journal WHERE seq = 1", "DELETE FROM journal_statement", "UPDATE journal_statement SET seq = 9"] {
        let refused = run(&mut raw, sql).await.unwrap_err().to_string();
        assert!(refused.contains("journal: "), "{sql}: {refused}");
    }
}

async fn a_key_is_free_again_when_its_row_is_gone(home: Home) {
    let journal = home.open().await.signed(key().1);
    let keyed = || Intent { key: Some("key-00001".to_owned()), body_hash: Some([7; 32]), ..delete_channel("ada") };
    let id = journal.intent(&keyed()).await.unwrap();
    journal.outcome(id, &done()).await.unwrap();
    assert!(matches!(journal.intent(&keyed()).await, Err(JournalError::KeyTaken)));
    changes(&journal, 1).await;
    journal.prune(EVER).await.unwrap().expect("pruned");
    journal.intent(&keyed()).await.unwrap();
}
