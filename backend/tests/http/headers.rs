//! Every answer of every status carries the security headers and an id of ours.

use crate::console::{Answer, HOST, ask, call, console, get, hardening, limits, request, routes};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use backend::http::{Limits, harden};
use futures::stream::{self, StreamExt as _};
use std::collections::BTreeSet;
use std::convert::Infallible;

const ALWAYS: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("origin-agent-cluster", "?1"),
];

/// Every kind of answer: its name, its status, is it data, and the request.
fn walk() -> Vec<(&'static str, u16, bool, Request)> {
    vec![
        ("page", 200, false, get("/")),
        ("deep link", 200, false, get("/channels/eu-west-1/abc")),
        ("file", 200, false, get("/favicon.svg")),
        ("unknown file", 404, false, get("/nothing.js")),
        ("page by POST", 405, false, request("POST", "/", &[("host", HOST)], "")),
        ("page by TRACE", 405, false, request("TRACE", "/", &[("host", HOST)], "")),
        ("page elsewhere", 421, false, request("GET", "/", &[("host", "evil")], "")),
        ("call", 200, true, call("/api/echo", "{}")),
        ("empty call", 400, true, call("/api/echo", "")),
        ("call of a stranger", 403, true, request("POST", "/api/echo", &[("host", HOST)], "{}")),
        ("unknown call", 404, true, call("/api/nothing", "{}")),
        ("call by GET", 405, true, get("/api/echo")),
        ("preflight", 405, true, request("OPTIONS", "/api/echo", &[("host", HOST)], "")),
        ("half-sent call", 408, true, call("/api/echo", half_sent())),
        ("large call", 413, true, call("/api/echo", "x".repeat(70_000))),
        ("call elsewhere", 421, true, request("POST", "/api/echo", &[("host", "evil")], "{}")),
        ("panic", 500, true, call("/api/panic", "{}")),
        ("stall", 504, true, call("/api/stall", "{}")),
        ("health", 200, true, get("/healthz")),
        ("health by POST", 405, true, request("POST", "/healthz", &[("host", HOST)], "")),
        ("not ready", 503, true, get("/readyz")),
    ]
}

/// A body whose rest never comes.
fn half_sent() -> Body {
    Body::from_stream(stream::iter([Ok::<_, Infallible>("{")]).chain(stream::pending()))
}

fn lacking(answer: &Answer, data: bool) -> Vec<&'static str> {
    let mut lacking: Vec<&str> = ALWAYS.iter().filter(|(name, value)| answer.header(name) != *value).map(|(name, _)| *name).collect();
    let policy = answer.header("content-security-policy");
    let wanted = if data { "sandbox" } else { "require-trusted-types-for 'script'" };
    let sound = policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'") && policy.contains(wanted);
    lacking.extend((!sound || policy.contains("'unsafe-inline'")).then_some("content-security-policy"));
    lacking.extend((answer.header("permissions-policy").is_empty()).then_some("permissions-policy"));
    lacking.extend((data && answer.header("cache-control") != "no-store").then_some("cache-control"));
    lacking.extend((answer.header("x-request-id").len() != 32).then_some("x-request-id"));
    lacking
}

#[tokio::test]
async fn every_status_carries_them() {
    let console = console();
    let mut statuses = BTreeSet::new();
    for (name, status, data, request) in walk() {
        let answer = ask(&console, request).await;
        assert_eq!(answer.status, status, "{name}");
        assert_eq!(lacking(&answer, data), [""; 0], "{name}");
        statuses.insert(status);
    }
    assert!(statuses.is_superset(&[200, 400, 403, 404, 405, 408, 413, 421, 500, 503, 504].into()), "{statuses:?}");
}

#[tokio::test]
async fn without_the_layer_they_are_missing() {
    assert_eq!(lacking(&ask(&routes(), get("/")).await, false).len(), ALWAYS.len() + 3);
}

#[tokio::test]
async fn every_refusal_is_one_shape_whose_status_is_its_codes() {
    for (name, status, _, request) in walk().into_iter().filter(|(_, status, ..)| *status >= 400) {
        let answer = ask(&console(), request).await;
        let failure: contract::call::CallFailure = serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(failure.error.code.status(), status, "{name}");
    }
}

#[tokio::test]
async fn a_request_id_is_ours_and_new_each_time() {
    let asked = || request("GET", "/", &[("host", HOST), ("x-request-id", "theirs")], "");
    let (one, two) = (ask(&console(), asked()).await, ask(&console(), asked()).await);
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
    assert!(
        [one, two]
            .iter()
            .all(|answer| answer.headers.get_all("x-request-id").iter().count() == 1 && answer.header("x-request-id") != "theirs")
    );
}

#[tokio::test]
async fn a_panic_says_its_id_and_nothing_of_itself() {
    let answer = ask(&console(), call("/api/panic", "{}")).await;
    assert!(answer.text().contains(answer.header("x-request-id")) && !answer.text().contains("hunter2"), "{}", answer.text());
}

#[tokio::test]
async fn one_request_too_many_is_refused_at_once_and_probes_go_on() {
    let console: Router = harden(routes(), &hardening(Limits { in_flight: 1, ..limits() }));
    let stalled = ask(&console, call("/api/stall", "{}"));
    let others = async {
        let refused = ask(&console, call("/api/echo", "{}")).await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (503, "1"));
        assert_eq!(lacking(&refused, true), [""; 0]);
        assert_eq!(ask(&console, get("/healthz")).await.status, 200);
    };
    // Polled in this order: the stalled one holds the only place when the others ask.
    let (stalled, ()) = futures::future::join(stalled, others).await;
    assert_eq!(stalled.status, 504);
    assert_eq!(ask(&console, call("/api/echo", "{}")).await.status, 200, "the place is free again");
}

#[tokio::test]
async fn a_half_sent_body_takes_nobodys_place() {
    let console: Router = harden(routes(), &hardening(Limits { in_flight: 1, ..limits() }));
    let slow = ask(&console, call("/api/echo", half_sent()));
    // Polled in this order: the slow one has begun when the other asks.
    let (slow, other) = futures::future::join(slow, ask(&console, call("/api/echo", "{}"))).await;
    assert_eq!((slow.status.as_u16(), other.status.as_u16()), (408, 200));
}
