//! A name for every request, in the log and on the answer.

use super::is_api;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Ours, made here: one that comes from outside is never taken over, since it would put a stranger's text into the
/// journal. Sorted by time (UUIDv7). Handlers find it among the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(Uuid);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.simple())
    }
}

/// Names the request, opens its span, and logs how it was answered.
pub(super) async fn identify(mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", %id, method = %request.method(), %path);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, millis) = (response.status().as_u16(), began.elapsed().as_millis());
    // Files and probes are many and dull.
    span.in_scope(|| match is_api(&path) {
        true => tracing::info!(status, millis, "answered"),
        false => tracing::debug!(status, millis, "answered"),
    });
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
