//! The metrics: that each says what was, that none says about whom, and that nothing else is answered where they are.

use crate::support::{Console, emulated, until};
use backend::http::{Hardening, Hosts, Limits, Ready, harden};
use backend::metrics::{Requests, gather, routes};
use backend::serve::{Waits, serve};
use contract::Operation;
use contract::access::Role;
use emulator::fault::{Fault, Rule, When};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::TaskTracker;

const REGION: &str = "eu-west-1";

async fn page(console: &Console) -> String {
    gather(&console.state, &Requests::default()).await
}

fn says(page: &str, line: &str) {
    assert!(page.lines().any(|said| said == line), "{line} is not in\n{page}");
}

fn value(page: &str, series: &str) -> f64 {
    let line = page.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{series} is not in\n{page}"))
}

async fn listening(app: axum::Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let waits = Waits::finishing(Duration::from_secs(1));
    tokio::spawn(serve(listener, app, None, std::future::pending(), TaskTracker::new(), waits));
    address
}

async fn asked(address: SocketAddr, line: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn nothing_but_the_metrics_is_answered_where_they_are_and_they_nowhere_else() {
    let console = Console::start().await;
    let requests = Arc::new(Requests::default());
    let any = SocketAddr::from(([10, 9, 8, 7], 9464));
    let hosts = Hosts::new(any, &[any.to_string(), "metrics.example.com".to_owned()]);
    let metrics = listening(routes(console.state.clone(), Arc::clone(&requests), hosts)).await;
    for host in ["localhost:9464", "10.9.8.7:9464", "metrics.example.com:9464"] {
        let answer = asked(metrics, "GET /metrics", host).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let head = head.to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200") && body.contains("\ntally_build_info{version=\""), "{answer}");
        for header in ["content-type: text/plain; version=0.0.4", "x-content-type-options: nosniff", "cache-control: no-store", "sandbox"] {
            assert!(head.contains(header), "{header} is not in\n{head}");
        }
    }
    for (line, host, status) in [
        ("GET /metrics", "evil.example.com", "421"),
        ("GET /metrics", "evil.example.com:9464", "421"),
        ("POST /metrics", "localhost:9464", "405"),
        ("DELETE /metrics", "localhost:9464", "405"),
        ("GET /", "localhost:9464", "404"),
        ("GET /metrics/", "localhost:9464", "404"),
        ("GET /healthz", "localhost:9464", "404"),
        ("GET /readyz", "localhost:9464", "404"),
        ("POST /api/me", "localhost:9464", "404"),
        ("GET /index.html", "localhost:9464", "404"),
    ] {
        let answer = asked(metrics, line, host).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")) && !answer.contains("tally_"), "{line} as {host}: {answer}");
        assert!(answer.contains("x-content-type-options: nosniff") && answer.contains("sandbox"), "{line}: {answer}");
    }

    let hardening = Hardening { hosts: Hosts::new(any, &[]), https: false, limits: Limits::default(), ready: Ready::when(|| true) };
    let own = backend::assets::Assets::embedded().under(backend::router::api(console.state.clone()));
    let own = listening(requests.around(harden(own, &hardening))).await;
    assert!(asked(own, "GET /healthz", "localhost:9464").await.starts_with("HTTP/1.1 200"), "the control");
    let answer = asked(own, "GET /metrics", "localhost:9464").await;
    assert!(!answer.contains("tally_build_info"), "{answer}");
    assert!(asked(own, "POST /api/me", "localhost:9464").await.contains("CrossOrigin"));
    assert!(asked(own, "GET /", "evil.example.com").await.contains("HostRefused"));
    let answer = asked(metrics, "GET /metrics", "localhost:9464").await;
    for line in [
        "tally_http_requests_total{route=\"probe\",status=\"2xx\"} 1",
        "tally_http_errors_total{code=\"CrossOrigin\"} 1",
        "tally_http_errors_total{code=\"HostRefused\"} 1",
        "tally_http_requests_total{route=\"Me\",status=\"4xx\"} 1",
    ] {
        says(&answer, line);
    }
}

