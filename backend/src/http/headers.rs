//! The headers that tell the browser what it must not do, on every answer of every status.

use super::is_api;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};

/// For pages and files. `wasm-unsafe-eval` lets WebAssembly be compiled and nothing else. The console makes its
/// elements one by one and no text of it ever becomes HTML or a script, so no policy of Trusted Types may be made at all.
const PAGE: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'",
);

/// For data: nothing in it is ever a page.
const DATA: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox");

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Where browsers reach the console by https: never by http again, for two years.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

const ALWAYS: [(HeaderName, HeaderValue); 8] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-embedder-policy"), HeaderValue::from_static("require-corp")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("origin-agent-cluster"), HeaderValue::from_static("?1")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), \
             encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), \
             picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()",
        ),
    ),
];

/// What is answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answers {
    /// By https?
    pub(super) https: bool,
    /// No page and no file is among it.
    pub(super) data_alone: bool,
}

/// Sets them. What is not said to be cacheable is not stored; of the API nothing is, whatever a route says.
pub(super) async fn secure(State(Answers { https, data_alone }): State<Answers>, request: Request, next: Next) -> Response {
    let data = data_alone || is_api(request.uri().path()) || super::probe::is_probe(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    if https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    headers.insert(CONTENT_SECURITY_POLICY, if data { DATA } else { PAGE });
    if data {
        headers.insert(CACHE_CONTROL, NO_STORE);
    } else {
        headers.entry(CACHE_CONTROL).or_insert(NO_STORE);
    }
    response
}
