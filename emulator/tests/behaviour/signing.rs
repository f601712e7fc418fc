//! Who asks, and where: regions, keys, signatures.

use crate::fixture::{Fixture, NOW, client, code, error};
use emulator::clock::SECOND;
use emulator::{Clock, Key, Millis, Rates, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const KEY: &str = "AKIAIOSFODNN7EXAMPLE";

async fn with_keys() -> Fixture {
    let set = |settings: &mut Settings| {
        settings.rates = Rates::Unlimited;
        settings.keys = Some(vec![Key { id: KEY.to_owned(), secret: "right".to_owned() }]);
    };
    Fixture::with(set).await
}

#[tokio::test]
async fn the_region_of_the_signature_picks_the_region() {
    let fixture = Fixture::new().await;
    let (ireland, _) = fixture.channel().await;
    let oregon = client(&fixture.url, "us-west-2", "ANY", "thing");
    assert!(oregon.list_channels().send().await.expect("a list").channels.is_empty());
    let made = oregon.create_channel().send().await.expect("a channel").channel.expect("it");
    assert!(made.arn.is_some_and(|arn| arn.starts_with("arn:aws:ivs:us-west-2:123456789012:channel/")));
    assert_eq!(code(oregon.get_channel().arn(ireland).send().await), error(404, "ResourceNotFoundException"));
    let nowhere = client(&fixture.url, "eu-north-1", "ANY", "thing");
    assert_eq!(code(nowhere.list_channels().send().await), error(403, "InvalidSignatureException"));
}

#[tokio::test]
async fn signatures_are_verified_where_keys_are_configured() {
    let fixture = with_keys().await;
    let call = |key: &str, secret: &str| client(&fixture.url, "eu-west-1", key, secret);
    let right = call(KEY, "right");
    let arn = right.create_channel().name("a").send().await.expect("signed").channel.and_then(|channel| channel.arn).expect("arn");
    right.tag_resource().resource_arn(&arn).tags("a b", "ü").send().await.expect("a path with %2F");
    right.untag_resource().resource_arn(&arn).tag_keys("x").tag_keys("a b").send().await.expect("a query that repeats");
    assert_eq!(code(call(KEY, "wrong").list_channels().send().await), error(403, "InvalidSignatureException"));
    assert_eq!(code(call("AKIAOTHER", "right").list_channels().send().await), error(403, "UnrecognizedClientException"));
}

#[tokio::test]
async fn what_is_not_signed_whole_is_refused_as_aws_refuses() {
    let fixture = Fixture::new().await;
    let refusals = [
        ("", "MissingAuthenticationTokenException"),
        ("Bearer x", "IncompleteSignatureException"),
        ("AWS4-HMAC-SHA256 Credential=A/20260505/eu-west-1/ivs/aws4_request, SignedHeaders=host", "IncompleteSignatureException"),
        ("AWS4-HMAC-SHA256 Credential=A/eu-west-1/ivs/aws4_request, SignedHeaders=host, Signature=0", "IncompleteSignatureException"),
        ("AWS4-HMAC-SHA256 Credential=A/20260505/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0", "InvalidSignatureException"),
        ("AWS4-HMAC-SHA256 Credential=A/20260505/eu-west-9/ivs/aws4_request, SignedHeaders=host, Signature=0", "InvalidSignatureException"),
    ];
    for (header, code) in refusals {
        let headers: &[(&str, &str)] = if header.is_empty() { &[] } else { &[("authorization", header)] };
        let answer = fixture.send("POST", "/ListChannels", headers, "{}").await;
        assert_eq!((answer.status, answer.header("x-amzn-errortype")), (403, Some(code)), "{header}");
    }
    let presigned = "/ListChannels?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A&X-Amz-Signature=0";
    let answer = fixture.send("POST", presigned, &[], "{}").await;
    assert_eq!(answer.header("x-amzn-errortype"), Some("MissingAuthenticationTokenException"));
    assert!(fixture.emulator.calls().is_empty(), "nothing of it reached an operation");
}

#[tokio::test]
async fn a_changed_body_and_an_old_time_do_not_verify() {
    let fixture = with_keys().await;
    let old =
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20200101/eu-west-1/ivs/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    let answer = fixture.send("POST", "/ListChannels", &[("authorization", old), ("x-amz-date", "20200101T000000Z")], "{}").await;
    assert!(answer.json()["message"].as_str().is_some_and(|text| text.starts_with("Signature expired")), "{}", answer.body);
}

#[tokio::test]
async fn calls_too_often_are_throttled_for_the_account_and_region() {
    let fixture = Fixture::with(|_| {}).await;
    for _ in 0..5 {
        fixture.ivs.list_channels().send().await.expect("five a second");
    }
    assert_eq!(code(fixture.ivs.list_channels().send().await), error(429, "ThrottlingException"));
    let oregon = client(&fixture.url, "us-west-2", "ANY", "thing");
    oregon.list_channels().send().await.expect("another region has its own");
    fixture.ivs.list_streams().send().await.expect("another operation has its own");
}

#[tokio::test]
async fn a_clock_that_stands_does_not_hold_calls_of_the_seconds_before_against_their_caller() {
    let fixture = Fixture::with(|settings| settings.clock = Arc::new(Standing::default())).await;
    for _ in 0..20 {
        fixture.ivs.list_channels().send().await.expect("a second has gone by for its caller");
    }
}

/// A clock that stands still, read once in each of its callers' seconds.
#[derive(Debug, Default)]
struct Standing(AtomicI64);

impl Clock for Standing {
    fn now(&self) -> Millis {
        NOW
    }

    fn pulse(&self) -> Millis {
        self.0.fetch_add(SECOND, Ordering::SeqCst)
    }
}
