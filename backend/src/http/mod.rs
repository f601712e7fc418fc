//! What every request passes and every answer carries, whatever the route: [`harden`] wraps the whole router, so that no
//! route can be without it.
//!
//! From the outside in: a request id, the security headers, a net for panics, the `Host` check; for `/api` the checks that
//! a request comes from our own page and is JSON of bearable size; then, for all but the two probes, the limit on requests
//! at once and the deadline. The limit is the innermost: whoever sends a body slowly takes nobody's place.

mod gate;
mod headers;
mod host;
mod overload;
mod panic;
mod probe;
mod refusal;
mod request_id;

pub use host::Hosts;
pub use overload::{BodyLimit, Limits};
pub use probe::Ready;
pub use refusal::Refusal;
pub use request_id::RequestId;

use axum::{Router, middleware};
use headers::Answers;
use std::sync::Arc;

/// What the layers need to know.
#[derive(Clone, Debug)]
pub struct Hardening {
    /// The names this console is reached by.
    pub hosts: Hosts,
    /// Do browsers reach it by https?
    pub https: bool,
    /// How much at once, how long, how large.
    pub limits: Limits,
    /// May changes be made? What `/readyz` answers.
    pub ready: Ready,
}

/// Wraps every route of the router, its fallback included, and adds `/healthz` and `/readyz`.
pub fn harden(router: Router, with: &Hardening) -> Router {
    let inner = router
        .layer(middleware::from_fn_with_state(overload::Gauge::new(&with.limits), overload::shed))
        .layer(middleware::from_fn_with_state(gate::Gate::new(with.limits.body, with.https), gate::own_page_only))
        .merge(probe::routes(with.ready.clone()));
    around(inner, with.hosts.clone(), Answers { https: with.https, data_alone: false })
}

/// The same for the metrics, where there is neither page nor API nor probe.
pub fn metrics_only(router: Router, hosts: Hosts, limits: &Limits) -> Router {
    let inner = router.layer(middleware::from_fn_with_state(overload::Gauge::new(limits), overload::shed));
    around(inner, hosts, Answers { https: false, data_alone: true })
}

fn around(inner: Router, hosts: Hosts, answers: Answers) -> Router {
    inner
        .layer(middleware::from_fn_with_state(Arc::new(hosts), host::known_host_only))
        .layer(middleware::from_fn(panic::catch))
        .layer(middleware::from_fn_with_state(answers, headers::secure))
        .layer(middleware::from_fn(request_id::identify))
}

/// Does the path belong to the API?
fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}
