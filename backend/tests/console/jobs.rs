//! Jobs from the browser's request to IVS and back: the emulator says what was really done, the journal what was meant.

use crate::support::{Console, commits, emulated};
use contract::Operation;
use contract::access::Role;
use emulator::fault::{Fault, Rule, When};
use serde_json::{Value, json};
use std::time::Duration;

const REGION: &str = "eu-west-1";

/// Starts a job; its id.
async fn start(console: &Console, task: &Value) -> String {
    let body = json!({ "account": "demo", "region": REGION, "task": task, "reason": "Leaked.", "key": "from-the-browser" });
    let answer = console.post("/api/jobs/start", &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn get(console: &Console, id: &str) -> Value {
    console.post("/api/jobs/get", &json!({ "id": id })).await.json()
}

/// Looks at a job, as the browser does, until it is so.
async fn until(console: &Console, id: &str, so: impl Fn(&Value) -> bool) -> Value {
    // Seldom enough to leave the machine to the job, whose pauses are 5, 10 and 20 seconds when it is refused again and again.
    let mut turns = tokio::time::interval(Duration::from_millis(20));
    let last = std::cell::RefCell::new(Value::Null);
    let look = async {
        loop {
            turns.tick().await;
            last.replace(get(console, id).await);
            if so(&last.borrow()) {
                return;
            }
        }
    };
    let seen = tokio::time::timeout(Duration::from_secs(60), look).await;
    let last = last.into_inner();
    assert!(seen.is_ok(), "it does not come to that: {last}");
    last
}

fn finished(job: &Value) -> bool {
    job["state"] == "finished"
}

fn counts(job: &Value) -> [u64; 4] {
    ["total", "done", "refused", "unknown"].map(|member| job[member].as_u64().unwrap())
}

/// The rows of the journal about changes, newest first.
async fn rows(console: &Console) -> Vec<Value> {
    let journal = console.post("/api/journal", &json!({})).await.json();
    journal["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "change").cloned().collect()
}

/// The stream keys of a channel.
async fn keys(console: &Console, channel: &str) -> Vec<String> {
    let list = console.call(REGION, "ListStreamKeys", json!({ "channelArn": channel })).await.json();
    let keys = list["response"]["streamKeys"].as_array().unwrap();
    keys.iter().map(|key| key["arn"].as_str().unwrap().to_owned()).collect()
}

async fn channels(console: &Console, count: usize) -> Vec<String> {
    let mut arns = Vec::new();
    for n in 0..count {
        arns.push(console.channel(REGION, &format!("channel-{n}")).await.0);
    }
    arns
}

#[tokio::test]
async fn a_job_is_admitted_as_its_changes_are() {
    let console = Console::start().await;
    let arns = channels(&console, 1).await;
    let body = |account: &str, region: &str| json!({ "account": account, "region": region, "task": { "kind": "DeleteChannels", "arns": arns }, "key": "from-the-browser" });
    for (account, region) in [("other", REGION), ("demo", "eu-west-9")] {
        assert_eq!(console.post("/api/jobs/start", &body(account, region)).await.code(), "NotFound", "{account} {region}");
    }
    console.act_as(Role::Operator, &[]).await;
    assert_eq!(console.post("/api/jobs/start", &body("demo", REGION)).await.code(), "RoleForbidden");
    let denial = console.post("/api/journal", &json!({})).await.json()["entries"][0].clone();
    let told = ["kind", "operation", "code", "region"].map(|member| denial[member].as_str().unwrap_or_default().to_owned());
    assert_eq!(told, ["authz", "DeleteChannel", "RoleForbidden", REGION], "{denial}");
    assert_eq!(console.post("/api/jobs", &json!({})).await.json()["jobs"], json!([]), "none was begun");
}

#[tokio::test]
async fn a_job_that_has_ended_is_not_cancelled_and_can_be_retried() {
    let console = Console::start().await;
    let arns = channels(&console, 1).await;
    console.emulator.faults().add(Rule::on(Operation::DeleteChannel, Fault::AccessDenied));
    let id = start(&console, &json!({ "kind": "DeleteChannels", "arns": arns })).await;
    until(&console, &id, finished).await;
    let cancelled = console.post("/api/jobs/cancel", &json!({ "id": id })).await.json();
    assert_eq!((&cancelled["state"], &cancelled["refused"]), (&json!("finished"), &json!(1)), "{cancelled}");
    console.act_as(Role::Operator, &[]).await;
    assert_eq!(console.post("/api/jobs/retry", &json!({ "id": id })).await.code(), "RoleForbidden", "as where it was started");
    assert_eq!(get(&console, &id).await["items"][0]["error"]["code"], "AccessDeniedException", "and nothing of it was begun");
    console.act_as(Role::Admin, &[]).await;
    assert_eq!(console.post("/api/jobs/retry", &json!({ "id": id })).await.status, 200);
    let job = until(&console, &id, |job| job["done"] == 1).await;
    assert_eq!(commits(&console, Operation::DeleteChannel), 1, "{job}");
    assert_eq!(job["items"][0]["name"], "channel-0", "though IVS knows it no more");
}

/// The first deletion takes its time: meanwhile something happens to the job.
async fn deleting(console: &Console, arns: &[String]) -> String {
    console.emulator.faults().add(Rule::on(Operation::DeleteChannel, Fault::Delay { millis: 2000 }));
    let id = start(console, &json!({ "kind": "DeleteChannels", "arns": arns })).await;
    let under_way = async {
        while rows(console).await[0]["operation"] != "DeleteChannel" {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), under_way).await.unwrap_or_else(|_| panic!("nothing is begun"));
    assert_eq!(commits(console, Operation::DeleteChannel), 0, "the first one is still under way");
    id
}

#[tokio::test]
async fn a_reset_gives_the_channel_another_key() {
    let console = Console::start().await;
    let (channel, old) = console.channel(REGION, "leaky").await;
    let id = start(&console, &json!({ "kind": "ResetStreamKey", "channelArn": channel })).await;
    let job = until(&console, &id, finished).await;
    assert_eq!(counts(&job), [2, 2, 0, 0], "{job}");
    assert_eq!([Operation::DeleteStreamKey, Operation::CreateStreamKey].map(|operation| commits(&console, operation)), [1, 1]);
    let now = keys(&console, &channel).await;
    assert!(now.len() == 1 && now[0] != old, "{now:?} after {old}");

    let rows = rows(&console).await;
    let expected = [("CreateStreamKey", &channel), ("DeleteStreamKey", &old)];
    for ((row, item), (operation, target)) in rows.iter().zip(job["items"].as_array().unwrap().iter().rev()).zip(expected) {
        assert_eq!(row["id"], item["journal"], "the item names its row");
        let told = ["operation", "outcome", "reason", "person"].map(|member| row[member].as_str().unwrap_or_default());
        assert_eq!(told, [operation, "done", "Leaked.", "Demo operator"], "{row}");
        assert_eq!((&row["targets"][0], &item["outcome"]), (&json!(target), &json!("done")), "{row}");
    }
    let listed = console.post("/api/jobs", &json!({})).await.json();
    assert_eq!((&listed["jobs"][0]["id"], &listed["jobs"][0]["done"]), (&json!(id), &json!(2)));
}

/// IVS fails before it has made the key: a list that shows none is reason enough to send it again.
#[tokio::test]
async fn a_channel_is_not_left_without_a_key_for_one_failure() {
    let console = Console::start().await;
    let (channel, old) = console.channel(REGION, "leaky").await;
    console.emulator.faults().add(Rule::on(Operation::CreateStreamKey, Fault::Status { status: 500, when: When::Before }));
    let id = start(&console, &json!({ "kind": "ResetStreamKey", "channelArn": channel })).await;
    let job = until(&console, &id, finished).await;
    assert!(console.emulator.unfired().is_empty());
    assert_eq!((counts(&job), commits(&console, Operation::CreateStreamKey)), ([2, 2, 0, 0], 1), "{job}");
    let now = keys(&console, &channel).await;
    assert!(now.len() == 1 && now[0] != old, "{now:?} after {old}");
}

#[tokio::test]
async fn a_reset_that_may_not_create_is_tried_once_and_says_why() {
    let console = Console::start().await;
    let (channel, _) = console.channel(REGION, "leaky").await;
    let denied = console.emulator.faults().add(Rule::on(Operation::CreateStreamKey, Fault::AccessDenied).always());
    let id = start(&console, &json!({ "kind": "ResetStreamKey", "channelArn": channel })).await;
    let job = until(&console, &id, finished).await;
    assert_eq!((counts(&job), &job["items"][1]["error"]["code"]), ([2, 1, 1, 0], &json!("AccessDeniedException")), "{job}");
    assert_eq!(rows(&console).await.iter().filter(|row| row["operation"] == "CreateStreamKey").count(), 1);
    console.emulator.faults().remove(denied);
    assert_eq!(console.post("/api/jobs/retry", &json!({ "id": id })).await.status, 200);
    until(&console, &id, |job| job["done"] == 2).await;
    assert_eq!(keys(&console, &channel).await.len(), 1);
}

#[tokio::test]
async fn what_was_refused_is_begun_again_and_nothing_else() {
    let console = Console::start().await;
    let arns = channels(&console, 3).await;
    console.emulator.faults().add(Rule::on(Operation::DeleteChannel, Fault::AccessDenied).nth(2));
    let id = start(&console, &json!({ "kind": "DeleteChannels", "arns": arns })).await;
    let job = until(&console, &id, finished).await;
    assert!(console.emulator.unfired().is_empty());
    assert_eq!((counts(&job), commits(&console, Operation::DeleteChannel)), ([3, 2, 1, 0], 2), "{job}");
    assert_eq!((&job["items"][1]["target"], &job["items"][1]["error"]["code"]), (&json!(arns[1]), &json!("AccessDeniedException")));

    assert_eq!(console.post("/api/jobs/retry", &json!({ "id": id })).await.status, 200);
    let job = until(&console, &id, |job| job["done"] == 3).await;
    assert_eq!((counts(&job), commits(&console, Operation::DeleteChannel)), ([3, 3, 0, 0], 3), "{job}");
    let refused = rows(&console).await.iter().filter(|row| row["outcome"] == "refused").count();
    assert_eq!(refused, 1, "the first attempt keeps its row");
}

#[tokio::test]
async fn a_cancelled_job_ends_what_it_began_and_begins_no_more() {
    let console = Console::start().await;
    let arns = channels(&console, 3).await;
    let id = deleting(&console, &arns).await;
    let cancelled = console.post("/api/jobs/cancel", &json!({ "id": id })).await.json();
    assert_eq!((&cancelled["state"], &cancelled["done"]), (&json!("running"), &json!(0)), "{cancelled}");
    let job = until(&console, &id, |job| job["state"] == "cancelled").await;
    assert_eq!((counts(&job), commits(&console, Operation::DeleteChannel)), ([3, 1, 0, 0], 1), "{job}");
    assert_eq!(job["items"][1]["outcome"], Value::Null, "never begun");
}

#[tokio::test]
async fn rights_that_are_taken_away_stop_it_at_the_next_step() {
    for left in [Some(Role::Operator), None] {
        let console = Console::start().await;
        let arns = channels(&console, 3).await;
        let id = deleting(&console, &arns).await;
        console.act_as(left, &[]).await;
        // Looking takes a role too: the job is asked itself, seldom enough to leave the machine to it.
        let mut turns = tokio::time::interval(Duration::from_millis(20));
        let ended = async {
            loop {
                turns.tick().await;
                let job = console.state.jobs.get(&id, &backend::journal::Visibility::Everyone).await.unwrap();
                if job.state == contract::job::JobState::Finished {
                    return job;
                }
            }
        };
        let job = tokio::time::timeout(Duration::from_secs(30), ended).await.unwrap_or_else(|_| panic!("it does not end"));
        assert_eq!((job.done, job.refused, commits(&console, Operation::DeleteChannel)), (1, 2, 1), "{left:?}: {job:?}");
        assert!(job.items[1..].iter().all(|item| item.error.as_ref().is_some_and(|error| error.code == contract::Code::RoleForbidden)));
    }
}

/// A console in a process of its own, as far as one process can show it: whatever runs in its runtime ends with it, in
/// the middle of what it does.
fn process() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// IVS does it, and before its answer comes the process is killed. The next one goes on, and does nothing twice.
#[test]
fn a_job_goes_on_where_a_killed_process_left_it() {
    let (first, emulator) = (process(), emulated());
    let console = first.block_on(Console::on(tempfile::tempdir().unwrap(), emulator));
    let (channel, old) = first.block_on(console.channel(REGION, "leaky"));
    console.emulator.faults().add(Rule::on(Operation::CreateStreamKey, Fault::Stall { when: When::After }));
    let (id, before) = first.block_on(async {
        let id = start(&console, &json!({ "kind": "ResetStreamKey", "channelArn": channel })).await;
        let made = async {
            while commits(&console, Operation::CreateStreamKey) == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), made).await.unwrap();
        let job = get(&console, &id).await;
        (id, job)
    });
    assert_eq!((&before["state"], counts(&before)), (&json!("running"), [2, 1, 0, 0]), "progress is seen: {before}");
    let (emulator, folder) = (std::sync::Arc::clone(&console.emulator), console.killed());
    drop(first);

    let second = process();
    second.block_on(async {
        let console = Console::on(folder, emulator).await;
        let job = until(&console, &id, finished).await;
        assert_eq!(counts(&job), [2, 2, 0, 0], "{job}");
        assert_eq!([Operation::DeleteStreamKey, Operation::CreateStreamKey].map(|operation| commits(&console, operation)), [1, 1]);
        let now = keys(&console, &channel).await;
        assert!(now.len() == 1 && now[0] != old, "{now:?} after {old}");
    });
}
