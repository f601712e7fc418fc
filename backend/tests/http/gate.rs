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
    for (path, size, status) in [("/api/jobs/start", most, 404), ("/api/jobs/start", most + 1, 413), ("/api/echo", most, 413)] {
        let answer = ask(&console(), sized(path, size, "x".repeat(size))).await;
        assert_eq!(answer.status, status, "{path}: {size} bytes");
    }
    // One that does not say how large it is gets no more than any other.
    assert_eq!(ask(&console(), call("/api/jobs/start", "x".repeat(most))).await.status, 413);
}

/// A request that says how large its body is.
fn sized(path: &str, size: usize, body: impl Into<axum::body::Body>) -> http::Request<axum::body::Body> {
    let mut request = call(path, body);
    request.headers_mut().insert("content-length", size.into());
    request
}

#[tokio::test]
async fn only_so_many_large_bodies_are_held_at_once() {
    let (console, size) = (console(), 128 * 1024);
    // Those that never end hold their places until they are given up on.
    let endless = || axum::body::Body::from_stream(futures::stream::pending::<Result<axum::body::Bytes, std::convert::Infallible>>());
    let mut held: Vec<_> = (0..8).map(|_| Box::pin(ask(&console, sized("/api/jobs/start", size, endless())))).collect();
    for waiting in &mut held {
        assert!(futures::poll!(waiting).is_pending());
    }
    let refused = ask(&console, sized("/api/jobs/start", size, "x".repeat(size))).await;
    let failure: CallFailure = serde_json::from_slice(&refused.body).expect("the contract's shape");
    assert_eq!((failure.error.code, failure.error.retry_after), (Code::Overloaded, Some(1)));
    assert_eq!(ask(&console, call("/api/jobs/start", "x")).await.status, 404, "small ones are not held up");
    drop(held);
    assert_eq!(ask(&console, sized("/api/jobs/start", size, "x".repeat(size))).await.status, 404);
}

#[tokio::test]
async fn what_is_in_neither_table_is_not_there() {
    for path in ["/api", "/api/", "/api/nothing", "/api/echo/", "/api/echo/x.js", "/api//echo"] {
        let answer = ask(&console(), call(path, "{}")).await;
        let failure: CallFailure = serde_json::from_slice(&answer.body).expect("the contract's shape");
        assert_eq!((answer.status.as_u16(), failure.error.code), (404, Code::NotFound), "{path}");
    }
}
