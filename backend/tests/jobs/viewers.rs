//! Revoking many viewers: a call for each twenty, of which IVS may take some and not others.

use crate::bench::{Bench, admin, channel, start};
use crate::world::POINTS;
use backend::journal::Visibility;
use contract::job::{Job, MOST, MOST_BYTES, StartJob, Task};
use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use contract::{Code, Operation};

const REVOKE: Operation = Operation::BatchStartViewerSessionRevocation;

fn revoke(count: usize) -> StartJob {
    let viewer = |n| ViewerSession { channel_arn: channel(n % 2), viewer_id: format!("v{n}"), ..ViewerSession::default() };
    start(Task::RevokeViewers { viewers: (0..count).map(viewer).collect() })
}

/// Who was revoked, by call.
fn revoked(bench: &Bench) -> Vec<Vec<String>> {
    let ivs = bench.world.ivs.lock().unwrap();
    ivs.done.iter().map(|(_, who)| who.split(' ').map(str::to_owned).collect()).collect()
}

fn code(job: &Job, n: usize) -> Option<Code> {
    job.items[n].error.as_ref().map(|error| error.code.clone())
}

#[tokio::test]
async fn they_go_in_twenties_and_only_whom_ivs_did_not_take_is_sent_again() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.unknown_viewers = ["v3".to_owned(), "v5".to_owned()].into());
    let job = bench.begin(&revoke(41)).await;
    assert_eq!(job.task, Task::RevokeViewers { viewers: Vec::new() }, "the items have them");
    let job = bench.finished(&job.id).await;
    assert_eq!(revoked(&bench).iter().map(Vec::len).collect::<Vec<_>>(), [20, 20, 1]);
    let who = |job: &Job, n: usize| -> Vec<String> { job.items[n].not_taken.iter().map(|error| error.viewer_id.clone()).collect() };
    assert_eq!((job.done, job.refused, job.items[0].viewers.len(), who(&job, 0)), (2, 1, 20, vec!["v3".to_owned(), "v5".to_owned()]));
    bench.set(|ivs| ivs.unknown_viewers.retain(|viewer| viewer == "v5"));
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    let job = bench.until(&job.id, |job| job.refused == 1 && job.items[0].not_taken.len() == 1).await;
    assert_eq!((revoked(&bench)[3].clone(), who(&job, 0)), (vec!["v3".to_owned(), "v5".to_owned()], vec!["v5".to_owned()]));
    assert_eq!(job.items[0].viewers.len(), 20, "whom it is about stays known");
    bench.set(|ivs| ivs.unknown_viewers.clear());
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    let job = bench.until(&job.id, |job| job.done == 3).await;
    assert_eq!((revoked(&bench)[4].clone(), who(&job, 0)), (vec!["v5".to_owned()], Vec::new()));
}

#[test]
fn as_many_as_a_job_takes_fit_into_a_request() {
    let viewer = |n: usize| ViewerSession {
        channel_arn: format!("arn:aws:ivs:ap-northeast-1:123456789012:channel/{n:012}"),
        viewer_id: format!("{n:040}"),
        viewer_session_versions_less_than_or_equal_to: Some(i32::MAX),
    };
    let start = start(Task::RevokeViewers { viewers: (0..MOST).map(viewer).collect() });
    assert!(serde_json::to_string(&start).unwrap().len() <= MOST_BYTES);
}

#[tokio::test]
async fn it_survives_death_at_every_point() {
    for point in POINTS {
        let bench = Bench::new().await;
        bench.set(|ivs| ivs.dies = Some((REVOKE, point)));
        let job = bench.begin(&revoke(25)).await;
        let bench = bench.dies_and_begins_again(true, true).await;
        let ended = bench.finished(&job.id).await;
        if ended.refused > 0 {
            bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
        }
        bench.until(&job.id, |job| job.done == 2).await;
        let all: std::collections::BTreeSet<String> = revoked(&bench).into_iter().flatten().collect();
        assert_eq!(all.len(), 25, "{point:?}");
    }
}

#[tokio::test]
async fn what_was_lost_is_sent_again_and_given_up_after_three_times() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.loses = 2);
    let job = bench.begin(&revoke(1)).await;
    bench.finished(&job.id).await;
    assert_eq!(revoked(&bench).len(), 3, "it was taken each time, and answered the third");
    bench.set(|ivs| ivs.loses = 3);
    let start = StartJob { key: "start-0002".to_owned(), ..revoke(1) };
    let job = bench.begin(&start).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((code(&job, 0), revoked(&bench).len()), (Some(Code::LookedUp), 6));
}

#[tokio::test]
async fn who_lost_the_right_is_denied_once_and_not_for_each_call() {
    let bench = Bench::new().await;
    bench.set(|ivs| ivs.rights = Some(contract::access::Rights { role: Some(contract::access::Role::Viewer), grants: Vec::new() }));
    let job = bench.begin(&revoke(100)).await;
    let job = bench.finished(&job.id).await;
    assert_eq!((job.refused, code(&job, 4)), (5, Some(Code::RoleForbidden)));
    assert_eq!(bench.world.ivs.lock().unwrap().denied, 1);
    bench.set(|ivs| ivs.rights = Some(admin()));
    bench.jobs.retry(&job.id, &Visibility::Everyone).await.unwrap();
    bench.until(&job.id, |job| job.done == 5).await;
}
