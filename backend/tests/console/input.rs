//! What is typed, pasted or forged gets a clear error at its field; nothing is sent, and nothing fails.

use crate::support::Console;
use contract::Operation;
use proptest::prelude::*;
use serde_json::{Value, json};

const ELSEWHERE: &str = "arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh";
const RECORDING_ELSEWHERE: &str = "arn:aws:ivs:us-west-2:123456789012:recording-configuration/abcdABCDefgh";
const CHANNEL: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh";

#[tokio::test]
async fn each_slip_is_said_at_its_member_and_nothing_is_sent() {
    let console = Console::start().await;
    let long = "n".repeat(129);
    let tags = |count: usize| Value::Object((0..count).map(|n| (format!("k{n}"), json!("v"))).collect());
    let slips = [
        ("CreateChannel", json!({ "name": "with space" }), "name"),
        ("CreateChannel", json!({ "name": "\u{1F3A5}" }), "name"),
        ("CreateChannel", json!({ "name": long }), "name"),
        ("CreateChannel", json!({ "recordingConfigurationArn": "arn:aws:s3:::bucket" }), "recordingConfigurationArn"),
        ("CreateChannel", json!({ "tags": tags(51) }), "tags"),
        ("CreateChannel", json!({ "tags": tags(50) }), "tags"),
        ("CreateChannel", json!({ "tags": { "aws:x": "y" } }), "tags.aws:x"),
        ("CreateChannel", json!({ "tags": { "tally:op": "y" } }), "tags"),
        ("CreateChannel", json!({ "tags": { "a": "v".repeat(257) } }), "tags.a"),
        ("TagResource", json!({ "resourceArn": CHANNEL, "tags": { "tally:op": "y" } }), "tags"),
        ("UntagResource", json!({ "resourceArn": CHANNEL, "tagKeys": ["a", "tally:op"] }), "tagKeys"),
        ("CreateChannel", json!({ "type": "BASIC", "preset": "HIGHER_BANDWIDTH_DELIVERY" }), "preset"),
        ("CreateChannel", json!({ "colour": "red" }), "colour"),
        ("CreateChannel", json!({ "authorized": "yes" }), "authorized"),
        ("ListChannels", json!({ "maxResults": 101 }), "maxResults"),
        ("GetChannel", json!({}), "arn"),
        ("GetChannel", json!([CHANNEL]), "request"),
        ("GetChannel", json!({ "arn": ELSEWHERE }), "arn"),
        ("BatchGetChannel", json!({ "arns": [CHANNEL, ELSEWHERE] }), "arns[1]"),
        ("DeleteChannel", json!({ "arn": ELSEWHERE }), "arn"),
        ("TagResource", json!({ "resourceArn": ELSEWHERE, "tags": { "a": "b" } }), "resourceArn"),
        ("CreateChannel", json!({ "recordingConfigurationArn": RECORDING_ELSEWHERE }), "recordingConfigurationArn"),
    ];
    for (operation, request, field) in slips {
        let answer = console.call("eu-west-1", operation, request.clone()).await;
        assert_eq!(answer.status, 400, "{operation} {request}: {answer:?}");
        let fields = &answer.json()["error"]["fields"];
        assert_eq!(fields[0]["field"], field, "{operation} {request}: {fields}");
    }
    let place = |rest: Value| {
        let mut body = json!({ "account": "demo", "region": "eu-west-1" });
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        body
    };
    let job = json!({ "key": "elsewhere-1", "task": { "kind": "DeleteChannels", "arns": [CHANNEL, ELSEWHERE] } });
    for (route, body, field) in [
        ("/api/reveal/srt-passphrase", place(json!({ "arn": ELSEWHERE })), "arn"),
        ("/api/reveal/srt-passphrase", place(json!({ "arn": CHANNEL, "reason": "y".repeat(501) })), "reason"),
        ("/api/jobs/start", place(job), "arns[1]"),
    ] {
        let answer = console.post(route, &body).await;
        let fields = &answer.json()["error"]["fields"];
        assert_eq!((answer.status, &fields[0]["field"]), (400, &json!(field)), "{route} {body}: {answer:?}");
    }
    // Nothing but the reads of the account check.
    let calls = console.emulator.calls();
    assert!(
        calls.keys().all(|operation| operation.reads()) && calls.get(&Operation::GetChannel).is_none_or(|calls| *calls <= 7),
        "{calls:?}"
    );
}

#[tokio::test]
async fn a_second_stream_key_is_refused_by_ivs_in_its_own_words() {
    let console = Console::start().await;
    let (channel, _) = console.channel("eu-west-1", "one-key").await;
    let answer = console.call("eu-west-1", "CreateStreamKey", json!({ "channelArn": channel })).await;
    assert_eq!((answer.status, answer.code().as_str()), (402, "ServiceQuotaExceededException"), "{answer:?}");
    assert!(answer.json()["error"]["requestId"].is_string());
}

#[test]
fn no_text_as_a_body_makes_it_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let console = runtime.block_on(Console::start());
    let operations: Vec<&str> = Operation::ALL.iter().map(|operation| operation.name()).collect();
    proptest!(ProptestConfig::with_cases(200), |(text in ".{0,200}", member in "[a-zA-Z]{1,12}", operation in prop::sample::select(operations))| {
        let request = json!({ member: text });
        let answer = runtime.block_on(console.call("eu-central-1", operation, request));
        // 404 and 402 are IVS's; everything else that is refused is refused as 4xx by us.
        prop_assert!(answer.status < 500, "{answer:?}");
    });
}
