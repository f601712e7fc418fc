//! A change is made once, whatever becomes of its answer; and what became of it is found out.

use crate::support::{Console, commits, emulated, until};
use contract::Operation;
use emulator::fault::{Fault, Rule, When};
use serde_json::{Value, json};

/// What may happen to a change on its way, and whether it was made all the same.
fn accidents() -> Vec<(Fault, bool)> {
    vec![
        (Fault::Reset { when: When::After }, true),
        (Fault::Status { status: 500, when: When::After }, true),
        (Fault::Status { status: 503, when: When::After }, true),
        (Fault::Truncated, true),
        (Fault::Reset { when: When::Before }, false),
        (Fault::Status { status: 500, when: When::Before }, false),
        (Fault::Html, false),
    ]
}

#[tokio::test]
async fn a_create_is_made_once_and_found_again_by_its_tag() {
    let console = Console::start().await;
    for (fault, made) in accidents() {
        let before = commits(&console, Operation::CreateChannel);
        console.emulator.faults().add(Rule::on(Operation::CreateChannel, fault.clone()).times(1));
        let answer = console.call("eu-west-1", "CreateChannel", json!({ "name": "lost" })).await;
        assert!(console.emulator.unfired().is_empty(), "{fault:?} did not fire");
        assert_eq!(commits(&console, Operation::CreateChannel) - before, u64::from(made), "{fault:?}");
        if made {
            assert_eq!(answer.status, 200, "{fault:?}: {answer:?}");
            let reply = answer.json();
            assert_eq!(reply["receipt"]["outcome"], "done");
            assert!(reply["response"]["streamKey"]["arn"].is_string());
        } else {
            assert_eq!(answer.code(), "OutcomeUnknown", "{fault:?}: {answer:?}");
            assert_eq!(answer.json()["receipt"]["outcome"], "unknown");
        }
    }
}

#[tokio::test]
async fn updates_deletes_and_tags_whose_answers_are_lost_are_seen_by_reading() {
    let console = Console::start().await;
    let (channel, key) = console.channel("eu-west-1", "seen").await;
    let lost = [
        (Operation::UpdateChannel, json!({ "arn": channel, "name": "renamed" })),
        (Operation::TagResource, json!({ "resourceArn": channel, "tags": { "a": "b" } })),
        (Operation::UntagResource, json!({ "resourceArn": channel, "tagKeys": ["a"] })),
        (Operation::DeleteStreamKey, json!({ "arn": key })),
        (Operation::CreateStreamKey, json!({ "channelArn": channel })),
        (Operation::DeleteChannel, json!({ "arn": channel })),
    ];
    for (operation, request) in lost {
        let before = commits(&console, operation);
        console.emulator.faults().add(Rule::on(operation, Fault::Reset { when: When::After }).times(1));
        let answer = console.call("eu-west-1", operation.name(), request).await;
        assert!(console.emulator.unfired().is_empty(), "{operation}");
        assert_eq!((answer.status, commits(&console, operation) - before), (200, 1), "{operation}: {answer:?}");
    }
}

#[tokio::test]
async fn a_throttled_change_is_sent_again_under_the_same_intent() {
    let console = Console::start().await;
    console.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Throttle { code: true }).times(1));
    let reply = console.call("eu-west-1", "CreateChannel", json!({ "name": "patient" })).await.json();
    assert_eq!((reply["receipt"]["outcome"].as_str(), reply["receipt"]["attempts"].as_u64()), (Some("done"), Some(2)), "{reply}");
    assert_eq!(commits(&console, Operation::CreateChannel), 1);
    // Without a code it may come from something in between, which may have passed it on.
    console.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Throttle { code: false }).times(1));
    let failed = console.call("eu-west-1", "CreateChannel", json!({ "name": "careful" })).await;
    assert_eq!(failed.json()["receipt"]["attempts"], 1, "{failed:?}");
}

#[tokio::test]
async fn the_same_key_gets_the_first_answer_and_another_request_is_refused() {
    let console = Console::start().await;
    let body = |name: &str| json!({ "request": { "name": name }, "key": "0123456789abcdef" });
    let first = console.post("/api/ivs/demo/eu-west-1/CreateChannel", &body("once")).await;
    let again = console.post("/api/ivs/demo/eu-west-1/CreateChannel", &body("once")).await;
    assert_eq!((first.status, &first.text), (200, &again.text));
    assert_eq!(commits(&console, Operation::CreateChannel), 1);
    assert_eq!(console.post("/api/ivs/demo/eu-west-1/CreateChannel", &body("twice")).await.code(), "KeyReused");
    let (path, body) = ("/api/ivs/demo/us-west-2/CreateChannel", json!({ "request": {}, "key": "at-the-same-time" }));
    let (a, b) = tokio::join!(console.post(path, &body), console.post(path, &body));
    assert_eq!(commits(&console, Operation::CreateChannel), 2, "{a:?} {b:?}");
}

