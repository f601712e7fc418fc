//! The answers that faults give.

use super::Fault;
use super::line::Sever;
use crate::clock::SECOND;
use crate::emulator::Emulator;
use crate::http::Seen;
use crate::id::Ids;
use crate::{sts, wire};
use axum::body::{Body, Bytes, to_bytes};
use axum::response::Response;
use contract::{ApiError, Code};
use futures::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

/// On every answer that a fault has touched, with its kind: who looks at the wire sees that it is not IVS's.
const MARK: HeaderName = HeaderName::from_static("x-emulator-fault");

/// The largest answer of IVS that is read back to be marred; its largest is some 100 kB.
const LARGEST_ANSWER: usize = 16 << 20;

/// In place of the core's answer.
pub(super) fn instead(fault: &Fault, emulator: &Emulator, seen: &Seen<'_>) -> Response {
    let id = Ids::seeded(emulator.now().unsigned_abs()).uuid();
    let refused = |code: Code, text: &str| {
        let reply = if seen.is_sts() {
            sts::refusal(&ApiError::new(code, text), &id)
        } else {
            wire::refusal(code.status(), code.as_str(), text, &id)
        };
        reply.map(Body::from)
    };
    mark(
        fault,
        match fault {
            Fault::Status { status, .. } => broken(*status, &id),
            Fault::Throttle { code: true } => {
                let operation = seen.operation.map_or("*", |operation| operation.name());
                refused(
                    Code::ThrottlingException,
                    &format!("Operation: ivs:{operation} exceeded call rate for resource: {}", seen.target()),
                )
            }
            Fault::Throttle { code: false } => plain(429, "text/plain", "Too Many Requests"),
            Fault::Html => plain(502, "text/html", GATEWAY),
            Fault::DyingTokens => refused(Code::ValidationException, "nextToken is invalid or has expired"),
            Fault::ExpiredToken => refused(Code::ExpiredTokenException, "The security token included in the request is expired"),
            Fault::AccessDenied => {
                let account = &emulator.settings().account;
                let operation = seen.operation.map_or("*", |operation| operation.name());
                let text = format!(
                    "User: arn:aws:iam::{account}:user/emulator is not authorized to perform: ivs:{operation} on resource: {}",
                    seen.target()
                );
                refused(Code::AccessDeniedException, &text)
            }
            Fault::Reset { .. } => sever(),
            // The others let the core answer first.
            Fault::Delay { .. }
            | Fault::Stall { .. }
            | Fault::Truncated
            | Fault::WrongTyped
            | Fault::Huge { .. }
            | Fault::Date { .. }
            | Fault::ListLag { .. } => broken(500, &id),
        },
    )
}

/// What becomes of the core's answer.
pub(super) async fn marred(fault: &Fault, reply: Response) -> Response {
    let marred = match fault {
        Fault::Reset { .. } => sever(),
        Fault::Status { status, .. } => {
            // What was done had an id, which IVS's log has too.
            let id = reply.headers().get("x-amzn-requestid").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned();
            broken(*status, &id)
        }
        Fault::Truncated => rewritten(reply, |body| short(&body)).await,
        Fault::WrongTyped => rewritten(reply, |body| whole(wrong(&body))).await,
        Fault::Huge { bytes } => rewritten(reply, |body| padded(body, *bytes)).await,
        Fault::Date { skew_seconds } => dated(reply, *skew_seconds),
        Fault::Delay { .. }
        | Fault::Stall { .. }
        | Fault::Throttle { .. }
        | Fault::Html
        | Fault::ListLag { .. }
        | Fault::DyingTokens
        | Fault::ExpiredToken
        | Fault::AccessDenied => reply,
    };
    mark(fault, marred)
}

fn mark(fault: &Fault, mut reply: Response) -> Response {
    let kind = serde_json::to_value(fault).ok().and_then(|fault| HeaderValue::from_str(fault.get("kind")?.as_str()?).ok());
    reply.headers_mut().insert(MARK, kind.unwrap_or(HeaderValue::from_static("fault")));
    reply
}

const GATEWAY: &str = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>\
                       <body><h1>502 Bad Gateway</h1><p>The request could not be satisfied.</p></body></html>";

fn plain(status: u16, kind: &'static str, text: &'static str) -> Response {
    let mut reply = Response::new(Body::from(text));
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    reply
}

/// 500 and 503 as IVS says them; whatever else comes from something in front of it, and has no code.
fn broken(status: u16, id: &str) -> Response {
    let code = match status {
        500 => Code::InternalServerException,
        503 => Code::ServiceUnavailable,
        _ => return plain(status, "text/plain", ""),
    };
    wire::refusal(status, code.as_str(), "The service failed", id).map(Body::from)
}

/// The server drops the connection when it sees this.
fn sever() -> Response {
    let mut reply = Response::default();
    reply.extensions_mut().insert(Sever);
    reply
}

async fn rewritten(reply: Response, rewrite: impl FnOnce(Bytes) -> (Body, u64)) -> Response {
    let (mut head, body) = reply.into_parts();
    let body = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default();
    if head.status == StatusCode::NO_CONTENT {
        // 204 has no body to mar.
        head.status = StatusCode::OK;
    }
    let (body, length) = rewrite(body);
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    Response::from_parts(head, body)
}

fn whole(body: Vec<u8>) -> (Body, u64) {
    let length = body.len() as u64;
    (Body::from(body), length)
}

/// Half of what was promised, and then the end of the connection.
fn short(body: &Bytes) -> (Body, u64) {
    let promised = body.len().max(2) as u64;
    let half = body.slice(..body.len() / 2);
    let end = Err(std::io::Error::new(std::io::ErrorKind::ConnectionAborted, "cut short by a fault"));
    (Body::from_stream(stream::iter([Ok(half), end])), promised)
}

/// Every member a number; a list where there is none.
fn wrong(body: &[u8]) -> Vec<u8> {
    let wrong = match serde_json::from_slice(body) {
        Ok(Value::Object(members)) if !members.is_empty() => members.into_iter().map(|(name, _)| (name, Value::from(7))).collect(),
        _ => Value::from(vec![7]),
    };
    wrong.to_string().into_bytes()
}

/// The answer, and white space that is made while it is sent.
fn padded(body: Bytes, bytes: u64) -> (Body, u64) {
    const CHUNK: usize = 64 * 1024;
    static SPACES: [u8; CHUNK] = [b' '; CHUNK];
    let body = if body.is_empty() { Bytes::from_static(b"{}") } else { body };
    let length = body.len() as u64 + bytes;
    let pads = stream::unfold(bytes, |left| async move {
        let next = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        (next > 0).then(|| (Bytes::from_static(&SPACES[..next]), left - next as u64))
    });
    let chunks = futures::StreamExt::chain(stream::once(async { body }), pads);
    (Body::from_stream(futures::StreamExt::map(chunks, Ok::<_, std::io::Error>)), length)
}

fn dated(mut reply: Response, skew_seconds: i64) -> Response {
    let at = jiff::Timestamp::now().as_millisecond().saturating_add(skew_seconds.saturating_mul(SECOND));
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    if let Ok(date) = HeaderValue::from_str(&at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()) {
        reply.headers_mut().insert(DATE, date);
    }
    reply
}
