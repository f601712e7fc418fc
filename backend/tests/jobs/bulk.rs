//! One call for each of many resources, and what holds for every job.

use crate::bench::{Bench, ada, admin, channel, delete, start};
use crate::world::{POINTS, Point};
use backend::journal::Visibility;
use contract::access::{Rights, Role};
use contract::job::{Job, JobState, MOST, MOST_BYTES, StartJob, Task};
use contract::tag::Tags;
use contract::{Code, Operation};
use std::time::Duration;

#[tokio::test]
async fn deletes_survive_death_at_every_point() {
    for point in POINTS {
        for looks_first in [true, false] {
            let bench = Bench::new().await;
            bench.set(|ivs| ivs.dies = Some((Operation::DeleteChannel, point)));
            let job = bench.begin(&delete(4)).await;
            let bench = bench.dies_and_begins_again(looks_first, true).await;
            let ended = bench.finished(&job.id).await;
            assert_eq!(ended.done + ended.refused, 4, "{point:?}");
            assert_eq!(ended.refused, u32::from(point == Point::Commit), "{point:?}");
            bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
            bench.until(&job.id, |job| job.done == 4).await;
            let mut targets: Vec<_> = bench.world.ivs.lock().unwrap().done.iter().map(|(_, target)| target.clone()).collect();
            targets.sort_unstable();
            assert_eq!(targets, (0..4).map(channel).collect::<Vec<_>>(), "each once: {point:?}");
        }
    }
}

const OLD: &str = "arn:aws:ivs:eu-west-1:123456789012:recording-configuration/oldOldOldOld";
const NEW: &str = "arn:aws:ivs:eu-west-1:123456789012:recording-configuration/newNewNewNew";

fn detach(to: Option<&str>) -> StartJob {
    let arns = (0..3).map(channel).collect();
    start(Task::DetachChannels { arn: OLD.to_owned(), arns, to: to.map(ToOwned::to_owned), delete: true })
}

#[tokio::test]
async fn a_plan_that_moves_channels_and_deletes_survives_death_at_every_point() {
    for point in POINTS {
        for dies in [Operation::UpdateChannel, Operation::DeleteRecordingConfiguration] {
            let bench = Bench::new().await;
            bench.set(|ivs| {
                ivs.attached = (0..3).map(|n| (channel(n), OLD.to_owned())).collect();
                ivs.dies = Some((dies, point));
            });
            let job = bench.begin(&detach(Some(NEW))).await;
            let bench = bench.dies_and_begins_again(true, true).await;
            bench.finished(&job.id).await;
            bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
            bench.until(&job.id, |job| job.done + job.refused == 4 && job.state == JobState::Finished).await;
            let ivs = bench.world.ivs.lock().unwrap();
            assert!(ivs.attached.values().all(|attached| attached == NEW), "{dies} {point:?}");
            let deleted = ivs.done.iter().filter(|(operation, _)| *operation == Operation::DeleteRecordingConfiguration).count();
            assert_eq!(deleted, 1, "{dies} {point:?}");
        }
    }
}

#[tokio::test]
async fn what_somebody_else_has_changed_is_left_alone_and_nothing_in_use_is_deleted() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.attached = [(channel(0), OLD.to_owned()), (channel(1), NEW.to_owned()), (channel(9), OLD.to_owned())].into());
    let job = bench.begin(&detach(None)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (1, 3), "the first is let go; the second has another, the third is gone, and one more has it");
    let ivs = bench.world.ivs.lock().unwrap();
    assert_eq!(
        (ivs.attached[&channel(0)].as_str(), ivs.attached[&channel(1)].as_str(), ivs.attached[&channel(9)].as_str()),
        ("", NEW, OLD)
    );
}

#[tokio::test]
async fn channels_that_are_live_are_waited_for_and_hold_up_nothing_else() {
    let bench = Bench::new().await;
    bench.set(|ivs| {
        ivs.attached = (0..3).map(|n| (channel(n), OLD.to_owned())).collect();
        ivs.live = [channel(0), channel(1)].into();
    });
    let job = bench.begin(&detach(None)).await;
    let waiting = bench.until(&job.id, |job| job.done == 1 && job.items[0].error.is_some() && job.items[1].error.is_some()).await;
    assert_eq!((waiting.state, waiting.refused), (JobState::Running, 0), "the third is done, and neither of the live ones gave up");
    let lists = bench.world.ivs.lock().unwrap().lists;
    bench.until(&job.id, |_| bench.world.ivs.lock().unwrap().lists >= lists + 5).await;
    let asked = |bench: &Bench| -> Vec<usize> { bench.world.ivs.lock().unwrap().updates.values().copied().collect() };
    assert_eq!(asked(&bench), [1, 1, 1], "nothing is asked of a channel that is listed as live");
    // The second ends before the first.
    bench.set(|ivs| ivs.live.retain(|live| *live != channel(1)));
    bench.until(&job.id, |job| job.done == 2).await;
    assert_eq!(asked(&bench), [1, 2, 1]);
    assert!(!bench.done().contains(&Operation::DeleteRecordingConfiguration));
    bench.set(|ivs| ivs.live.clear());
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (4, 0));
}