#[tokio::test]
async fn each_says_what_was_and_none_about_whom() {
    let console = Console::start().await;
    let (channel, key) = console.channel(REGION, "canary-name").await;
    let missing = channel.replace(":channel/", ":channel/X");
    assert_eq!(console.call(REGION, "GetChannel", json!({ "arn": missing })).await.status, 404);
    console.emulator.faults().add(Rule::on(Operation::TagResource, Fault::Throttle { code: true }).times(1));
    assert_eq!(console.call(REGION, "TagResource", json!({ "resourceArn": channel, "tags": { "canary": "tag" } })).await.status, 200);
    let reveal = json!({ "account": "demo", "region": REGION, "arn": key, "reason": "canary-reason" });
    let secret = console.post("/api/reveal/stream-key", &reveal).await.json()["value"].as_str().unwrap().to_owned();
    let many = console.post("/api/reveal/stream-keys", &json!({ "account": "demo", "region": REGION, "arns": [key] })).await;
    assert_eq!(many.status, 200, "{many:?}");
    let job = json!({ "account": "demo", "region": REGION, "key": "canary-key", "task": { "kind": "TagResources", "arns": [channel], "tags": { "canary": "job" } } });
    let job = console.post("/api/jobs/start", &job).await.json()["id"].as_str().unwrap().to_owned();
    let finished = async || console.post("/api/jobs/get", &json!({ "id": job })).await.json()["state"] == "finished";
    until(finished).await;
    console.act_as(Role::Viewer, &[]).await;
    assert_eq!(console.call(REGION, "DeleteChannel", json!({ "arn": channel })).await.status, 403);
    assert_eq!(console.post("/api/session", &json!({ "token": "canary-token" })).await.status, 200, "a reload");
    assert_eq!(console.with_cookie(None).post("/api/session", &json!({ "token": "canary-token" })).await.status, 401);

    let page = page(&console).await;
    for line in [
        "tally_ready 1",
        "tally_sign_ins_total{outcome=\"ok\"} 1",
        "tally_sign_ins_total{outcome=\"token\"} 1",
        "tally_sessions 1",
        "tally_denied_total{permission=\"manage\"} 1",
        "tally_denied_total{permission=\"reveal\"} 0",
        "tally_revealed_secrets_total{route=\"RevealStreamKey\"} 1",
        "tally_revealed_secrets_total{route=\"RevealStreamKeys\"} 1",
        "tally_revealed_secrets_total{route=\"RevealPassphrase\"} 0",
        "tally_upstream_calls_total{operation=\"CreateChannel\",code=\"ok\"} 1",
        "tally_upstream_calls_total{operation=\"DeleteChannel\",code=\"ok\"} 0",
        "tally_upstream_calls_total{operation=\"TagResource\",code=\"ok\"} 2",
        "tally_upstream_calls_total{operation=\"TagResource\",code=\"ThrottlingException\"} 1",
        "tally_upstream_call_seconds_count{operation=\"CreateChannel\"} 1",
        "tally_upstream_call_seconds_bucket{operation=\"CreateChannel\",le=\"+Inf\"} 1",
        "tally_governor_refusals_total{lane=\"change\"} 0",
        "tally_journal_open_intents 0",
        "tally_journal_oldest_open_intent_seconds 0",
        "tally_journal_unknown_intents 0",
        "tally_journal_lost_intents 0",
        "tally_journal_write_failures_total 0",
        "tally_job_steps_total{outcome=\"done\"} 1",
        "tally_job_steps_total{outcome=\"refused\"} 0",
    ] {
        says(&page, line);
    }
    // As often as the account check asks for one that is not there, and once more.
    let probed = backend::setup::run(&console.state).await.findings.len();
    assert!(probed > 0 && value(&page, "tally_upstream_calls_total{operation=\"GetChannel\",code=\"ResourceNotFoundException\"}") >= 1.0);
    // The turns of what changes: the two of the tagging, the create, the job's, and what is read before them.
    assert!(value(&page, "tally_governor_wait_seconds_count{lane=\"change\"}") >= 4.0);
    assert!(value(&page, "tally_aws_clock_skew_seconds").abs() <= 2.0, "the emulator has this machine's clock");
    assert!(value(&page, "tally_start_time_seconds") > 1.7e9);
    assert!(!page.contains("\ntally_credentials_expiry_seconds"), "the emulator's never end");
    for part in ["canary", &*secret, &*key, &*channel, "arn:", "demo", REGION, "123456789012", "local", "Demo operator", "Local", &*job] {
        assert!(!page.contains(part), "{part} is in\n{page}");
    }
}

