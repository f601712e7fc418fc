//! Line 19: each kind of fault as the Rust SDK meets it, and what it did to the account. A test ends with
//! [`fired`], so that none passes without its fault.

use crate::fixture::{Fixture, REGION, code, error};
use aws_sdk_ivs::Client;
use aws_sdk_ivs::config::{Credentials, Region, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_ivs::error::{ProvideErrorMetadata, SdkError};
use contract::Operation::{self, CreateChannel, DeleteChannel, GetChannel, ListChannels};
use emulator::fault::{Fault, Rule, When};
use std::time::{Duration, Instant};

/// A client as the SDK makes it by default: three attempts. The backoff is cut short so that a test does not wait.
fn retrying(url: &str) -> Client {
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    let config = aws_sdk_ivs::Config::builder()
        .endpoint_url(url)
        .region(Region::new(REGION))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
        .retry_config(retries);
    Client::from_conf(config.build())
}

/// A client that gives up after a moment.
fn hasty(url: &str) -> Client {
    let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_millis(200)).build();
    let config = aws_sdk_ivs::Config::builder()
        .endpoint_url(url)
        .region(Region::new(REGION))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts);
    Client::from_conf(config.build())
}

async fn with(rules: impl IntoIterator<Item = Rule>) -> Fixture {
    let fixture = Fixture::new().await;
    for rule in rules {
        fixture.emulator.faults().add(rule);
    }
    fixture
}

fn done(fixture: &Fixture, operation: Operation) -> u64 {
    fixture.emulator.commits().get(&operation).copied().unwrap_or(0)
}

fn fired(fixture: &Fixture) {
    assert_eq!(fixture.emulator.unfired(), [], "these faults did not fire");
}

#[tokio::test]
async fn a_reset_before_the_change_leaves_nothing_and_one_after_it_leaves_a_channel() {
    for (when, made) in [(When::Before, 0), (When::After, 1)] {
        let fixture = with([Rule::on(CreateChannel, Fault::Reset { when })]).await;
        let lost = fixture.ivs.create_channel().name("lost").send().await.expect_err("the answer is lost");
        assert!(matches!(lost, SdkError::DispatchFailure(_)), "{lost:?}");
        assert_eq!(done(&fixture, CreateChannel), made, "{when:?}");
        fired(&fixture);
    }
}

#[tokio::test]
async fn a_client_with_the_sdks_defaults_creates_three_channels_when_answers_are_lost() {
    let fixture = with([Rule::on(CreateChannel, Fault::Reset { when: When::After }).always()]).await;
    retrying(&fixture.url).create_channel().name("thrice").send().await.expect_err("every answer is lost");
    assert_eq!(done(&fixture, CreateChannel), 3);
    fired(&fixture);
}

#[tokio::test]
async fn a_500_before_the_change_is_tried_again_by_default_and_one_channel_is_made() {
    let fixture = with([Rule::on(CreateChannel, Fault::Status { status: 500, when: When::Before }).times(2)]).await;
    retrying(&fixture.url).create_channel().send().await.expect("the third attempt");
    assert_eq!(done(&fixture, CreateChannel), 1);
    fired(&fixture);
}

#[tokio::test]
async fn a_500_after_the_change_makes_one_more_with_each_try() {
    let fixture = with([Rule::on(CreateChannel, Fault::Status { status: 500, when: When::After }).times(2)]).await;
    retrying(&fixture.url).create_channel().send().await.expect("the third attempt");
    assert_eq!(done(&fixture, CreateChannel), 3);
    fired(&fixture);
}

#[tokio::test]
async fn errors_of_the_server_have_codes_at_500_and_503_alone() {
    for (status, expected) in [(500, "InternalServerException"), (503, "ServiceUnavailable"), (502, ""), (504, "")] {
        let fixture = with([Rule::on(ListChannels, Fault::Status { status, when: When::Before })]).await;
        let failed = fixture.ivs.list_channels().send().await.expect_err("it fails");
        assert_eq!(failed.raw_response().map(|raw| raw.status().as_u16()), Some(status));
        assert_eq!(failed.code().unwrap_or_default(), expected);
        fired(&fixture);
    }
}

#[tokio::test]
async fn a_429_with_a_code_is_tried_again_and_one_without_is_not() {
    for (with_code, attempts) in [(true, 3), (false, 1)] {
        let fixture = with([Rule::on(ListChannels, Fault::Throttle { code: with_code }).always()]).await;
        let failed = retrying(&fixture.url).list_channels().send().await.expect_err("throttled");
        assert_eq!(failed.code(), with_code.then_some("ThrottlingException"));
        assert_eq!(fixture.emulator.faults().planned()[0].fired, attempts);
        assert_eq!(done(&fixture, ListChannels), 0);
        fired(&fixture);
    }
}

#[tokio::test]
async fn a_page_of_html_has_no_code() {
    let fixture = with([Rule::on(GetChannel, Fault::Html)]).await;
    let (arn, _) = fixture.channel().await;
    let failed = fixture.ivs.get_channel().arn(arn).send().await.expect_err("HTML");
    assert_eq!((failed.code(), failed.raw_response().map(|raw| raw.status().as_u16())), (None, Some(502)));
    let body = failed.raw_response().and_then(|raw| raw.body().bytes()).unwrap_or_default();
    assert!(body.starts_with(b"<!DOCTYPE html>"));
    fired(&fixture);
}

#[tokio::test]
async fn a_stall_is_ended_by_the_clients_own_timeout_alone() {
    for (when, made) in [(When::Before, 0), (When::After, 1)] {
        let fixture = with([Rule::on(CreateChannel, Fault::Stall { when })]).await;
        let hung = hasty(&fixture.url).create_channel().send().await.expect_err("no answer comes");
        assert!(matches!(hung, SdkError::TimeoutError(_)), "{hung:?}");
        assert_eq!(done(&fixture, CreateChannel), made, "{when:?}");
        fired(&fixture);
    }
}

