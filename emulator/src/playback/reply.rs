//! What players are answered. A web page may read all of it, refusals too.

use crate::choices::{PLAYBACK_NOT_FOUND, PLAYBACK_REFUSED};
use crate::wire::Reply;
use http::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

/// The kind of a playlist.
pub(super) const PLAYLIST: &str = "application/vnd.apple.mpegurl";
/// The kind of a segment.
pub(super) const SEGMENT: &str = "video/mp2t";

/// The header that says which country a request comes from: there is no telling otherwise.
pub(super) const COUNTRY: &str = "x-emulated-country";

/// A kind, and what is of it.
pub(super) type Content = (&'static str, Vec<u8>);

/// Why somebody may not watch.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) error: String,
}

impl Refusal {
    /// Not this viewer.
    pub(super) fn auth(error: impl Into<String>) -> Self {
        Self { status: 403, code: PLAYBACK_REFUSED, error: error.into() }
    }

    /// There is nothing to watch.
    pub(super) fn not_found(error: &str) -> Self {
        Self { status: 404, code: PLAYBACK_NOT_FOUND, error: error.to_owned() }
    }
}

/// An answer.
pub(super) fn reply(status: u16, kind: &'static str, body: Vec<u8>) -> Reply {
    let mut reply = Reply::new(body);
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in [(CONTENT_TYPE, kind), (ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (CACHE_CONTROL, "no-store")] {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    reply
}

/// A refusal, as JSON.
pub(super) fn refusal(refusal: &Refusal) -> Reply {
    let body = serde_json::json!([{ "error": refusal.error, "error_code": refusal.code, "type": "error" }]);
    reply(refusal.status, "application/json", body.to_string().into_bytes())
}

/// A browser asks whether a page may ask.
pub(super) fn preflight() -> Reply {
    let mut reply = reply(204, "text/plain", Vec::new());
    reply.headers_mut().insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    reply.headers_mut().insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(COUNTRY));
    reply
}