#[tokio::test]
async fn what_has_no_end_is_seen_and_how_old_it_is() {
    let console = Console::start().await;
    console.emulator.faults().add(Rule::on(Operation::CreateChannel, Fault::Reset { when: When::Before }).times(1));
    let lost = console.call(REGION, "CreateChannel", json!({ "name": "lost" })).await;
    assert_eq!(lost.code(), "OutcomeUnknown", "{lost:?}");
    says(&page(&console).await, "tally_journal_unknown_intents 1");
    says(&page(&console).await, "tally_journal_open_intents 0");
    assert!(page(&console).await.contains("tally_upstream_calls_total{operation=\"CreateChannel\",code=\"UpstreamU"));
    console.state.ivs.look_up_unknown(crate::support::later()).await.unwrap();
    says(&page(&console).await, "tally_journal_unknown_intents 0");
    says(&page(&console).await, "tally_journal_lost_intents 1");

    // What no reading tells of stays.
    let (channel, _) = console.channel(REGION, "live").await;
    console.emulator.faults().add(Rule::on(Operation::PutMetadata, Fault::Reset { when: When::After }).times(1));
    let lost = console.call(REGION, "PutMetadata", json!({ "channelArn": channel, "metadata": "now" })).await;
    assert_ne!(lost.status, 200, "{lost:?}");
    says(&page(&console).await, "tally_journal_lost_intents 2");
    says(&page(&console).await, "tally_journal_unknown_intents 0");

    // One that hangs is open for as long as it does.
    let hang = console.emulator.faults().add(Rule::on(Operation::TagResource, Fault::Stall { when: When::Before }));
    let tag = json!({ "resourceArn": channel, "tags": { "a": "b" } });
    let call = console.call(REGION, "TagResource", tag);
    let open = until(async || page(&console).await.contains("\ntally_journal_open_intents 1\n"));
    tokio::select! {
        () = open => {}
        answer = call => panic!("it does not hang: {answer:?}"),
    }
    let age = value(&page(&console).await, "tally_journal_oldest_open_intent_seconds");
    assert!((0.0..30.0).contains(&age), "{age}");
    console.emulator.faults().remove(hang);
}

#[tokio::test]
async fn a_journal_that_cannot_be_written_is_seen() {
    let console = Console::start().await;
    let sql = "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END";
    sqlx::query(sql).execute(&mut console.disk().await).await.unwrap();
    assert_eq!(console.call(REGION, "CreateChannel", json!({ "name": "never" })).await.code(), "JournalUnavailable");
    says(&page(&console).await, "tally_journal_write_failures_total 1");
    // Another file in its place.
    std::fs::rename(console.folder.path().join("journal.db"), console.folder.path().join("elsewhere.db")).unwrap();
    assert_eq!(console.call(REGION, "CreateChannel", json!({ "name": "never" })).await.code(), "JournalUnavailable");
    says(&page(&console).await, "tally_journal_write_failures_total 2");
}

#[tokio::test]
async fn before_the_account_check_it_is_not_ready() {
    let console = Console::unchecked(tempfile::tempdir().unwrap(), emulated(), |_| {}).await;
    let page = page(&console).await;
    says(&page, "tally_ready 0");
    assert!(!page.contains("\ntally_aws_clock_skew_seconds"), "AWS has not answered yet");
}
