//! The only fetch in the app. What every request has in common is here: the header, the abort when nobody waits for
//! the answer any more, and what happens when nobody is signed in.

use super::{Problem, early};
use crate::shared::session;
use gloo_net::http::{Request, Response};
use web_sys::AbortController;

/// What came back, read to its end.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) ok: bool,
    pub(super) status: u16,
    pub(super) text: String,
}

/// Posts JSON. Dropping the future before its end aborts the request.
///
/// # Errors
/// No answer at all. An answer that refuses is an answer.
pub(super) async fn post(path: String, body: String) -> Result<Answer, Problem> {
    let guard = Abort::new();
    let response = match early::take(&path, &body) {
        Some(begun) => begun.await,
        None => send(&path, body, &guard).await,
    }
    .map_err(|error| Problem::network(&error.to_string()))?;
    let (ok, status) = (response.ok(), response.status());
    let text = response.text().await.map_err(|error| Problem::network(&error.to_string()))?;
    guard.done();
    if status == 401 {
        session::ended();
    }
    Ok(Answer { ok, status, text })
}

async fn send(path: &str, body: String, guard: &Abort) -> Result<Response, gloo_net::Error> {
    let (name, value) = contract::call::HEADER;
    Request::post(path)
        .header(name, value)
        .header("content-type", "application/json")
        .abort_signal(guard.0.as_ref().map(AbortController::signal).as_ref())
        .body(body)?
        .send()
        .await
}

/// Aborts the request when it is dropped before [`Abort::done`].
struct Abort(Option<AbortController>, std::cell::Cell<bool>);

impl Abort {
    fn new() -> Self {
        Self(AbortController::new().ok(), std::cell::Cell::new(false))
    }

    fn done(&self) {
        self.1.set(true);
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let (Some(controller), false) = (&self.0, self.1.get()) {
            controller.abort();
        }
    }
}
