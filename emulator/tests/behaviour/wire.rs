//! Lines 1 to 5: methods, paths, statuses, validation, the form of errors and of times.

use crate::fixture::{Fixture, REGION, Raw};
use crate::support::{members, model, required, sample};
use contract::Operation;
use serde_json::{Value, json};

/// A call of every operation with nothing in it: each is reached by its own method and path, and refused for what it lacks
/// or answered, never unknown.
#[tokio::test]
async fn line_01_every_operation_is_at_its_method_and_path() {
    let fixture = Fixture::new().await;
    for operation in Operation::ALL {
        let (method, path) = operation.wire();
        let path = path.replace("{resourceArn}", "arn%3Aaws%3Aivs%3Aeu-west-1%3A123456789012%3Achannel%2FabcdABCDefgh");
        let answer = fixture.raw(method, &path, "{}").await;
        let known = answer.status == operation.success() || matches!(answer.status, 400 | 404);
        assert!(known && answer.header("x-amzn-errortype") != Some("UnknownOperationException"), "{operation}: {}", answer.head);
        let other = if method == "GET" { "PUT" } else { "PATCH" };
        assert_eq!(fixture.raw(other, &path, "{}").await.status, 405, "{operation} by {other}");
    }
}

#[tokio::test]
async fn line_01_an_unknown_path_is_a_json_error() {
    let fixture = Fixture::new().await;
    for path in ["/CreateChannels", "/createchannel", "/CreateChannel/", "/tags/", "/tags", "/favicon.ico"] {
        let answer = fixture.raw("POST", path, "{}").await;
        assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/json")), "{path}");
        assert_eq!(answer.json()["__type"], "UnknownOperationException", "{path}");
    }
}

/// The status of success is the model's, and a reply without members has no body.
#[tokio::test]
async fn line_01_success_has_the_models_status() {
    let fixture = Fixture::new().await;
    let (channel, key) = fixture.channel().await;
    let answer = fixture.raw("POST", "/GetChannel", &json!({ "arn": channel }).to_string()).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let deleted = fixture.raw("POST", "/DeleteStreamKey", &json!({ "arn": key }).to_string()).await;
    assert_eq!((deleted.status, deleted.body.as_str(), deleted.header("content-type")), (204, "", None));
    fixture.go_live_again(&channel).await;
    let stopped = fixture.raw("POST", "/StopStream", &json!({ "channelArn": channel }).to_string()).await;
    assert_eq!((stopped.status, stopped.body.as_str()), (200, ""));
}

/// Sends an operation's members where its wire has them: a tag operation's in path and query.
async fn call(fixture: &Fixture, operation: Operation, mut input: Value) -> Raw {
    let (method, path) = operation.wire();
    let Some(members) = input.as_object_mut().filter(|_| path.contains('{')) else {
        return fixture.raw(method, path, &input.to_string()).await;
    };
    let arn = members.remove("resourceArn").and_then(|arn| arn.as_str().map(str::to_owned)).unwrap_or_default();
    let keys = members.remove("tagKeys").unwrap_or_default();
    let keys: Vec<String> =
        keys.as_array().into_iter().flatten().map(|key| format!("tagKeys={}", key.as_str().unwrap_or_default())).collect();
    let path = format!("/tags/{}?{}", arn.replace(':', "%3A").replace('/', "%2F"), keys.join("&"));
    let body = if members.is_empty() && method != "POST" { String::new() } else { input.to_string() };
    fixture.raw(method, &path, &body).await
}

#[tokio::test]
async fn line_02_a_missing_member_is_named() {
    let (fixture, model) = (Fixture::new().await, model());
    for operation in Operation::ALL {
        let shape = model["operations"][operation.name()]["input"].as_str().unwrap_or_default();
        for member in required(&model, shape) {
            // Without its ARN, a tag operation is no operation at all.
            if member == "resourceArn" {
                continue;
            }
            let mut input = sample(&model, shape, false);
            input.as_object_mut().expect("an object").remove(&member);
            let answer = call(&fixture, *operation, input).await;
            assert_eq!(answer.status, 400, "{operation} without {member}: {}", answer.body);
            assert_eq!(answer.json()["__type"], "ValidationException");
            assert_eq!(answer.json()["message"], format!("{operation}.{member} is a required attribute"));
        }
    }
}

