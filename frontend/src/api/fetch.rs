//! The only fetch in the app. What every request has in common is here: the header, the abort when nobody waits for
//! the answer any more, and what happens when nobody is signed in.

use super::{Problem, early};
use crate::shared::session;
use gloo_net::http::Request;
use web_sys::AbortController;

/// What came back, read to its end.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

impl Answer {
    /// Is it what was asked for?
    pub(super) const fn ok(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// Posts JSON. Dropping the future before its end aborts the request.
///
/// # Errors
/// No answer at all. An answer that refuses is an answer.
pub(super) async fn post(path: String, body: String) -> Result<Answer, Problem> {
    let guard = Abort::new();
    let answer = match early::take(&path, &body) {
        Some(begun) => begun.await?,
        None => send(&path, body, &guard).await.map_err(|error| Problem::network(&error.to_string()))?,
    };
    guard.done();
    if answer.status == 401 {
        session::ended();
    }
    Ok(answer)
}

async fn send(path: &str, body: String, guard: &Abort) -> Result<Answer, gloo_net::Error> {
    let (name, value) = contract::call::HEADER;
    let request = Request::post(path)
        .header(name, value)
        .header("content-type", "application/json")
        .abort_signal(guard.0.as_ref().map(AbortController::signal).as_ref())
        .body(body)?;
    let response = request.send().await?;
    Ok(Answer { status: response.status(), text: response.text().await? })
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
