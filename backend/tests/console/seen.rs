//! Two people with the same thing: an update says what its person saw, and overwrites nothing that is newer.

use crate::support::{Console, commits};
use contract::Operation;
use serde_json::{Value, json};

const REGION: &str = "eu-west-1";
const UPDATE: &str = "/api/ivs/demo/eu-west-1/UpdateChannel";

fn update(arn: &str, request: Value, seen: Value) -> Value {
    let with_arn = |mut members: Value| {
        members["arn"] = json!(arn);
        members
    };
    json!({ "request": with_arn(request), "seen": with_arn(seen) })
}

#[tokio::test]
async fn an_update_of_what_was_seen_is_made() {
    let console = Console::start().await;
    let (arn, _) = console.channel(REGION, "seen").await;
    let multitrack = json!({ "enabled": false, "policy": "ALLOW", "maximumResolution": "FULL_HD" });
    for (request, seen) in [
        (json!({ "latencyMode": "NORMAL" }), json!({ "latencyMode": "LOW" })),
        (json!({ "name": "other", "authorized": true }), json!({ "name": "seen", "authorized": false })),
        // What is not associated with anything may also be absent.
        (json!({ "recordingConfigurationArn": "", "insecureIngest": true }), json!({ "recordingConfigurationArn": "" })),
        (json!({ "multitrackInputConfiguration": { "enabled": false } }), json!({ "multitrackInputConfiguration": multitrack })),
        (json!({ "type": "BASIC" }), json!({})),
    ] {
        let made = console.post(UPDATE, &update(&arn, request.clone(), seen)).await;
        assert_eq!(made.status, 200, "{request}: {made:?}");
    }
    assert_eq!(commits(&console, Operation::UpdateChannel), 5);
}

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
    let console = Console::start().await;
    let (arn, _) = console.channel(REGION, "seen").await;
    let theirs = json!({ "arn": arn, "latencyMode": "NORMAL", "type": "BASIC" });
    assert_eq!(console.call(REGION, "UpdateChannel", theirs).await.status, 200);
    let mine = json!({ "latencyMode": "LOW", "type": "ADVANCED_HD", "name": "mine" });
    let seen = json!({ "latencyMode": "LOW", "type": "STANDARD", "name": "seen" });
    let refused = console.post(UPDATE, &update(&arn, mine.clone(), seen)).await;
    assert_eq!((refused.code().as_str(), commits(&console, Operation::UpdateChannel)), ("StateChanged", 1), "{refused:?}");
    let error = &refused.json()["error"];
    let fields: Vec<_> = error["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["latencyMode", "type"]);
    assert!(error["message"].as_str().unwrap().contains("latencyMode, type"), "{error}");
    // Whoever has seen it now may.
    let seen = json!({ "latencyMode": "NORMAL", "type": "BASIC", "name": "seen" });
    assert_eq!(console.post(UPDATE, &update(&arn, mine, seen)).await.status, 200);
}

#[tokio::test]
async fn a_channel_that_is_gone_is_called_gone() {
    let console = Console::start().await;
    let (arn, _) = console.channel(REGION, "gone").await;
    assert_eq!(console.call(REGION, "DeleteChannel", json!({ "arn": arn })).await.status, 200);
    let refused = console.post(UPDATE, &update(&arn, json!({ "name": "late" }), json!({ "name": "gone" }))).await;
    assert_eq!(refused.code(), "ResourceNotFoundException", "{refused:?}");
}

#[tokio::test]
async fn only_updates_can_be_held_against_what_was_seen() {
    let console = Console::start().await;
    let (arn, _) = console.channel(REGION, "kept").await;
    let body = json!({ "request": { "arn": arn }, "seen": { "arn": arn } });
    for operation in ["DeleteChannel", "GetChannel"] {
        let refused = console.post(&format!("/api/ivs/demo/{REGION}/{operation}"), &body).await;
        assert_eq!((refused.status, refused.json()["error"]["fields"][0]["field"].as_str()), (400, Some("seen")), "{refused:?}");
    }
    assert_eq!(commits(&console, Operation::DeleteChannel), 0);
}
