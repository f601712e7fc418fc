//! Resetting many stream keys, and creating many channels: each once, and at most one channel without a key.

use crate::bench::{Bench, channel, start};
use crate::world::{POINTS, Point, stream_key};
use backend::journal::Visibility;
use contract::channel::CreateChannel;
use contract::job::{Job, MOST_KEYS, StartJob, Task};
use contract::{Code, Operation};

fn resets(count: usize) -> StartJob {
    start(Task::ResetStreamKeys { arns: (0..count).map(channel).collect() })
}

fn creates(count: usize) -> StartJob {
    let channels = (0..count).map(|n| CreateChannel { name: Some(format!("stage-{n}")), ..CreateChannel::default() });
    start(Task::CreateChannels { channels: channels.collect() })
}

async fn with_keys(count: usize) -> Bench {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.keys = (0..count).map(|n| (channel(n), vec![stream_key(&format!("old{n}"), None)])).collect());
    bench
}

fn codes(job: &Job) -> Vec<Option<Code>> {
    job.items.iter().map(|item| item.error.as_ref().map(|error| error.code.clone())).collect()
}

#[tokio::test]
async fn each_key_is_reset_once_and_each_channel_ends_with_one() {
    for dies in [Operation::DeleteStreamKey, Operation::CreateStreamKey] {
        for point in POINTS {
            let bench = with_keys(3).await;
            bench.set(|ivs| ivs.dies = Some((dies, point)));
            let job = bench.begin(&resets(3)).await;
            let bench = bench.dies_and_begins_again(true, true).await;
            bench.finished(&job.id).await;
            if bench.jobs.get(&job.id, &Visibility::Everyone).await.unwrap().refused > 0 {
                bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
            }
            bench.until(&job.id, |job| job.done == 6).await;
            let ivs = bench.world.ivs.lock().unwrap();
            let made = ivs.keys.values().all(|keys| keys.len() == 1 && !keys[0].arn.as_ref().unwrap().contains("/old"));
            assert!(made, "{dies} {point:?}");
            assert_eq!(ivs.done.len(), 6, "{dies} {point:?}");
        }
    }
}

#[tokio::test]
async fn where_one_channel_is_left_without_a_key_the_others_keep_theirs() {
    let bench = with_keys(3).await;
    bench.set(|ivs| ivs.refuses = vec![(Operation::CreateStreamKey, Code::AccessDeniedException)]);
    let job = bench.begin(&resets(3)).await;
    let job = bench.finished(&job.id).await;
    let (denied, kept) = (Some(Code::AccessDeniedException), Some(Code::ConflictException));
    assert_eq!(codes(&job), [None, denied, kept.clone(), kept.clone(), kept.clone(), kept]);
    assert_eq!(bench.done(), [Operation::DeleteStreamKey], "no other key was deleted");
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 6).await;
}

/// Its operation tag says when it was made.
#[tokio::test]
async fn a_key_that_somebody_makes_meanwhile_is_not_deleted() {
    let bench = with_keys(2).await;
    let later = uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, 4_000_000_000, 0)).to_string();
    bench.set(|ivs| drop(ivs.keys.insert(channel(0), vec![stream_key("theirs", Some(&later))])));
    let job = bench.begin(&resets(2)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!(codes(&job), [Some(Code::StateChanged), Some(Code::ConflictException), None, None]);
    assert_eq!(bench.keys(), [stream_key("theirs", None).arn.unwrap()]);
}

#[tokio::test]
async fn each_channel_is_created_once_wherever_the_process_dies() {
    for point in POINTS {
        let bench = Bench::new().await;
        bench.set(|ivs| ivs.dies = Some((Operation::CreateChannel, point)));
        let job = bench.begin(&creates(3)).await;
        let bench = bench.dies_and_begins_again(true, true).await;
        let ended = bench.finished(&job.id).await;
        assert_eq!(ended.refused, u32::from(point == Point::Commit), "{point:?}");
        bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
        let ended = bench.until(&job.id, |job| job.done == 3).await;
        let mut made: Vec<String> = bench.world.ivs.lock().unwrap().made.iter().map(|(name, _)| name.clone()).collect();
        made.sort_unstable();
        assert_eq!(made, ["stage-0", "stage-1", "stage-2"], "{point:?}");
        assert!(ended.items.iter().all(|item| item.made.len() == 1 && item.target.is_empty()), "what was made is named: {point:?}");
        let names: Vec<&str> = ended.items.iter().filter_map(|item| item.name.as_deref()).collect();
        assert_eq!(names, ["stage-0", "stage-1", "stage-2"]);
        assert_eq!(ended.task, Task::CreateChannels { channels: Vec::new() }, "the items have them");
    }
}

#[tokio::test]
async fn what_is_asked_for_twice_with_one_key_is_one_job_and_nothing_else() {
    let bench = Bench::new().await;
    let job = bench.begin(&creates(2)).await;
    assert_eq!(bench.begin(&creates(2)).await.id, job.id);
    let other = bench.jobs.start(&crate::bench::ada(), &crate::bench::admin(), "request-1", &creates(1)).await.unwrap_err();
    assert_eq!(other.api.code, Code::KeyReused);
    bench.finished(&job.id).await;
    assert_eq!(bench.world.ivs.lock().unwrap().made.len(), 2);
}

#[tokio::test]
async fn rows_that_ivs_would_not_take_and_too_many_are_refused_before_anything_is_done() {
    let bench = Bench::new().await;
    let refusal = async |start: StartJob| {
        let refused = bench.jobs.start(&crate::bench::ada(), &crate::bench::admin(), "request-1", &start).await;
        refused.unwrap_err().api.fields
    };
    assert!(refusal(creates(0)).await.at("task.channels").is_some());
    assert!(refusal(creates(MOST_KEYS + 1)).await.at("task.channels").is_some());
    assert!(refusal(resets(MOST_KEYS + 1)).await.at("task.arns").is_some());
    let bad = CreateChannel { name: Some("not a name!".to_owned()), ..CreateChannel::default() };
    assert!(refusal(start(Task::CreateChannels { channels: vec![CreateChannel::default(), bad] })).await.at("name").is_some());
    assert!(bench.world.ivs.lock().unwrap().made.is_empty());
}