#[tokio::test]
async fn line_02_a_member_outside_its_limits_is_refused() {
    let (fixture, model) = (Fixture::new().await, model());
    for operation in Operation::ALL {
        let shape = model["operations"][operation.name()]["input"].as_str().unwrap_or_default();
        for (member, member_shape) in members(&model, shape) {
            let Some(outside) = outside(&model["shapes"][member_shape]) else { continue };
            let mut input = sample(&model, shape, false);
            input[member] = outside.clone();
            let answer = call(&fixture, *operation, input).await;
            assert_eq!((answer.status, &answer.json()["__type"]), (400, &json!("ValidationException")), "{operation}.{member} = {outside}");
            let text = answer.json()["message"].as_str().unwrap_or_default().to_owned();
            assert!(text.contains(member) || text.contains("payload limit"), "{operation}.{member}: {text}");
        }
        let mut strange = sample(&model, shape, false);
        strange["noSuchMember"] = json!(1);
        if operation.wire().0 == "POST" {
            assert_eq!(call(&fixture, *operation, strange).await.status, 400, "{operation} with a member it lacks");
        }
    }
}

/// A value just outside what a member allows.
fn outside(shape: &Value) -> Option<Value> {
    let more = |limit: &Value| limit.as_u64().and_then(|limit| usize::try_from(limit + 1).ok());
    match shape["type"].as_str()? {
        "string" if shape["enum"].is_array() => Some(json!("NO_SUCH_VALUE")),
        "string" => Some(json!("a".repeat(more(&shape["max"])?))),
        "integer" => Some(json!(shape["max"].as_i64()? + 1)),
        "map" => Some(Value::Object((0..more(&shape["max"])?).map(|n| (format!("k{n}"), json!("v"))).collect())),
        "boolean" => Some(json!("true")),
        _ => None,
    }
}

