//! Changes of one resource follow each other; nothing is sent after its person was told that no answer came, nor without
//! what has to be known before it is.

use crate::support::{Answer, Console, REGIONS, commits, emulated, until};
use backend::config::Config;
use contract::Operation;
use contract::access::Role;
use emulator::Encoder;
use emulator::fault::{Fault, Rule, When};
use serde_json::{Value, json};
use std::time::Duration;

const REGION: &str = REGIONS[0];

/// A channel that is live.
async fn live(console: &Console) -> String {
    let (channel, _) = console.channel(REGION, "live").await;
    console.emulator.edit(REGION, |region, ctx| region.go_live(ctx, &channel, &Encoder::default())).unwrap();
    channel
}

fn calls(console: &Console, operation: Operation) -> u64 {
    console.emulator.calls().get(&operation).copied().unwrap_or_default()
}

/// The operations in the journal, newest first.
async fn journaled(console: &Console) -> Vec<Value> {
    let journal = console.post("/api/journal", &json!({})).await.json();
    journal["entries"].as_array().unwrap().iter().map(|entry| entry["operation"].clone()).collect()
}

/// IVS hangs, and a request may take four seconds: whoever waits behind another change is told before that, and theirs is
/// not sent when the way is free at last.
#[tokio::test]
async fn a_change_whose_turn_does_not_come_in_time_is_refused_and_never_sent() {
    let short = |config: &mut Config| config.timeouts.request = Duration::from_secs(4);
    let console = Console::configured(tempfile::tempdir().unwrap(), emulated(), short).await;
    let channel = live(&console).await;
    console.emulator.faults().add(Rule::on(Operation::StopStream, Fault::Stall { when: When::Before }));
    let stop = json!({ "channelArn": channel });
    let first = console.call(REGION, "StopStream", stop.clone());
    let waiting = async {
        until(async || console.emulator.unfired().is_empty()).await;
        console.call(REGION, "StopStream", stop.clone()).await
    };
    let refused = tokio::select! {
        answer = first => panic!("{answer:?}"),
        refused = waiting => refused,
    };
    assert_eq!((refused.status, refused.code().as_str()), (429, "Busy"), "{refused:?}");
    let rows = journaled(&console).await.iter().filter(|operation| *operation == "StopStream").count();
    assert_eq!((rows, commits(&console, Operation::StopStream)), (1, 0), "only the first one was begun");
    assert!(console.emulator.edit(REGION, |region, _| region.is_live(&channel)));
}

/// The read before a change hangs for longer than the change may wait.
#[tokio::test]
async fn a_change_that_was_held_up_until_too_late_is_not_sent() {
    let short = |config: &mut Config| config.timeouts.request = Duration::from_secs(2);
    let console = Console::configured(tempfile::tempdir().unwrap(), emulated(), short).await;
    let channel = live(&console).await;
    console.emulator.faults().add(Rule::on(Operation::GetStream, Fault::Stall { when: When::Before }));
    let late = console.call(REGION, "StopStream", json!({ "channelArn": channel })).await;
    assert_eq!((late.code().as_str(), calls(&console, Operation::StopStream)), ("Busy", 0), "{late:?}");
    assert_eq!(late.json()["receipt"]["outcome"], "refused", "it has its row: {late:?}");
}

/// Tags a channel twice: the second time while IVS is slow with the first, and something else happens meanwhile.
async fn tagged_twice(console: &Console, channel: &str, meanwhile: impl Future<Output = ()>) -> (Answer, Answer) {
    console.emulator.faults().add(Rule::on(Operation::TagResource, Fault::Delay { millis: 500 }));
    let tag = |value: &str| console.call(REGION, "TagResource", json!({ "resourceArn": channel, "tags": { "team": value } }));
    let second = async {
        until(async || console.emulator.unfired().is_empty()).await;
        tokio::join!(tag("second"), meanwhile).0
    };
    tokio::join!(tag("first"), second)
}