/// It waits while that passes by itself, and is refused where it does not.
#[tokio::test]
async fn where_nobody_can_tell_who_is_live_nothing_is_tried_blindly() {
    let bench = Bench::new().await;
    bench.set(|ivs| {
        ivs.attached = [(channel(0), OLD.to_owned())].into();
        ivs.live = [channel(0)].into();
        ivs.refuses = vec![(Operation::ListStreams, Code::ServiceUnavailable); 3];
    });
    let job = bench.begin(&start(Task::DetachChannels { arn: OLD.to_owned(), arns: vec![channel(0)], to: None, delete: false })).await;
    bench.until(&job.id, |_| bench.world.ivs.lock().unwrap().lists > 4).await;
    assert_eq!(bench.world.ivs.lock().unwrap().updates[&channel(0)], 1);
    bench.set(|ivs| ivs.refuses = vec![(Operation::ListStreams, Code::AccessDeniedException)]);
    let job = bench.finished(&job.id).await;
    assert_eq!(job.items[0].error.as_ref().map(|error| error.code.clone()), Some(Code::AccessDeniedException));
}

#[tokio::test]
async fn a_stream_that_ends_before_it_is_looked_at_was_one() {
    let bench = Bench::new().await;
    bench.set(|ivs| {
        ivs.attached = (0..3).map(|n| (channel(n), OLD.to_owned())).collect();
        ivs.refuses = vec![(Operation::UpdateChannel, Code::ConflictException)];
    });
    let job = bench.begin(&detach(None)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (4, 0));
}

#[tokio::test]
async fn another_conflict_is_refused_and_nothing_is_deleted_that_a_channel_may_still_have() {
    let bench = Bench::new().await;
    bench.set(|ivs| {
        ivs.attached = (0..3).map(|n| (channel(n), OLD.to_owned())).collect();
        ivs.in_use = [channel(0)].into();
    });
    let job = bench.begin(&detach(None)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (2, 2), "the first was refused for another reason than a stream");
    assert!(!bench.done().contains(&Operation::DeleteRecordingConfiguration));
    bench.set(|ivs| ivs.in_use.clear());
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 4).await;
}

#[tokio::test]
async fn a_channel_that_is_gone_has_let_go_and_what_is_not_there_takes_nothings_place() {
    let bench = Bench::new().await;
    bench.set(|ivs| {
        ivs.attached = (0..3).map(|n| (channel(n), OLD.to_owned())).collect();
        ivs.attached.remove(&channel(0));
        ivs.gone = [channel(0)].into();
    });
    let job = bench.begin(&detach(None)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (4, 0), "{job:?}");

    let bench = Bench::new().await;
    bench.set(|ivs| {
        ivs.attached = (0..3).map(|n| (channel(n), OLD.to_owned())).collect();
        ivs.gone = [NEW.to_owned()].into();
    });
    let job = bench.begin(&detach(Some(NEW))).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused), (0, 4), "the old one is not deleted for that the new one is not there");
    assert!(bench.done().is_empty());
}

#[tokio::test]
async fn a_channel_that_somebody_else_has_deleted_is_deleted() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.gone = [channel(1)].into());
    let job = bench.begin(&delete(3)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.done, job.refused, bench.done().len()), (3, 0, 2));
}

#[tokio::test]
async fn rights_are_asked_before_each_call_and_retry_begins_what_was_refused() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::DeleteChannel, Code::ConflictException)]);
    bench.set(|ivs| ivs.dies = Some((Operation::DeleteChannel, Point::Answer)));
    let job = bench.begin(&delete(4)).await;
    tokio::time::timeout(Duration::from_secs(20), bench.world.died.notified()).await.unwrap();
    bench.set(|ivs| ivs.rights = Some(Rights { role: Some(Role::Operator), grants: Vec::new() }));
    bench.world.died.notify_one();
    let bench = bench.dies_and_begins_again(true, true).await;
    let ended = bench.finished(&job.id).await;
    let codes: Vec<_> = ended.items.iter().map(|item| item.error.clone().unwrap().code).collect();
    assert_eq!(codes, [Code::ConflictException, Code::RoleForbidden, Code::RoleForbidden, Code::RoleForbidden]);
    bench.set(|ivs| ivs.rights = None);
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.refused == 4).await;
    bench.set(|ivs| ivs.rights = Some(admin()));
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 4).await;
    assert_eq!(bench.done().len(), 4);
}

#[tokio::test]
async fn what_is_busy_is_asked_again_under_another_key() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::TagResource, Code::Busy), (Operation::TagResource, Code::ThrottlingException)]);
    let tags = Tags::from([("team".to_owned(), "sports".to_owned())]);
    let job = bench.begin(&start(Task::TagResources { arns: vec![channel(1), channel(2), channel(1)], tags })).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.total, job.done), (2, 2), "a resource named twice is tagged once");
}

