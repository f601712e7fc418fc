//! What is written: intents, outcomes and events, and how they are found again.

use crate::home::{Home, both};
use crate::support::{CHANNEL, all, delete_channel, done, file};
use backend::journal::{Decision, Ending, Intent, IntentId, Journal, JournalError, Kind, Visibility};
use contract::Code;
use contract::call::Outcome;
use contract::journal::ListJournal;

both! {
    #[tokio::test] an_intent_and_its_outcome_make_one_entry,
    #[tokio::test] an_end_is_written_once,
    #[tokio::test] a_key_is_taken_once_by_each_person,
    #[tokio::test] events_are_complete_by_themselves,
    #[tokio::test] pages_by_person_arn_and_state,
}

async fn an_intent_and_its_outcome_make_one_entry(home: Home) {
    let journal = home.open().await;
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

async fn an_end_is_written_once(home: Home) {
    let journal = home.open().await;
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

async fn a_key_is_taken_once_by_each_person(home: Home) {
    let journal = home.open().await;
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

async fn events_are_complete_by_themselves(home: Home) {
    let journal = home.open().await;
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

async fn pages_by_person_arn_and_state(home: Home) {
    let journal = home.open().await;
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
