//! What a console that runs can tell Prometheus. Each part counts for itself, with the [`instruments`]; [`table`] says what there is,
//! and here it is gathered when it is asked for.

pub mod instruments;
pub mod page;
mod requests;
pub mod table;

pub use requests::Requests;

use crate::http::{Hosts, Limits, Refusal, metrics_only};
use crate::logging;
use crate::state::State;
use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use contract::Code;
use http::header::{ALLOW, CONTENT_TYPE};
use page::Page;
use std::sync::Arc;
use std::time::Duration;

/// So many read them at once, and so long one may take.
const LIMITS: (usize, Duration) = (4, Duration::from_secs(5));

/// All that is answered where the metrics are: themselves. `requests`: those of the console.
pub fn routes(state: State, requests: Arc<Requests>, hosts: Hosts) -> Router {
    let read = async move || ([(CONTENT_TYPE, page::CONTENT_TYPE)], gather(&state, &requests).await);
    let router = Router::new().route("/metrics", get(read).fallback(wrong_method)).fallback(nothing_else);
    let (in_flight, deadline) = LIMITS;
    metrics_only(router, hosts, &Limits { in_flight, deadline, ..Limits::default() })
}

async fn wrong_method() -> Response {
    ([(ALLOW, "GET, HEAD")], Refusal::new(Code::MethodNotAllowed, "Metrics are read with GET.")).into_response()
}

async fn nothing_else() -> Refusal {
    Refusal::not_found("There is nothing here but /metrics.")
}

/// The page as it is now.
pub async fn gather(state: &State, requests: &Requests) -> String {
    let mut page = Page::default();
    page.info(table::BUILD, env!("CARGO_PKG_VERSION"));
    page.one(table::STARTED, state.started.as_millisecond() as f64 / 1000.0);
    page.one(table::READY, u8::from(state.ivs.ready()));
    page.one(table::PANICS, logging::panics());
    requests.write(&mut page);
    state.auth.measure(&mut page).await;
    state.ivs.meters().write(&mut page);
    page.known(table::CLOCK_SKEW, state.ivs.clock_skew());
    page.known(table::CREDENTIALS_EXPIRY, state.credentials.iter().filter_map(crate::aws::Expiry::seconds).min_by(f64::total_cmp));
    state.journal.measure(&mut page).await;
    page.one(table::REPLICAS, state.ivs.replicas().count());
    page.counts(table::JOB_STEPS, state.jobs.steps());
    page.text()
}

/// An error's code as a label. One that this build does not know is somebody else's text.
pub(crate) fn code(code: &Code) -> &'static str {
    Code::KNOWN.iter().find(|known| *known == code).map_or("other", Code::as_str)
}
