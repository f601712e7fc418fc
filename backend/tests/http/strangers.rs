//! Nothing that a stranger can write makes a panic or a 5xx.

use crate::console::{HOST, ask, hardening, limits, routes};
use backend::http::harden;
use proptest::prelude::*;
use std::panic::AssertUnwindSafe;

fn method() -> impl Strategy<Value = String> {
    prop_oneof![Just("GET".to_owned()), Just("POST".to_owned()), Just("HEAD".to_owned()), Just("OPTIONS".to_owned()), "[A-Z]{1,12}",]
}

fn path() -> impl Strategy<Value = String> {
    prop_oneof![
        "/[!-~&&[^#?]]{0,60}",
        "/api/[!-~&&[^#?]]{0,60}",
        "(/(\\.\\.|%2e|%2F|[a-z.]{0,5}|api|index.html|assets)){1,6}",
        "/[a-z/.]{0,20}\\?[!-~&&[^#]]{0,40}",
    ]
}

fn headers() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let known =
        prop_oneof!["x-tally", "origin", "sec-fetch-site", "content-type", "accept-encoding", "if-none-match", "content-length", "host"];
    let value = prop_oneof![
        "1|same-origin|application/json|br;q=0.5, gzip;q=x|\\*|W/\"a\", \"b".prop_map(String::into_bytes),
        proptest::collection::vec(prop_oneof![32u8..127, 128u8..=255], 0..40),
    ];
    proptest::collection::vec((known, value), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_request_makes_a_5xx_or_a_panic(
        method in method(), path in path(), headers in headers(), body in proptest::collection::vec(any::<u8>(), 0..200), ours in any::<bool>(),
    ) {
        let mut request = http::Request::builder().method(&*method).uri(&*path).header("host", HOST);
        if ours {
            request = request.header("x-tally", "1").header("sec-fetch-site", "same-origin").header("content-type", "application/json");
        }
        for (name, value) in &headers {
            request = request.header(&**name, &**value);
        }
        // What the types of HTTP refuse never reaches the console.
        prop_assume!(!path.contains("stall") && !path.contains("panic"));
        let Ok(request) = request.body(axum::body::Body::from(body)) else { return Ok(()) };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let console = harden(routes(), &hardening(limits()));
        let answered = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(ask(&console, request))));
        let answer = answered.expect("no panic");
        prop_assert!(answer.status.as_u16() < 500, "{method} {path} {headers:?}: {answer:?}");
    }
}
