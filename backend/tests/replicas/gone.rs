//! The database goes away and comes back.

use crate::between::{Between, Next};
use crate::pair::{Pair, console_at, until};
use crate::postgres::Database;
use crate::support::{REGIONS, commits, emulated, later};
use backend::journal::{Intent, JournalError};
use contract::Operation;
use emulator::fault::{Fault, Rule};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

const REGION: &str = REGIONS[0];
/// By when whatever hangs must have been given up on.
const GIVEN_UP: Duration = Duration::from_secs(12);

#[tokio::test]
async fn whose_connections_were_cut_makes_others() {
    let pair = Pair::start().await;
    let mut server = pair.away().await;
    pair.back(&mut server).await;
    let answer = pair.first.call(REGION, "CreateChannel", json!({ "name": "after" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn without_it_nothing_is_changed_reads_go_on_and_with_it_all_is_as_before() {
    let pair = Pair::start().await;
    let mut server = pair.away().await;
    let refused = pair.first.call(REGION, "CreateChannel", json!({ "name": "never" })).await;
    assert_eq!((refused.status, refused.code().as_str()), (503, "JournalUnavailable"), "{refused:?}");
    assert_eq!(pair.emulator.calls().get(&Operation::CreateChannel), None, "nothing was sent");
    assert_eq!(pair.first.call(REGION, "ListChannels", json!({})).await.status, 200);
    pair.back(&mut server).await;
    let answer = pair.first.call(REGION, "CreateChannel", json!({ "name": "after" })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(pair.first.state.journal.verify().await.unwrap().good());
}

/// It goes between the intent and the outcome: the answer is the truth, nothing more is changed, and the outcome is written later.
#[tokio::test]
async fn an_outcome_that_could_not_be_written_is_written_when_it_is_back() {
    let pair = Pair::start().await;
    pair.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Delay { millis: 400 }));
    let gone = async {
        until(async || pair.emulator.unfired().is_empty()).await;
        pair.away().await
    };
    let (made, mut server) = tokio::join!(pair.first.call(REGION, "CreateChannel", json!({ "name": "made" })), gone);
    assert_eq!(made.status, 200, "{made:?}");
    assert!(!pair.first.state.ivs.ready(), "nothing more is changed");
    pair.back(&mut server).await;
    pair.first.state.ivs.look_up_unknown(later()).await.unwrap();
    let id = made.json()["receipt"]["id"].as_str().unwrap().to_owned();
    let detail = pair.second.post("/api/journal/get", &json!({ "id": id })).await.json();
    assert_eq!((&detail["entry"]["outcome"], &detail["reconciled"]), (&json!("done"), &json!(false)), "as it was answered: {detail}");
    assert_eq!(commits(&pair.first, Operation::CreateChannel), 1);
    assert!(pair.first.state.journal.unresolved().await.unwrap().is_empty());
}

/// It took the row and went away before it said so: what is written twice would be done twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_whose_answer_was_lost_is_there_once() {
    let (database, between) = (Database::new().await, Arc::new(Between::default()));
    let journal = between.journal(&database).await;
    for rows in 1..=5 {
        *between.next.lock().unwrap() = Some(Next::IsLost);
        let key = Some(format!("key-{rows:05}"));
        journal
            .intent(&Intent { key, body_hash: Some([7; 32]), operation: "DeleteChannel".to_owned(), ..Intent::default() })
            .await
            .unwrap();
        assert!(between.next.lock().unwrap().is_none(), "it was lost");
        let report = journal.verify().await.unwrap();
        assert_eq!((report.rows, report.faults), (rows, vec![]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_hangs_is_given_up_on_and_found_again() {
    let (database, between) = (Database::new().await, Arc::new(Between::default()));
    let journal = between.journal(&database).await;
    let write = || async { journal.intent(&Intent { operation: "DeleteChannel".to_owned(), ..Intent::default() }).await };
    write().await.unwrap();
    between.hangs.send_replace(true);
    let refused = tokio::time::timeout(GIVEN_UP, write()).await.expect("a person waits for it").unwrap_err();
    assert!(matches!(refused, JournalError::Gone(_)), "{refused}");
    between.hangs.send_replace(false);
    write().await.unwrap();
    assert!(journal.verify().await.unwrap().good());
}

/// It has moved to another machine, and the old one says nothing any more: not even that it is gone.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_does_not_wait_for_a_server_that_is_no_longer_there() {
    let (database, between) = (Database::new().await, Arc::new(Between::default()));
    let journal = between.journal(&database).await;
    let read = || async { journal.unresolved().await.map(|open| open.len()) };
    let many = || futures::future::join_all((0..16).map(|_| tokio::time::timeout(Duration::from_millis(300), read())));
    assert!(many().await.into_iter().all(|read| matches!(read, Ok(Ok(0)))));
    // Until each connection that there may be is one to the old machine.
    loop {
        between.frozen.store(between.accepted.load(Ordering::SeqCst), Ordering::SeqCst);
        if many().await.into_iter().all(|read| read.is_err()) {
            break;
        }
    }
    journal.intent(&Intent { operation: "DeleteChannel".to_owned(), ..Intent::default() }).await.unwrap();
    assert_eq!(tokio::time::timeout(Duration::from_secs(5), read()).await.expect("it reads").unwrap(), 1);
}

/// It took the row and was not to be reached any more: nobody does what stands there, so it is looked up like what a crash left behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_given_up_on_is_looked_after() {
    let (database, between) = (Database::new().await, Arc::new(Between::default()));
    let journal = between.journal(&database).await;
    let write = || async { journal.intent(&Intent { operation: "DeleteChannel".to_owned(), ..Intent::default() }).await };
    let known = write().await.unwrap();
    *between.next.lock().unwrap() = Some(Next::IsLostAndHangs);
    assert!(matches!(write().await, Err(JournalError::Gone(_))));
    between.hangs.send_replace(false);
    let open = journal.unresolved().await.unwrap();
    let left_behind: Vec<_> = open.iter().map(|open| (open.id == known, open.left_behind)).collect();
    assert_eq!(left_behind, [(true, false), (false, true)], "{open:?}");
}

/// The browser is closed while a job begins to be written: nobody goes on in what it had begun, where nothing would ever be committed.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_goes_away_while_a_job_starts_leaves_nothing_half_written() {
    let (database, between) = (Database::new().await, Arc::new(Between::default()));
    let console = console_at(&between.url(&database).await, &emulated(), |_| {}).await;
    let task = json!({ "kind": "DeleteChannels", "arns": ["arn:aws:ivs:eu-west-1:123456789012:channel/abcdefABCDEF"] });
    let start = json!({ "account": "demo", "region": REGION, "task": task, "key": "start-0001" });
    between.holds_a_begin.store(true, Ordering::SeqCst);
    tokio::select! {
        answer = console.post("/api/jobs/start", &start) => panic!("{answer:?}"),
        () = between.begun.notified() => {}
    }
    between.go_on.notify_one();
    let made = console.call(REGION, "CreateChannel", json!({ "name": "after" })).await;
    assert_eq!(made.status, 200, "{made:?}");
    let rows = "SELECT count(*) FROM journal WHERE operation = 'CreateChannel'";
    let rows: i64 = sqlx::query_scalar(rows).fetch_one(&mut database.raw().await).await.unwrap();
    assert_eq!(rows, 2, "what was answered stands there for everybody");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_said_to_one_that_hangs_is_given_up_on() {
    let (database, between) = (Database::new().await, Arc::new(Between::default()));
    let journal = between.journal(&database).await;
    let replicas = backend::replicas::Replicas::of(&journal);
    replicas.beat().await.unwrap();
    *between.next.lock().unwrap() = Some(Next::Hangs);
    let said = tokio::time::timeout(GIVEN_UP, replicas.beat()).await.expect("given up on, in the middle of a statement");
    assert!(matches!(said, Err(JournalError::Gone(_))) && *between.hangs.borrow(), "{said:?}");
    let read = tokio::time::timeout(GIVEN_UP, journal.by_key("ada", "key-00001")).await.expect("given up on");
    assert!(read.is_err(), "{read:?}");
    between.hangs.send_replace(false);
    replicas.beat().await.unwrap();
    assert_eq!(journal.by_key("ada", "key-00001").await.unwrap(), None);
}
