//! Is it alive, is it ready: for whatever watches the process. No session, no IVS, and not behind the other requests.

use super::Refusal;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::Code;
use std::fmt;
use std::sync::Arc;

const HEALTH: &str = "/healthz";
const READY: &str = "/readyz";

/// Asks whether changes may be made: has the account check passed?
#[derive(Clone)]
pub struct Ready(Arc<dyn Fn() -> bool + Send + Sync>);

impl Ready {
    /// By asking each time.
    pub fn when(check: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(check))
    }
}

impl fmt::Debug for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ready").field(&(self.0)()).finish()
    }
}

pub(super) fn is_probe(path: &str) -> bool {
    path == HEALTH || path == READY
}

pub(super) fn routes(ready: Ready) -> Router {
    Router::new()
        .route(HEALTH, get(async || "ok\n").fallback(wrong_method))
        .route(READY, get(async move || readiness(&ready)).fallback(wrong_method))
}

fn readiness(ready: &Ready) -> Response {
    if (ready.0)() {
        return "ready\n".into_response();
    }
    Refusal::new(Code::NotReady, "The account check has not passed. The Set-up page says what it found.").into_response()
}

async fn wrong_method() -> Refusal {
    Refusal::new(Code::MethodNotAllowed, "Probes are read with GET.")
}
