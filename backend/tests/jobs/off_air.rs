//! Taking a channel off air and keeping it off.

use crate::bench::{Bench, channel, start};
use crate::world::{POINTS, stream_key};
use backend::journal::Visibility;
use contract::job::{Job, StartJob, Task};
use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use contract::{Code, Operation};

fn off_air(new_key: bool, viewers: usize) -> StartJob {
    let viewer = |n| ViewerSession { channel_arn: channel(0), viewer_id: format!("v{n}"), ..ViewerSession::default() };
    let viewers = (0..viewers).map(viewer).collect();
    start(Task::TakeOffAir { channel_arn: channel(0), key_arn: stream_key("old", None).arn, new_key, viewers })
}

async fn live() -> Bench {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.live = [channel(0)].into());
    bench
}

fn codes(job: &Job) -> Vec<Option<Code>> {
    job.items.iter().map(|item| item.error.as_ref().map(|error| error.code.clone())).collect()
}

const ALL: [Operation; 3] = [Operation::DeleteStreamKey, Operation::StopStream, Operation::CreateStreamKey];

#[tokio::test]
async fn the_key_goes_first_then_the_stream_and_the_next_key_comes_last() {
    let bench = live().await;
    bench.set(|ivs| ivs.lags = 3);
    let job = bench.begin(&off_air(true, 0)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!(codes(&job), [None, None, None, None], "{job:?}");
    assert_eq!(bench.done(), ALL);
    assert!(bench.world.ivs.lock().unwrap().live.is_empty());
}

#[tokio::test]
async fn without_a_new_key_it_stays_without_one_and_viewers_are_revoked_in_twenties() {
    let bench = live().await;
    let job = bench.begin(&off_air(false, 41)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.total, job.done), (6, 6));
    assert!(bench.keys().is_empty());
    let revoked: Vec<usize> = {
        let ivs = bench.world.ivs.lock().unwrap();
        let revocations = ivs.done.iter().filter(|(operation, _)| *operation == Operation::BatchStartViewerSessionRevocation);
        revocations.map(|(_, who)| who.split(' ').count()).collect()
    };
    assert_eq!(revoked, [20, 20, 1]);
}

#[tokio::test]
async fn viewers_that_ivs_does_not_take_are_said_and_retry_asks_again() {
    let bench = live().await;
    bench.set(|ivs| ivs.unknown_viewers = ["v1".to_owned(), "v3".to_owned()].into());
    let job = bench.begin(&off_air(false, 5)).await;
    let job = bench.finished(&job.id).await;
    let error = job.items[3].error.as_ref().unwrap();
    assert_eq!((error.code.clone(), error.message.as_str()), (Code::ValidationException, "IVS did not take 2 of them: v1, v3. No."));
    bench.set(|ivs| ivs.unknown_viewers.clear());
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 4).await;
}

/// Its key could not be deleted: it is stopped all the same, and what comes back is said.
#[tokio::test]
async fn an_encoder_that_comes_back_is_said_and_no_key_is_made() {
    let bench = live().await;
    bench.set(|ivs| {
        ivs.refuses = vec![(Operation::DeleteStreamKey, Code::AccessDeniedException)];
        ivs.comes_back = 1;
    });
    let job = bench.begin(&off_air(true, 0)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!(codes(&job), [Some(Code::AccessDeniedException), None, Some(Code::StateChanged), Some(Code::ConflictException)]);
    assert!(job.items[2].error.as_ref().unwrap().message.contains("live again"));
    assert_eq!(bench.keys().len(), 1);
}

/// What must go does not wait for a read.
#[tokio::test]
async fn what_cannot_be_looked_at_is_stopped_all_the_same() {
    let bench = live().await;
    bench.set(|ivs| {
        ivs.refuses = vec![(Operation::GetStream, Code::AccessDeniedException)];
        (ivs.since, ivs.lags) = (Some(1), 2);
    });
    let job = bench.begin(&off_air(false, 0)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!(codes(&job), [None, None, None]);
    assert!(bench.world.ivs.lock().unwrap().live.is_empty());
}

#[tokio::test]
async fn a_stream_that_began_long_after_it_was_asked_is_another() {
    let bench = live().await;
    bench.set(|ivs| {
        ivs.refuses = vec![(Operation::StopStream, Code::AccessDeniedException)];
        ivs.since = Some(1);
    });
    let job = bench.begin(&off_air(false, 0)).await;
    bench.finished(&job.id).await;
    // Just later than five minutes after the start, and not after the retry.
    bench.set(|ivs| ivs.since = Some(job.at + 5 * 60 * 1000 + 1));
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    let job = bench.until(&job.id, |job| job.refused == 2).await;
    assert_eq!(job.items[1].error.as_ref().unwrap().code, Code::StateChanged);
    assert!(!bench.done().contains(&Operation::StopStream));
}

/// The key was still there while it was watched: once that is gone too, it is looked at anew.
#[tokio::test]
async fn whoever_comes_back_before_the_retry_is_stopped_too() {
    let bench = live().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::DeleteStreamKey, Code::AccessDeniedException)]);
    let job = bench.begin(&off_air(true, 0)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (2, 2));
    bench.set(|ivs| {
        ivs.done.clear();
        ivs.live = [channel(0)].into();
        // With the key that is still there, however late.
        ivs.since = Some(job.at + 5 * 60 * 1000 + 1);
    });
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 4).await;
    assert!(bench.world.ivs.lock().unwrap().live.is_empty(), "what came back is off air");
    assert_eq!(bench.done(), ALL);
}

