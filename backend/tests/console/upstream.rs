//! What answers in place of IVS: far too much, or nothing at all.

use crate::support::{Console, emulated, until};
use backend::http::{Hardening, Hosts, Limits, Ready, harden};
use backend::start::{self, Pace};
use contract::Operation;
use emulator::fault::{Fault, Rule, When};
use http::Request;
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;

const MIB: u64 = 1 << 20;

#[tokio::test]
async fn an_answer_is_read_up_to_a_limit() {
    let console = Console::start().await;
    let region = "eu-west-1";
    let faults = console.emulator.faults();
    // The body is what IVS says, and so much white space.
    faults.add(Rule::on(Operation::ListChannels, Fault::Huge { bytes: 7 * MIB }));
    assert_eq!(console.call(region, "ListChannels", json!({})).await.status, 200);

    faults.add(Rule::on(Operation::ListStreams, Fault::Huge { bytes: 64 * MIB }).always());
    let refused = console.call(region, "ListStreams", json!({})).await;
    assert_eq!((refused.status, refused.code().as_str()), (502, "UpstreamUnreadable"), "{refused:?}");
    assert!(refused.text.contains("longer than 8 MiB"), "{refused:?}");

    // A change was made all the same, and reading finds it.
    faults.add(Rule::on(Operation::CreateChannel, Fault::Huge { bytes: 64 * MIB }));
    let made = console.call(region, "CreateChannel", json!({ "name": "made" })).await;
    assert_eq!((made.status, console.emulator.commits().get(&Operation::CreateChannel)), (200, Some(&1)), "{made:?}");
    assert!(console.emulator.unfired().is_empty());
}

/// STS hangs: the process is alive, it is not ready, and nothing is changed.
#[tokio::test]
async fn while_the_account_check_hangs_it_is_alive_and_changes_nothing() {
    let console = Console::unchecked(tempfile::tempdir().unwrap(), emulated(), |_| {}).await;
    let ready = console.state.ivs.clone();
    let hosts = Hosts::new(([127, 0, 0, 1], 4500).into(), &[]);
    let hardening = Hardening { hosts, https: false, limits: Limits::default(), ready: Ready::when(move || ready.ready()) };
    let whole = harden(backend::router::api(console.state.clone()), &hardening);
    let probe = async |path: &str| {
        let request = Request::get(path).header("host", "127.0.0.1:4500").body(axum::body::Body::empty()).unwrap();
        whole.clone().oneshot(request).await.unwrap().status().as_u16()
    };

    let hang = console.emulator.faults().add(Rule::on_any(Fault::Stall { when: When::Before }));
    let state = console.state.clone();
    let checking = tokio::spawn(async move { backend::setup::run(&state).await });
    let asked = async {
        while !console.emulator.unfired().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asked).await.unwrap();

    assert_eq!((probe("/healthz").await, probe("/readyz").await), (200, 503));
    let change = console.call("eu-west-1", "CreateChannel", json!({ "name": "early" })).await;
    assert_eq!((change.status, change.code().as_str()), (503, "NotReady"), "{change:?}");
    assert_eq!(console.emulator.calls().get(&Operation::CreateChannel), None);
    assert_eq!(console.call("eu-west-1", "ListChannels", json!({})).await.status, 200, "looking is free");
    assert!(!checking.is_finished(), "it still hangs");

    checking.abort();
    assert!(console.emulator.faults().remove(hang));
    assert!(backend::setup::run(&console.state).await.ready);
    assert_eq!((probe("/healthz").await, probe("/readyz").await), (200, 200));
    assert_eq!(console.call("eu-west-1", "CreateChannel", json!({ "name": "now" })).await.status, 200);
}

/// What has passed stays passed while nobody says otherwise.
#[tokio::test]
async fn that_the_account_check_gets_no_answer_takes_nothing_back() {
    let console = Console::start().await;
    let again = async || console.post("/api/setup", &json!({ "again": true })).await.json();
    let faults = console.emulator.faults();
    // STS, as often as the SDK asks.
    faults.add(Rule::on_any(Fault::Status { status: 500, when: When::Before }).times(3));
    let found = again().await;
    assert!(console.emulator.unfired().is_empty());
    assert_eq!((&found["ready"], &found["findings"][0]["verdict"]), (&json!(true), &json!("bad")), "{found}");
    let said = found["findings"][0]["detail"].as_str().unwrap();
    assert!(said.contains("500") && !said.contains('{'), "in words: {said}");
    assert_eq!(console.call("eu-west-1", "CreateChannel", json!({})).await.status, 200);

    faults.add(Rule::on_any(Fault::ExpiredToken));
    assert_eq!(again().await["ready"], json!(false), "refused is another matter");
    assert_eq!(console.call("eu-west-1", "CreateChannel", json!({})).await.code(), "NotReady");
}

/// The check goes on: whatever took readiness away, nobody has to click for it to come back.
#[tokio::test]
async fn readiness_finds_its_way_back() {
    let console = Console::unchecked(tempfile::tempdir().unwrap(), emulated(), |_| {}).await;
    console.emulator.faults().add(Rule::on_any(Fault::Status { status: 500, when: When::Before }).times(3));
    let pace = Pace { passed: Duration::from_secs(3600), failed: Duration::from_millis(1) };
    let beside = tokio::spawn(start::beside(console.state.clone(), pace, None));
    until(async || console.state.ivs.ready()).await;
    assert!(console.emulator.unfired().is_empty(), "the first check failed");
    console.state.ivs.set_ready(false);
    until(async || console.state.ivs.ready()).await;
    beside.abort();
}
