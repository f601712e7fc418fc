//! How much at once, and for how long. What is too much is refused at once instead of making all wait.

use super::Refusal;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::{ApiError, Code};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The limits of one process.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests answered at the same time. The next one gets 503.
    pub in_flight: usize,
    /// How long a request may take. A change that was sent goes on in its own task.
    pub deadline: Duration,
    /// The body of a request to `/api`.
    pub body: BodyLimit,
}

/// What a body may be, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub struct BodyLimit {
    /// Its bytes.
    pub bytes: usize,
    /// Its bytes where it starts a job, which may be about every channel of a region.
    pub job_bytes: usize,
    /// From its first byte to its last.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_flight: 256,
            deadline: Duration::from_secs(30),
            body: BodyLimit { bytes: 64 * 1024, job_bytes: contract::job::MOST_BYTES, wait: Duration::from_secs(10) },
        }
    }
}

/// What is left of them.
#[derive(Clone, Debug)]
pub(super) struct Gauge {
    free: Arc<Semaphore>,
    deadline: Duration,
}

impl Gauge {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { free: Arc::new(Semaphore::new(limits.in_flight)), deadline: limits.deadline }
    }
}

/// Refuses one request too many, and gives up on one that takes too long.
pub(super) async fn shed(State(gauge): State<Gauge>, request: Request, next: Next) -> Response {
    let Ok(_place) = gauge.free.try_acquire() else {
        tracing::warn!("refused: too many requests at once");
        let error = ApiError::new(Code::Overloaded, "The console has too many requests to answer at once. Try again in a second.");
        return Refusal(ApiError { retry_after: Some(1), ..error }).into_response();
    };
    match tokio::time::timeout(gauge.deadline, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!("gave up: over the deadline of a request");
            let seconds = gauge.deadline.as_secs();
            Refusal::new(
                Code::UpstreamTimeout,
                format!(
                    "No answer within {seconds} s. A change that was sent goes on: look at what is there before you do it again. One \
                     that was not sent by now will not be."
                ),
            )
            .into_response()
        }
    }
}
