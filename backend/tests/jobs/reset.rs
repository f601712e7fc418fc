//! Resetting a stream key: a channel ends with one key, whatever happens between the two calls.

use crate::bench::{Bench, channel, reset};
use crate::world::{POINTS, Point, stream_key};
use backend::journal::Visibility;
use contract::job::{JobState, Task};
use contract::tag::Tags;
use contract::{Code, Operation};
use std::time::Duration;

#[tokio::test]
async fn a_reset_deletes_and_creates_once() {
    let bench = Bench::new().await;
    let job = bench.begin(&reset()).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.total, job.done, job.refused, job.unknown), (2, 2, 0, 0));
    assert_eq!(bench.done(), [Operation::DeleteStreamKey, Operation::CreateStreamKey]);
    assert!(job.items[0].target.ends_with("stream-key/old"), "the deleted key is named");
    assert!(job.items.iter().all(|item| item.journal.is_some()), "each call names its row of the journal");
    assert_ne!(bench.keys(), [stream_key("old", None).arn.unwrap()]);
}

/// All but what belongs to the console, and to AWS, goes over: wherever the process dies.
#[tokio::test]
async fn the_next_key_is_tagged_as_the_one_before() {
    let tagged = |n: usize| (0..n).map(|n| (format!("team{n}"), "sports".to_owned()));
    for point in POINTS {
        let bench = Bench::new().await;
        bench.set(|ivs| {
            let tags = &mut ivs.keys.get_mut(&channel(0)).unwrap()[0].tags;
            tags.extend(tagged(49));
            tags.extend(["tally:op", "aws:cloudformation:stack-name"].map(|key| (key.to_owned(), "x".to_owned())));
            ivs.dies = Some((Operation::DeleteStreamKey, point));
        });
        let job = bench.begin(&reset()).await;
        let bench = bench.dies_and_begins_again(true, true).await;
        bench.finished(&job.id).await;
        if point == Point::Commit {
            bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
        }
        let job = bench.until(&job.id, |job| job.done == 2).await;
        assert_eq!(job.items[0].tags, tagged(49).collect(), "it says so, for who finishes it by hand");
        let tags = bench.world.ivs.lock().unwrap().keys[&channel(0)][0].tags.clone();
        assert_ne!(tags["tally:op"], "x", "{point:?}");
        let given: Tags = tags.into_iter().filter(|(key, _)| key != "tally:op").collect();
        assert_eq!(given, tagged(49).collect(), "{point:?}");
    }
}

/// Two reset the same key: the second means the one that is gone, and not the first one's new one.
#[tokio::test]
async fn another_key_than_the_one_that_was_seen_is_not_deleted() {
    let bench = Bench::new().await;
    let seen = |id: &str| {
        let mut start = reset();
        start.task = Task::ResetStreamKey { channel_arn: channel(0), key_arn: stream_key(id, None).arn };
        start
    };
    let job = bench.begin(&seen("another")).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.refused, bench.done(), bench.keys()), (2, vec![], vec![stream_key("old", None).arn.unwrap()]));
    assert_eq!(job.items[0].error.as_ref().unwrap().code, Code::StateChanged);
    let other = contract::job::StartJob { key: "start-0002".to_owned(), ..seen("old") };
    let job = bench.begin(&other).await;
    assert_eq!(bench.finished(&job.id).await.done, 2);
}

#[tokio::test]
async fn a_key_with_more_tags_than_the_next_may_have_is_not_deleted() {
    let bench = Bench::new().await;
    let tags = (0..50).map(|n| (format!("team{n}"), "sports".to_owned())).collect();
    bench.set(|ivs| ivs.keys.get_mut(&channel(0)).unwrap()[0].tags = tags);
    let job = bench.begin(&reset()).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.refused, bench.done(), bench.keys().len()), (2, vec![], 1));
    assert!(job.items[0].error.as_ref().unwrap().message.contains("50 tags"));
}

#[tokio::test]
async fn a_key_with_a_tag_that_the_next_could_not_be_given_is_not_deleted() {
    let bench = Bench::new().await;
    let tags = [("team".to_owned(), "s".repeat(257))].into();
    bench.set(|ivs| ivs.keys.get_mut(&channel(0)).unwrap()[0].tags = tags);
    let job = bench.begin(&reset()).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.refused, bench.done(), bench.keys().len()), (2, vec![], 1));
    assert!(job.items[0].error.as_ref().unwrap().fields.at("tags").is_some(), "{:?}", job.items[0].error);
}

#[tokio::test]
async fn a_reset_of_a_channel_without_a_key_creates_one() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.keys.get_mut(&channel(0)).unwrap().clear());
    let job = bench.begin(&reset()).await;
    bench.finished(&job.id).await;
    assert_eq!(bench.done(), [Operation::CreateStreamKey]);
}