#[tokio::test]
async fn a_change_goes_on_when_the_browser_hangs_up() {
    let console = Console::start().await;
    console.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Delay { millis: 1000 }).times(1));
    let create = console.call("eu-west-1", "CreateChannel", json!({ "name": "detached" }));
    // Listing waits for nothing; the journal says when it has begun, and when it has ended.
    let entry = async || {
        let entries = console.post("/api/journal", &json!({})).await.json();
        entries["entries"].as_array().unwrap().iter().find(|entry| entry["operation"] == "CreateChannel").cloned().unwrap_or_default()
    };
    tokio::select! {
        answer = create => panic!("it was answered at once: {answer:?}"),
        () = until(async || !entry().await.is_null()) => {}
    }
    until(async || !entry().await["outcome"].is_null()).await;
    assert_eq!((entry().await["outcome"].as_str(), commits(&console, Operation::CreateChannel)), (Some("done"), 1));
}

#[tokio::test]
async fn another_stream_than_the_one_that_was_seen_is_not_stopped() {
    let console = Console::start().await;
    let (channel, _) = console.channel("eu-west-1", "live").await;
    let body = |stream: &str| json!({ "request": { "channelArn": channel }, "expect": { "streamId": stream } });
    console.emulator.edit("eu-west-1", |region, ctx| region.go_live(ctx, &channel, &emulator::Encoder::default())).unwrap();
    let live = console.call("eu-west-1", "GetStream", json!({ "channelArn": channel })).await.json();
    let stream = live["response"]["stream"]["streamId"].as_str().unwrap_or_else(|| panic!("{live}")).to_owned();
    let stop = "/api/ivs/demo/eu-west-1/StopStream";
    assert_eq!(console.post(stop, &body(&format!("st-{}", "0".repeat(23)))).await.code(), "StateChanged");
    assert_eq!(commits(&console, Operation::StopStream), 0);
    let stopped = console.post(stop, &body(&stream)).await;
    assert_eq!((stopped.status, commits(&console, Operation::StopStream)), (200, 1), "{stopped:?}");
    let again = console.post(stop, &body(&stream)).await;
    assert!(again.code() == "StateChanged" && again.text.contains("nothing is live now"), "{again:?}");
}

#[tokio::test]
async fn a_deletion_is_journaled_and_the_chain_holds() {
    let console = Console::start().await;
    let (channel, _) = console.channel("eu-west-1", "remembered").await;
    assert_eq!(console.call("eu-west-1", "DeleteChannel", json!({ "arn": channel })).await.status, 200);
    let journal =
        console.state.journal.list(&contract::journal::ListJournal::default(), &backend::journal::Visibility::Everyone).await.unwrap();
    let deletion = journal.entries.iter().find(|entry| entry.operation == "DeleteChannel").unwrap();
    assert_eq!(deletion.targets, [channel]);
    let report = console.state.journal.verify().await.unwrap();
    assert!(report.faults.is_empty(), "{report:?}");
}

/// With `operation_tag = false` nothing tells a lost create from what had its name before: a person has to look.
#[tokio::test]
async fn without_the_operation_tag_a_lost_create_shows_its_candidates() {
    let untagged = |config: &mut backend::config::Config| config.operation_tag = false;
    let console = Console::configured(tempfile::tempdir().unwrap(), emulated(), untagged).await;
    let (before, _) = console.channel("eu-west-1", "twin").await;
    console.channel("eu-west-1", "other").await;
    console.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Reset { when: When::After }));
    let body = json!({ "request": { "name": "twin" }, "key": "0123456789abcdef" });
    let lost = console.post("/api/ivs/demo/eu-west-1/CreateChannel", &body).await;
    assert!(console.emulator.unfired().is_empty());
    assert_eq!((lost.code().as_str(), commits(&console, Operation::CreateChannel)), ("OutcomeUnknown", 3), "{lost:?}");

    let listed = console.call("eu-west-1", "ListChannels", json!({ "filterByName": "twin" })).await.json();
    let twins: Vec<Value> =
        listed["response"]["channels"].as_array().unwrap().iter().map(|channel| json!({ "arn": channel["arn"], "name": "twin" })).collect();
    assert_eq!(lost.json()["receipt"]["candidates"], json!(twins), "{lost:?}");
    assert!(twins.len() == 2 && twins.iter().any(|twin| twin["arn"] == json!(before)), "{twins:?}");
    let again = console.post("/api/ivs/demo/eu-west-1/CreateChannel", &body).await;
    assert_eq!(again.text, lost.text, "whoever asks again with the same key sees them too");
}

#[tokio::test]
async fn without_the_operation_tag_and_of_that_name_nothing_is_shown() {
    let untagged = |config: &mut backend::config::Config| config.operation_tag = false;
    let console = Console::configured(tempfile::tempdir().unwrap(), emulated(), untagged).await;
    console.emulator.faults().add(Rule::on(Operation::CreateRecordingConfiguration, Fault::Reset { when: When::Before }));
    let request = json!({ "destinationConfiguration": { "s3": { "bucketName": "recordings" } } });
    let lost = console.call("eu-west-1", "CreateRecordingConfiguration", request).await.json();
    assert_eq!((&lost["error"]["code"], &lost["receipt"]["candidates"]), (&json!("OutcomeUnknown"), &Value::Null), "{lost}");
}
