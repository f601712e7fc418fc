//! A panic ends one request, not the connection and not the process.

use super::{Refusal, RequestId};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::Code;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

/// Turns a panic into a 500 that names the request. The panic itself is logged where it happens, by the hook that
/// [`crate::logging`] sets, with the request's span around it; none of its text leaves.
pub(super) async fn catch(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().copied();
    // Unwind-safe: whatever the request owned is dropped, and what is shared sits behind locks that know poisoning.
    match AssertUnwindSafe(async move { next.run(request).await }).catch_unwind().await {
        Ok(response) => response,
        Err(_) => {
            let id = id.map(|id| id.to_string()).unwrap_or_default();
            Refusal::new(Code::Internal, format!("The console failed at this. Its log says more, under {id}.")).into_response()
        }
    }
}