#[tokio::test]
async fn a_cancelled_job_begins_nothing_more() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.dies = Some((Operation::UntagResource, Point::Answer)));
    let untag = start(Task::UntagResources { arns: vec![channel(1), channel(2), channel(3)], tag_keys: vec!["team".to_owned()] });
    let job = bench.begin(&untag).await;
    tokio::time::timeout(Duration::from_secs(20), bench.world.died.notified()).await.unwrap();
    let running = bench.jobs.cancel(&job.id, &Visibility::Everyone).await.unwrap();
    assert_eq!(running.state, JobState::Running, "what is under way ends first");
    bench.world.died.notify_one();
    let bench = bench.dies_and_begins_again(true, true).await;
    let job = bench.until(&job.id, |job| job.state == JobState::Cancelled).await;
    assert_eq!((job.done, bench.done().len()), (1, 1));
    assert_eq!(job.items[1].outcome, None);
    let refused = bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap_err();
    assert_eq!(refused.api.code, Code::StateChanged);
}

#[tokio::test]
async fn a_job_is_started_once_for_each_key_and_seen_by_its_person() {
    let bench = Bench::new().await;
    assert!(!bench.jobs.any(&Visibility::Everyone).await.unwrap());
    let job = bench.begin(&delete(2)).await;
    assert_eq!(bench.begin(&delete(2)).await.id, job.id);
    bench.finished(&job.id).await;
    assert_eq!(bench.done().len(), 2);
    let other = bench.jobs.start(&ada(), &admin(), "request-2", &delete(3)).await.unwrap_err();
    assert_eq!(other.api.code, Code::KeyReused);
    let grace = Visibility::Only("grace".to_owned());
    assert_eq!(bench.jobs.get(&job.id, &grace).await.unwrap_err().api.code, Code::NotFound);
    assert!(bench.jobs.list(&grace).await.unwrap().jobs.is_empty());
    assert!(!bench.jobs.any(&grace).await.unwrap());
    assert!(bench.jobs.any(&Visibility::Only("ada".to_owned())).await.unwrap());
    let listed = bench.jobs.list(&Visibility::Only("ada".to_owned())).await.unwrap().jobs;
    let ended = bench.finished(&job.id).await;
    // As the job itself, but for what there is one of for each item.
    let outline = Job { items: Vec::new(), task: Task::DeleteChannels { arns: Vec::new() }, ..ended };
    assert_eq!((&listed, outline.total, outline.done, outline.state), (&vec![outline.clone()], 2, 2, JobState::Finished));
}

#[tokio::test]
async fn every_channel_of_a_large_region_is_one_job_that_fits_into_a_request() {
    // Of the longest region, with as many and as long tags as there may be.
    let arn = |n: usize| format!("arn:aws:ivs:ap-northeast-1:123456789012:channel/{n:012}");
    let tags: Tags = (0..50).map(|n| (format!("{n:0128}"), "v".repeat(256))).collect();
    let start = StartJob { region: "ap-northeast-1".to_owned(), ..start(Task::TagResources { arns: (0..MOST).map(arn).collect(), tags }) };
    assert!(serde_json::to_string(&start).unwrap().len() <= MOST_BYTES);

    let bench = Bench::new().await;
    let job = bench.begin(&start).await;
    assert_eq!(job.total as usize, MOST);
    bench.until(&job.id, |job| job.done >= 100).await;
    bench.jobs.cancel(&job.id, &Visibility::Everyone).await.unwrap();
    let ended = bench.until(&job.id, |job| job.state == JobState::Cancelled).await;
    // In their order, each once, and none that was not begun.
    let done: Vec<_> = bench.world.ivs.lock().unwrap().done.iter().map(|(_, target)| target.clone()).collect();
    assert_eq!((done.clone(), ended.total as usize), ((0..done.len()).map(arn).collect::<Vec<_>>(), MOST));
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_is_begun() {
    let bench = Bench::new().await;
    let operator = Rights { role: Some(Role::Operator), grants: Vec::new() };
    let forbidden = bench.jobs.start(&ada(), &operator, "request-1", &delete(1)).await.unwrap_err();
    assert_eq!(forbidden.api.code, Code::RoleForbidden);
    let arns = |arns: Vec<String>| start(Task::DeleteChannels { arns });
    let many = (0..=MOST).map(|n| format!("{}{n}", channel(0))).collect();
    for (bad, field) in [
        (arns(vec![]), "task.arns"),
        (arns(many), "task.arns"),
        (arns(vec!["arn:aws:s3:::bucket".to_owned()]), "arn"),
        (StartJob { key: "short".to_owned(), ..delete(1) }, "key"),
        (StartJob { name: Some("thgin\u{202e}".to_owned()), ..delete(1) }, "name"),
        (StartJob { name: Some("n".repeat(201)), ..delete(1) }, "name"),
        (StartJob { reason: Some("é".repeat(501)), ..delete(1) }, "reason"),
    ] {
        let refused = bench.jobs.start(&ada(), &admin(), "request-1", &bad).await.unwrap_err();
        assert_eq!((refused.api.code, refused.api.fields.0[0].field.as_str()), (Code::ValidationException, field));
    }
    assert!(bench.jobs.list(&Visibility::Everyone).await.unwrap().jobs.is_empty());
}
