//! What one begins and another goes on with.

use crate::pair::{Pair, until};
use crate::support::{Console, REGIONS, commits, later};
use contract::Operation;
use emulator::Encoder;
use emulator::fault::{Fault, Rule, When};
use serde_json::{Value, json};

const REGION: &str = REGIONS[0];

/// What is unknown is looked up by whoever made it, as long as they live.
#[tokio::test]
async fn a_change_under_way_is_looked_after_by_one_of_them() {
    let pair = Pair::start().await;
    pair.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Stall { when: When::Before }));
    let first = pair.first.call(REGION, "CreateChannel", json!({ "name": "mine" }));
    let look = async {
        until(async || pair.emulator.unfired().is_empty()).await;
        pair.second.state.ivs.look_up_unknown(later()).await.unwrap();
        let open = pair.second.state.journal.unresolved().await.unwrap();
        assert!(matches!(&open[..], [open] if !open.left_behind && open.ending.is_none()), "{open:?}");
        pair.silent(&pair.first).await;
        pair.second.state.ivs.look_up_unknown(later()).await.unwrap();
    };
    tokio::select! {
        answer = first => panic!("{answer:?}"),
        () = look => {}
    }
    let ended = pair.second.post("/api/journal", &json!({})).await.json();
    let entry = ended["entries"].as_array().unwrap().iter().find(|entry| entry["operation"] == "CreateChannel").unwrap().clone();
    assert_eq!(entry["outcome"], "unknown", "looked for and not there: {entry}");
}

/// A plan that waits for the end of a stream: a policy that is to be taken from a live channel.
async fn waits(pair: &Pair, console: &Console) -> (String, String) {
    let policy = console.call(REGION, "CreatePlaybackRestrictionPolicy", json!({ "name": "p" })).await.json();
    let policy = policy["response"]["playbackRestrictionPolicy"]["arn"].as_str().unwrap().to_owned();
    let made = console.call(REGION, "CreateChannel", json!({ "name": "live", "playbackRestrictionPolicyArn": policy })).await.json();
    let channel = made["response"]["channel"]["arn"].as_str().unwrap().to_owned();
    pair.emulator.edit(REGION, |region, ctx| region.go_live(ctx, &channel, &Encoder::default())).unwrap();
    let task = json!({ "kind": "DetachChannels", "arn": policy, "arns": [channel], "delete": true });
    let start = json!({ "account": "demo", "region": REGION, "task": task, "key": "start-0001" });
    let started = console.post("/api/jobs/start", &start).await;
    assert_eq!(started.status, 200, "{started:?}");
    (started.json()["id"].as_str().unwrap().to_owned(), channel)
}

async fn job(console: &Console, id: &str) -> Value {
    console.post("/api/jobs/get", &json!({ "id": id })).await.json()
}

/// The items wait for the stream to end.
async fn is_waiting(pair: &Pair) -> bool {
    pair.count("SELECT count(*) FROM job_item WHERE error LIKE '%StreamNotEnded%'").await == 1
}

#[tokio::test]
async fn a_job_that_a_console_leaves_behind_another_takes_up() {
    let pair = Pair::start().await;
    let (id, channel) = waits(&pair, &pair.first).await;
    until(async || is_waiting(&pair).await).await;
    let worker = pair.first.state.ivs.replicas().id().unwrap();
    // The other is asked for it, and leaves it to the one that has it.
    let retried = pair.second.post("/api/jobs/retry", &json!({ "id": id })).await;
    assert_eq!(retried.status, 200, "{retried:?}");
    let taken = |by: &str| format!("SELECT 1 FROM job WHERE worker = '{by}'");
    assert_eq!(pair.sql(&taken(&worker)).await, 1, "one of them works on it");
    let Pair { database, emulator, first, second } = pair;
    first.killed();
    let pair = Pair { first: second.with_cookie(None), database, emulator, second };
    pair.sql(&format!("UPDATE replica SET seen = seen - 30000000 WHERE id = '{worker}'")).await;
    pair.emulator.edit(REGION, |region, ctx| region.end(ctx, &channel)).unwrap();
    let state = pair.second.state.clone();
    let following = tokio::spawn(async move { state.jobs.take_up().await });
    until(async || job(&pair.second, &id).await["state"] == "finished").await;
    assert_eq!(commits(&pair.second, Operation::UpdateChannel), 1);
    assert_eq!(pair.count("SELECT count(*) FROM job WHERE worker IS NULL").await, 1, "and gives it free");
    following.abort();
}

#[tokio::test]
async fn whoever_cancels_at_the_other_console_is_heard() {
    let pair = Pair::start().await;
    let state = pair.first.state.clone();
    let following = tokio::spawn(async move { state.jobs.take_up().await });
    let (id, _) = waits(&pair, &pair.first).await;
    until(async || is_waiting(&pair).await).await;
    let cancelled = pair.second.post("/api/jobs/cancel", &json!({ "id": id })).await;
    assert_eq!(cancelled.status, 200, "{cancelled:?}");
    until(async || ["finished", "cancelled"].contains(&job(&pair.second, &id).await["state"].as_str().unwrap_or_default())).await;
    assert_eq!(commits(&pair.second, Operation::UpdateChannel), 0);
    following.abort();
}

/// A console was held up for so long that another has taken its job: what it comes back with counts for nothing, and it goes no further.
#[tokio::test]
async fn whose_job_was_taken_over_goes_no_further() {
    let pair = Pair::start().await;
    let (one, _) = pair.first.channel(REGION, "one").await;
    let (two, _) = pair.first.channel(REGION, "two").await;
    pair.emulator.faults().add(Rule::on(Operation::DeleteChannel, Fault::Delay { millis: 500 }));
    let task = json!({ "kind": "DeleteChannels", "arns": [one, two] });
    let start = json!({ "account": "demo", "region": REGION, "task": task, "key": "start-0001" });
    let id = pair.first.post("/api/jobs/start", &start).await.json()["id"].as_str().unwrap().to_owned();
    until(async || pair.emulator.unfired().is_empty()).await;
    let second = pair.second.state.ivs.replicas().id().unwrap();
    assert_eq!(pair.sql(&format!("UPDATE job SET worker = '{second}'")).await, 1);
    until(async || pair.count("SELECT count(*) FROM journal WHERE operation = 'DeleteChannel' AND outcome = 'done'").await == 1).await;
    pair.second.post("/api/jobs/retry", &json!({ "id": id })).await;
    until(async || job(&pair.second, &id).await["state"] == "finished").await;
    assert_eq!(commits(&pair.second, Operation::DeleteChannel), 2);
    let by = "SELECT count(DISTINCT replica) FROM journal WHERE operation = 'DeleteChannel' AND phase = 'intent'";
    assert_eq!(pair.count(by).await, 2, "each of them one");
}