#[tokio::test]
async fn a_stop_that_never_reached_ivs_is_sent_again_and_nobody_waits_for_the_journal() {
    let bench = live().await;
    bench.set(|ivs| ivs.swallows = Some(Operation::StopStream));
    let job = bench.begin(&off_air(true, 0)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused, bench.done()), (4, 0, ALL.to_vec()));
}

#[tokio::test]
async fn it_survives_death_at_every_point() {
    let changes = ALL.into_iter().flat_map(|operation| POINTS.map(|point| (operation, point)));
    for (operation, point) in changes {
        let bench = live().await;
        bench.set(|ivs| ivs.dies = Some((operation, point)));
        let job = bench.begin(&off_air(true, 3)).await;
        let bench = bench.dies_and_begins_again(true, true).await;
        let ended = bench.finished(&job.id).await;
        if ended.refused > 0 {
            bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
        }
        let ended = bench.until(&job.id, |job| job.done == 5).await;
        assert_eq!(codes(&ended), [None, None, None, None, None], "{operation} {point:?}");
        let ivs = bench.world.ivs.lock().unwrap();
        assert!(ivs.live.is_empty() && ivs.keys[&channel(0)].len() == 1, "{operation} {point:?}");
        for step in ALL {
            assert_eq!(ivs.done.iter().filter(|(done, _)| *done == step).count(), 1, "{step} once: {operation} {point:?}");
        }
    }
}

#[tokio::test]
async fn it_is_watched_again_after_death() {
    let bench = live().await;
    bench.set(|ivs| ivs.dies = Some((Operation::GetStream, crate::world::Point::Intent)));
    let job = bench.begin(&off_air(false, 0)).await;
    let bench = bench.dies_and_begins_again(true, true).await;
    assert_eq!(bench.finished(&job.id).await.done, 3);
}

#[tokio::test]
async fn cancelled_it_ends_what_it_began_and_makes_no_key() {
    let bench = live().await;
    bench.set(|ivs| ivs.lags = usize::MAX);
    let job = bench.begin(&off_air(true, 0)).await;
    bench.until(&job.id, |job| job.items[2].begun && job.items[2].error.is_some()).await;
    bench.jobs.cancel(&job.id, &Visibility::Everyone).await.unwrap();
    let job = bench.until(&job.id, |job| job.items[2].error.as_ref().is_some_and(|error| error.code == Code::StateChanged)).await;
    assert!(job.cancelled);
    assert!(bench.keys().is_empty(), "a channel that was to stay off air gets no key");
}

#[tokio::test]
async fn viewers_of_another_channel_are_refused() {
    let bench = live().await;
    let viewers = vec![ViewerSession { channel_arn: channel(1), viewer_id: "v".to_owned(), ..ViewerSession::default() }];
    let task = Task::TakeOffAir { channel_arn: channel(0), key_arn: None, new_key: false, viewers };
    let refused = bench.jobs.start(&crate::bench::ada(), &crate::bench::admin(), "request-1", &start(task)).await.unwrap_err();
    assert!(refused.api.fields.at("task.viewers").is_some());
}