#[tokio::test]
async fn a_delayed_change_is_made_although_the_client_has_given_up() {
    let fixture = with([Rule::on(CreateChannel, Fault::Delay { millis: 400 })]).await;
    let hung = hasty(&fixture.url).create_channel().send().await.expect_err("it comes too late");
    assert!(matches!(hung, SdkError::TimeoutError(_)), "{hung:?}");
    assert_eq!(done(&fixture, CreateChannel), 0, "not yet");
    let begun = Instant::now();
    while done(&fixture, CreateChannel) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the change never came");
        tokio::task::yield_now().await;
    }
    fired(&fixture);
}

#[tokio::test]
async fn answers_that_cannot_be_read_leave_the_channel_made() {
    for fault in [Fault::Truncated, Fault::WrongTyped] {
        let fixture = with([Rule::on(CreateChannel, fault.clone())]).await;
        let failed = fixture.ivs.create_channel().send().await.expect_err("unreadable");
        assert_eq!(failed.code(), None, "no error of IVS: {failed:?}");
        assert_eq!(done(&fixture, CreateChannel), 1, "{fault:?}");
        fired(&fixture);
    }
}

#[tokio::test]
async fn a_huge_answer_is_as_long_as_was_asked() {
    let fixture = with([Rule::on(ListChannels, Fault::Huge { bytes: 3_000_001 })]).await;
    let answer = fixture.raw("POST", "/ListChannels", "{}").await;
    assert_eq!(answer.body.len(), r#"{"channels":[]}"#.len() + 3_000_001);
    assert_eq!(answer.json(), serde_json::json!({ "channels": [] }), "white space does not change it");
    fired(&fixture);
}

#[tokio::test]
async fn a_wrong_date_is_wrong_by_what_was_asked() {
    let fixture = with([Rule::on(ListChannels, Fault::Date { skew_seconds: -7_200 })]).await;
    let date = |answer: &crate::fixture::Raw| {
        let date = answer.header("date").expect("a date").replace("GMT", "+0000");
        jiff::fmt::rfc2822::parse(&date).expect("RFC 2822").timestamp().as_second()
    };
    let wrong = date(&fixture.raw("POST", "/ListChannels", "{}").await);
    let right = date(&fixture.raw("POST", "/ListChannels", "{}").await);
    assert!((right - wrong - 7_200).abs() <= 2, "{right} {wrong}");
    fired(&fixture);
}

#[tokio::test]
async fn a_lagging_list_lacks_what_is_new_and_a_get_does_not() {
    let fixture = with([Rule::on(ListChannels, Fault::ListLag { seconds: 10 })]).await;
    let (old, _) = fixture.channel().await;
    fixture.clock.advance(60_000);
    let (new, _) = fixture.channel().await;
    let listed = fixture.ivs.list_channels().send().await.expect("a list").channels;
    assert_eq!(listed.iter().filter_map(|channel| channel.arn()).collect::<Vec<_>>(), [old.as_str()]);
    fixture.ivs.get_channel().arn(new).send().await.expect("it is there");
    assert_eq!(fixture.ivs.list_channels().send().await.expect("a list").channels.len(), 2, "once");
    fired(&fixture);
}

#[tokio::test]
async fn a_page_token_dies_between_two_pages() {
    let fixture = with([Rule::on(ListChannels, Fault::DyingTokens)]).await;
    for _ in 0..3 {
        fixture.channel().await;
    }
    let pages = fixture.ivs.list_channels().into_paginator().page_size(1).send().collect::<Vec<_>>().await;
    assert!(pages[0].is_ok());
    assert_eq!(code(pages.into_iter().nth(1).expect("a second")), error(400, "ValidationException"));
    fired(&fixture);
}

#[tokio::test]
async fn expired_and_denied_credentials_change_nothing() {
    let fixture = with([Rule::on(DeleteChannel, Fault::ExpiredToken), Rule::on(DeleteChannel, Fault::AccessDenied)]).await;
    let (arn, _) = fixture.channel().await;
    assert_eq!(code(fixture.ivs.delete_channel().arn(&arn).send().await), error(403, "ExpiredTokenException"));
    assert_eq!(code(fixture.ivs.delete_channel().arn(&arn).send().await), error(403, "AccessDeniedException"));
    fixture.ivs.get_channel().arn(&arn).send().await.expect("still there");
    fired(&fixture);
}

#[tokio::test]
async fn a_name_is_enough() {
    let fixture = Fixture::new().await;
    let create = |name: &str| fixture.ivs.create_channel().name(name).send();
    assert_eq!(code(create("fault-500").await), error(500, "InternalServerException"));
    assert_eq!(code(create("fault-throttle").await), error(429, "ThrottlingException"));
    assert_eq!(code(create("fault-denied").await), error(403, "AccessDeniedException"));
    assert_eq!(done(&fixture, CreateChannel), 0);
    assert!(matches!(create("fault-lost").await, Err(SdkError::DispatchFailure(_))));
    assert_eq!(done(&fixture, CreateChannel), 1);
    create("fault-is-not-a-name-of-one").await.expect("an ordinary channel");
    let found = fixture.ivs.list_channels().filter_by_name("fault-500").send().await.expect("only creates are struck");
    assert!(found.channels.is_empty());
}

#[tokio::test]
async fn a_fault_that_did_not_fire_is_seen() {
    let rule = Rule::on(GetChannel, Fault::Html);
    let fixture = with([rule.clone()]).await;
    fixture.ivs.list_channels().send().await.expect("a list");
    assert_eq!(fixture.emulator.unfired(), [rule]);
}
