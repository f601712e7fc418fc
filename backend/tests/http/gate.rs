//! Only our own page, only JSON: every combination of what a browser might send, of which exactly one class passes.

use crate::console::{HOST, ask, call, console, request, routes};
use contract::Code;
use contract::call::CallFailure;

const METHODS: [&str; 6] = ["POST", "GET", "HEAD", "PUT", "DELETE", "OPTIONS"];
const MARKS: [&[&str]; 4] = [&["1"], &[], &["2"], &["1", "1"]];
const SITES: [&[&str]; 6] = [&["same-origin"], &[], &["same-site"], &["cross-site"], &["none"], &["same-origin", "same-origin"]];
const ORIGINS: [&[&str]; 5] = [&["http://127.0.0.1:4500"], &[], &["http://evil.example"], &["null"], &["http://127.0.0.1:4500"; 2]];
const TYPES: [&[&str]; 7] = [
    &["application/json"],
    &["application/json; charset=utf-8"],
    &[],
    &["text/plain"],
    &["application/x-www-form-urlencoded"],
    &["application/vnd.api+json"],
    &["application/json", "application/json"],
];

/// Said once more, and differently: the first entries are the good ones.
fn passes(method: usize, mark: usize, site: usize, origin: usize, media: usize) -> bool {
    method == 0 && mark == 0 && media <= 1 && (site == 0 || site == 1 && origin == 0)
}

async fn matrix(console: &axum::Router) -> (usize, usize) {
    let (mut tried, mut wrong) = (0, 0);
    for (m, method) in METHODS.iter().enumerate() {
        for (k, marks) in MARKS.iter().enumerate() {
            for (s, sites) in SITES.iter().enumerate() {
                for (o, origins) in ORIGINS.iter().enumerate() {
                    for (t, types) in TYPES.iter().enumerate() {
                        let named = [("x-tally", marks), ("sec-fetch-site", sites), ("origin", origins), ("content-type", types)];
                        let mut headers = vec![("host", HOST)];
                        headers.extend(named.iter().flat_map(|(name, values)| values.iter().map(|value| (*name, *value))));
                        let answer = ask(console, request(method, "/api/echo", &headers, "{}")).await;
                        tried += 1;
                        wrong += usize::from(answer.status.is_success() != passes(m, k, s, o, t));
                    }
                }
            }
        }
    }
    (tried, wrong)
}

#[tokio::test]
async fn exactly_the_allowed_class_passes() {
    let (tried, wrong) = matrix(&console()).await;
    assert_eq!((tried, wrong), (6 * 4 * 6 * 5 * 7, 0));
}

#[tokio::test]
async fn without_the_gate_the_matrix_fails() {
    let (_, wrong) = matrix(&routes()).await;
    assert!(wrong > 500, "only {wrong} combinations tell the gate from no gate");
}

#[tokio::test]
async fn every_refusal_has_its_code_and_no_preflight_is_approved() {
    let good = [("host", HOST), ("x-tally", "1"), ("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    let without = |name: &str| good.into_iter().filter(|(header, _)| *header != name).collect::<Vec<_>>();
    let cases = [
        ("OPTIONS", without(""), Code::MethodNotAllowed),
        ("GET", without(""), Code::MethodNotAllowed),
        ("POST", without("x-tally"), Code::CrossOrigin),
        ("POST", without("sec-fetch-site"), Code::CrossOrigin),
        ("POST", without("content-type"), Code::UnsupportedMediaType),
        ("POST", without("host"), Code::HostRefused),
    ];
    for (method, headers, code) in cases {
        let answer = ask(&console(), request(method, "/api/echo", &headers, "{}")).await;
        let failure: CallFailure = serde_json::from_slice(&answer.body).expect("the contract's shape");
        assert_eq!((answer.status.as_u16(), &failure.error.code), (code.status(), &code));
        assert_eq!(answer.header("allow"), if code == Code::MethodNotAllowed { "POST" } else { "" });
        assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{:?}", answer.headers);
    }
}

#[tokio::test]
async fn a_body_is_there_and_bearable() {
    let cases = [(0, 400), (1, 200), (64 * 1024, 200), (64 * 1024 + 1, 413), (1024 * 1024, 413)];
    for (size, status) in cases {
        let answer = ask(&console(), call("/api/echo", "x".repeat(size))).await;
        assert_eq!(answer.status, status, "{size} bytes");
    }
    // Every channel of a region may be named where a job is started, and there alone.
    let most = contract::job::MOST_BYTES;
    for (size, status) in [(most, 404), (most + 1, 413)] {
        let answer = ask(&console(), call("/api/jobs/start", "x".repeat(size))).await;
        assert_eq!(answer.status, status, "{size} bytes");
    }
}

#[tokio::test]
async fn what_is_in_neither_table_is_not_there() {
    for path in ["/api", "/api/", "/api/nothing", "/api/echo/", "/api/echo/x.js", "/api//echo"] {
        let answer = ask(&console(), call(path, "{}")).await;
        let failure: CallFailure = serde_json::from_slice(&answer.body).expect("the contract's shape");
        assert_eq!((answer.status.as_u16(), failure.error.code), (404, Code::NotFound), "{path}");
    }
}