#[tokio::test]
async fn rights_that_are_taken_away_while_a_change_waits_stop_it() {
    let console = Console::start().await;
    let (channel, _) = console.channel(REGION, "tagged").await;
    let (first, second) = tagged_twice(&console, &channel, console.act_as(Role::Viewer, &[])).await;
    assert_eq!((first.status, second.code().as_str()), (200, "RoleForbidden"), "{second:?}");
    assert_eq!(commits(&console, Operation::TagResource), 1);
    let journal = console.post("/api/journal", &json!({})).await.json();
    let denied = journal["entries"].as_array().unwrap().iter().any(|entry| entry["kind"] == "authz" && entry["operation"] == "TagResource");
    assert!(denied, "{journal}");
}

/// Two people tag one channel: the second one's change is begun when the first one's has ended.
#[tokio::test]
async fn changes_of_one_resource_follow_each_other() {
    let console = Console::start().await;
    let (channel, _) = console.channel(REGION, "tagged").await;
    let (first, second) = tagged_twice(&console, &channel, async {}).await;
    assert_eq!((first.status, second.status), (200, 200));
    let tags = console.call(REGION, "ListTagsForResource", json!({ "resourceArn": channel })).await.json();
    assert_eq!(tags["response"]["tags"]["team"], "second", "the later one holds: {tags}");
}

/// What was read a moment ago is not shown again after a change.
#[tokio::test]
async fn what_was_changed_is_seen_at_once() {
    let console = Console::start().await;
    let (channel, _) = console.channel(REGION, "before").await;
    let name = async || console.call(REGION, "GetChannel", json!({ "arn": channel })).await.json()["response"]["channel"]["name"].clone();
    assert_eq!(name().await, "before");
    assert_eq!(console.call(REGION, "UpdateChannel", json!({ "arn": channel, "name": "after" })).await.status, 200);
    assert_eq!(name().await, "after");
}

#[tokio::test]
async fn what_would_be_lost_unread_is_not_changed() {
    let console = Console::start().await;
    let (channel, key) = console.channel(REGION, "kept").await;
    for read in [Operation::GetChannel, Operation::ListTagsForResource, Operation::GetStreamKey] {
        console.emulator.faults().add(Rule::on(read, Fault::AccessDenied).always());
    }
    let changes = [
        (Operation::UpdateChannel, json!({ "arn": channel, "name": "other" })),
        (Operation::DeleteChannel, json!({ "arn": channel })),
        (Operation::TagResource, json!({ "resourceArn": channel, "tags": { "a": "b" } })),
        (Operation::UntagResource, json!({ "resourceArn": channel, "tagKeys": ["a"] })),
    ];
    for (change, request) in changes {
        let refused = console.call(REGION, change.name(), request).await;
        assert_eq!((refused.code().as_str(), calls(&console, change)), ("AccessDeniedException", 0), "{change}: {refused:?}");
        assert!(refused.text.contains("Nothing was sent"), "{change}: {refused:?}");
        assert_eq!(refused.json()["receipt"]["outcome"], "refused", "{change}: {refused:?}");
    }
    // A leaked key goes all the same.
    assert_eq!(console.call(REGION, "DeleteStreamKey", json!({ "arn": key })).await.status, 200);
}

#[tokio::test]
async fn a_stream_is_stopped_unread_only_by_who_expects_none() {
    let console = Console::start().await;
    let channel = live(&console).await;
    let stream = console.emulator.edit(REGION, |region, _| region.live().next().unwrap().stream_id.clone());
    console.emulator.faults().add(Rule::on(Operation::GetStream, Fault::Stall { when: When::Before }).always());
    let stop = format!("/api/ivs/demo/{REGION}/StopStream");
    let expecting = json!({ "request": { "channelArn": channel }, "expect": { "streamId": stream } });
    let refused = console.post(&stop, &expecting).await;
    assert_eq!((refused.code().as_str(), calls(&console, Operation::StopStream)), ("Busy", 0), "{refused:?}");
    let stopped = console.post(&stop, &json!({ "request": { "channelArn": channel } })).await;
    assert_eq!((stopped.status, commits(&console, Operation::StopStream)), (200, 1), "{stopped:?}");
}