/// Whatever is sent, an operation answers only with the errors that the table declares for it.
#[tokio::test]
async fn line_03_only_declared_errors() {
    let (fixture, model) = (Fixture::new().await, model());
    for operation in Operation::ALL {
        let shape = model["operations"][operation.name()]["input"].as_str().unwrap_or_default();
        for input in [json!({}), sample(&model, shape, false), sample(&model, shape, true)] {
            if operation.wire().1.contains('{') && input.get("resourceArn").is_none() {
                continue;
            }
            let answer = call(&fixture, *operation, input).await;
            let Some(code) = answer.header("x-amzn-errortype") else {
                assert_eq!(answer.status, operation.success(), "{operation}");
                continue;
            };
            let declared = operation.errors().find(|error| error.as_str() == code);
            assert_eq!(declared.map(|error| error.status()), Some(answer.status), "{operation}: {code}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn line_04_errors_say_it_in_header_and_body() {
    let fixture = Fixture::new().await;
    let arn = format!("arn:aws:ivs:{REGION}:123456789012:channel/nosuchnosuch");
    let answer = fixture.raw("POST", "/GetChannel", &json!({ "arn": arn }).to_string()).await;
    assert_eq!((answer.status, answer.header("x-amzn-errortype")), (404, Some("ResourceNotFoundException")));
    let text = format!("Resource: {arn} not found");
    assert_eq!(answer.json(), json!({ "__type": "ResourceNotFoundException", "message": text, "exceptionMessage": text }));
    assert!(answer.header("x-amzn-requestid").is_some_and(|id| id.len() == 36));
    for name in ["cache-control", "content-security-policy", "strict-transport-security", "x-frame-options"] {
        assert!(answer.header(name).is_some(), "{name}");
    }
    // The clock of this emulator stands in May; the header does not: clients correct their own clocks by it.
    let date = answer.header("date").expect("a date");
    let date = jiff::fmt::rfc2822::parse(date).expect("an HTTP date").timestamp();
    assert!((jiff::Timestamp::now().as_second() - date.as_second()).abs() < 60);
}

#[tokio::test]
async fn line_04_a_body_larger_than_any_request_is_an_error_too() {
    let fixture = Fixture::new().await;
    let answer = fixture.raw("POST", "/CreateChannel", &" ".repeat(emulator::choices::LARGEST_BODY + 1)).await;
    assert_eq!((answer.status, answer.header("x-amzn-errortype")), (413, Some("RequestEntityTooLargeException")));
    assert!(answer.header("x-amzn-requestid").is_some_and(|id| id.len() == 36));
}

#[tokio::test]
async fn line_05_times_are_rfc_3339() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    fixture.go_live(&channel);
    let answer = fixture.raw("POST", "/GetStream", &json!({ "channelArn": channel }).to_string()).await;
    assert_eq!(answer.json()["stream"]["startTime"], "2026-05-05T21:55:38Z");
    let sdk = fixture.ivs.get_stream().channel_arn(&channel).send().await.expect("a stream").stream.expect("it");
    assert_eq!(sdk.start_time.map(|at| at.to_millis().expect("a time")), Some(crate::fixture::NOW));
}

mod anything {
    use super::*;
    use emulator::{Emulator, Rates, Settings, View};
    use proptest::prelude::*;

    fn json_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,140}".prop_map(Value::from),
            Just(Value::from(format!("arn:aws:ivs:{REGION}:123456789012:channel/abcdABCDefgh"))),
        ];
        leaf.prop_recursive(2, 16, 4, |inner| {
            let object = proptest::collection::btree_map(".{0,12}", inner.clone(), 0..4);
            prop_oneof![proptest::collection::vec(inner, 0..4).prop_map(Value::from), object.prop_map(|map| json!(map))]
        })
    }

    proptest! {
        /// Whatever one member of a request is, the answer is a success or an error of the client's.
        #[test]
        fn line_02_nothing_that_is_sent_is_a_fault_of_the_emulator(at in 0..Operation::ALL.len(), which in any::<usize>(), value in json_value()) {
            let (operation, model) = (Operation::ALL[at], model());
            let shape = model["operations"][operation.name()]["input"].as_str().unwrap_or_default();
            let mut input = sample(&model, shape, false);
            let names = members(&model, shape);
            if let Some((name, _)) = names.get(which % names.len().max(1)) {
                input[*name] = value;
            }
            let (method, path) = operation.wire();
            let path = path.replace("{resourceArn}", "arn%3Aaws%3Aivs%3Aeu-west-1%3A123456789012%3Achannel%2FabcdABCDefgh");
            let signed = "AWS4-HMAC-SHA256 Credential=A/20260505/eu-west-1/ivs/aws4_request, SignedHeaders=host, Signature=00";
            let request = http::Request::builder().method(method).uri(path).header("authorization", signed);
            let request = request.body(input.to_string().into_bytes()).expect("a request");
            let emulator = Emulator::new(Settings { rates: Rates::Unlimited, ..Settings::default() });
            let status = emulator.answer(&request, View::default()).status().as_u16();
            prop_assert!(status < 500, "{operation}: {status} for {input}");
        }

        /// Nor is any path, query or signature.
        #[test]
        fn line_02_no_path_or_header_is_a_fault_of_the_emulator(path in "/[a-zA-Z/%0-9]{0,40}(\\?[a-zA-Z=&%+]{0,20})?", header in "[ -~]{0,80}", body in ".{0,40}") {
            let request = http::Request::post(path).header("authorization", format!("AWS4-HMAC-SHA256 {header}")).body(body.into_bytes());
            let Ok(request) = request else { return Ok(()) };
            let status = Emulator::new(Settings::default()).answer(&request, View::default()).status().as_u16();
            prop_assert!((400..500).contains(&status), "{status}");
        }
    }
}