#[tokio::test]
async fn a_reset_survives_death_at_every_point() {
    let mut tried = 0;
    let listing = [(Operation::ListStreamKeys, Point::Intent)];
    let calls =
        [Operation::DeleteStreamKey, Operation::CreateStreamKey].into_iter().flat_map(|operation| POINTS.map(|point| (operation, point)));
    for dies in listing.into_iter().chain(calls) {
        for looks_first in [true, false] {
            let bench = Bench::new().await;
            bench.set(|ivs| ivs.dies = Some(dies));
            let job = bench.begin(&reset()).await;
            let bench = bench.dies_and_begins_again(looks_first, true).await;
            let ended = bench.finished(&job.id).await;
            let deleted_nothing = dies == (Operation::DeleteStreamKey, Point::Commit);
            if deleted_nothing {
                // Looked up and not made: refused, and everything as it was, until somebody says again.
                assert_eq!((ended.refused, bench.done(), bench.keys().len()), (2, vec![], 1), "{dies:?}");
                bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
                bench.until(&job.id, |job| job.done == 2).await;
            }
            assert_eq!(bench.done(), [Operation::DeleteStreamKey, Operation::CreateStreamKey], "{dies:?} {looks_first}");
            assert_eq!(bench.keys().len(), 1, "{dies:?}");
            assert!(!bench.keys()[0].ends_with("/old"), "{dies:?}");
            assert!(bench.world.journal.verify().await.unwrap().good());
            tried += 1;
        }
    }
    assert_eq!(tried, 18);
}

#[tokio::test]
async fn a_key_that_was_made_unseen_is_adopted_by_its_tag() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.dies = Some((Operation::CreateStreamKey, Point::Outcome)));
    let job = bench.begin(&reset()).await;
    // A list that lags: the lookup says that it was not made, so it is sent again, and IVS says that there is one.
    let bench = bench.dies_and_begins_again(true, false).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, bench.keys().len()), (2, 1));
    assert_eq!(bench.done(), [Operation::DeleteStreamKey, Operation::CreateStreamKey]);
}

#[tokio::test]
async fn a_key_of_somebody_else_is_not_taken_for_ours() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.dies = Some((Operation::CreateStreamKey, Point::Intent)));
    let job = bench.begin(&reset()).await;
    tokio::time::timeout(Duration::from_secs(20), bench.world.died.notified()).await.unwrap();
    bench.set(|ivs| ivs.keys.get_mut(&channel(0)).unwrap().push(stream_key("theirs", Some("another"))));
    bench.world.died.notify_one();
    let bench = bench.dies_and_begins_again(true, true).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused, bench.keys().len()), (1, 1, 1));
    assert!(job.items[1].error.as_ref().unwrap().message.contains("Somebody else"));
}

#[tokio::test]
async fn what_passes_is_waited_for_and_the_channel_gets_its_key() {
    let bench = Bench::new().await;
    let refusals = [Code::Busy, Code::ServiceUnavailable, Code::ExpiredTokenException];
    bench.set(|ivs| ivs.refuses = refusals.map(|code| (Operation::CreateStreamKey, code)).to_vec());
    let job = bench.begin(&reset()).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, bench.keys().len()), (2, 1));
}

#[tokio::test]
async fn a_right_that_is_missing_ends_it_with_its_error() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::CreateStreamKey, Code::AccessDeniedException)]);
    let job = bench.begin(&reset()).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused, bench.keys().len()), (1, 1, 0));
    assert_eq!(job.items[1].error.as_ref().unwrap().code, Code::AccessDeniedException);
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 2).await;
    assert_eq!(bench.keys().len(), 1);
}

/// It waits for an hour; whoever cancels it does not.
#[tokio::test]
async fn a_reset_that_waits_ends_when_it_is_cancelled() {
    let bench = Bench::pausing(Duration::from_secs(3600)).await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::CreateStreamKey, Code::ServiceUnavailable)]);
    let job = bench.begin(&reset()).await;
    let waits = bench.until(&job.id, |job| job.items[1].error.is_some()).await;
    assert_eq!((waits.state, waits.items[1].outcome), (JobState::Running, None));
    bench.jobs.cancel(&job.id, &Visibility::Everyone).await.unwrap();
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (1, 1));
    assert_eq!(job.items[1].error.as_ref().unwrap().code, Code::ServiceUnavailable);
    assert_eq!(bench.done(), [Operation::DeleteStreamKey], "nothing more was sent");
    let refused = bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap_err();
    assert_eq!(refused.api.code, Code::StateChanged, "cancelled is cancelled");
    assert_eq!(bench.jobs.get(&job.id, &Visibility::Everyone).await.unwrap().refused, 1, "and its refusal is still to be seen");
}
