//! The way into `/api`: only from our own page, only as JSON, only so large. In every mode, since a session cookie, a
//! proxy's cookie and being on this machine are all things that another page's request would carry too.

use super::{BodyLimit, Refusal, is_api};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::call::HEADER;
use contract::own::Route;
use contract::{ApiError, Code};
use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// So many large bodies are held at once: nobody knows yet who sends them.
const LARGE: usize = 8;

/// What the gate goes by.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    limit: BodyLimit,
    scheme: &'static [u8],
    large: Arc<Semaphore>,
}

impl Gate {
    pub(super) fn new(limit: BodyLimit, https: bool) -> Self {
        Self { limit, scheme: if https { b"https://" } else { b"http://" }, large: Arc::new(Semaphore::new(LARGE)) }
    }

    /// How large the body of this request may be, and its place among the large ones, until it is answered.
    fn room(&self, parts: &Parts) -> Result<(usize, Option<SemaphorePermit<'_>>), Refusal> {
        let BodyLimit { bytes, job_bytes, .. } = self.limit;
        let said = one(&parts.headers, &CONTENT_LENGTH).and_then(|length| std::str::from_utf8(length).ok()?.parse::<usize>().ok());
        if parts.uri.path() != Route::StartJob.path() || said.is_none_or(|said| said <= bytes) {
            return Ok((bytes, None));
        }
        let busy = || ApiError {
            retry_after: Some(1),
            ..ApiError::new(Code::Overloaded, "The console reads too many large requests at once. Try again in a second.")
        };
        self.large.try_acquire().map(|place| (job_bytes, Some(place))).map_err(|_| Refusal(busy()))
    }
}

/// Checks a request to `/api`; lets all others pass. The body is read here, once for all routes.
pub(super) async fn own_page_only(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if !is_api(request.uri().path()) {
        return next.run(request).await;
    }
    if let Err(refusal) = check(&gate, request.method(), request.headers()) {
        tracing::warn!(code = %refusal.0.code, "refused at the gate");
        return answer(refusal);
    }
    let (parts, body) = request.into_parts();
    let limit = gate.limit;
    let (bytes, _place) = match gate.room(&parts) {
        Ok(room) => room,
        Err(refusal) => return answer(refusal),
    };
    let late = || Refusal::new(Code::RequestTimeout, format!("The body did not arrive within {} s.", limit.wait.as_secs()));
    match tokio::time::timeout(limit.wait, read(body, bytes)).await.unwrap_or_else(|_| Err(late())) {
        Ok(body) => next.run(Request::from_parts(parts, Body::from(body))).await,
        Err(refusal) => answer(refusal),
    }
}

/// All but the body. A method first: what is not `POST` is wrong wherever it comes from, and no preflight is approved.
fn check(gate: &Gate, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    if method != Method::POST {
        return Err(Refusal::new(Code::MethodNotAllowed, "The API is called with POST."));
    }
    if one(headers, &HeaderName::from_static(HEADER.0)) != Some(HEADER.1.as_bytes()) {
        return Err(cross_origin(format!("The request lacks the header {}: {}.", HEADER.0, HEADER.1)));
    }
    same_origin(gate, headers)?;
    match one(headers, &CONTENT_TYPE) {
        Some(value) if is_json(value) => Ok(()),
        Some(_) | None => Err(Refusal::new(Code::UnsupportedMediaType, "The body must be declared as application/json.")),
    }
}

/// What the browser says of the page that asks. `same-site` is not enough: another port or a sibling name is another
/// page. A browser leaves `Sec-Fetch-Site` out where the console is reached by plain http under a name; then `Origin`
/// must be ours.
fn same_origin(gate: &Gate, headers: &HeaderMap) -> Result<(), Refusal> {
    let ours = if headers.contains_key(FETCH_SITE) {
        one(headers, &FETCH_SITE) == Some(b"same-origin")
    } else {
        match (one(headers, &ORIGIN), one(headers, &HOST)) {
            (Some(origin), Some(host)) => origin.strip_prefix(gate.scheme).is_some_and(|rest| rest.eq_ignore_ascii_case(host)),
            (Some(_) | None, Some(_) | None) => false,
        }
    };
    if ours { Ok(()) } else { Err(cross_origin("The request does not come from the console's own page.".to_owned())) }
}

fn cross_origin(message: String) -> Refusal {
    Refusal::new(Code::CrossOrigin, message)
}

/// A header's value where it is there exactly once: of two, nobody knows which one counts.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value.as_bytes())
}

/// `application/json`, with nothing but a `charset=utf-8` behind it. A type that a form can send, or one that only ends in
/// `+json`, is not.
fn is_json(value: &[u8]) -> bool {
    let value = value.to_ascii_lowercase();
    let mut parts = value.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
    parts.next() == Some(b"application/json") && parts.all(|part| part == b"charset=utf-8" || part == b"charset=\"utf-8\"")
}

async fn read(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let bytes = Limited::new(body, limit).collect().await.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => Refusal::new(Code::RequestTooLarge, format!("No request of the console is larger than {} KiB.", limit / 1024)),
        None => Refusal::new(Code::MalformedRequest, "The body ended early."),
    })?;
    let bytes = bytes.to_bytes();
    if bytes.is_empty() {
        return Err(Refusal::new(Code::MalformedRequest, "The body is empty; a request without members is {}."));
    }
    Ok(bytes)
}

fn answer(refusal: Refusal) -> Response {
    let wrong_method = refusal.0.code == Code::MethodNotAllowed;
    let mut response = refusal.into_response();
    if wrong_method {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
    }
    response
}
