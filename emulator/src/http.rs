//! The emulator on HTTP: the core, with faults before and after it, and the control API beside it.

use crate::choices::{LARGEST_BODY, TOO_LARGE};
use crate::control;
use crate::emulator::Emulator;
use crate::fault::Before;
use crate::wire::{self, Request, Route};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::Response;
use contract::Operation;
use std::sync::Arc;

/// What a fault can go by: the request as it came, and the operation it calls.
#[derive(Debug)]
pub struct Seen<'a> {
    /// The operation; `None` for STS and for what is no operation.
    pub operation: Option<Operation>,
    /// Method, path, headers and body.
    pub request: &'a Request,
}

impl Emulator {
    /// Everything it answers, as an axum router: IVS's paths, STS at `/`, and the control API.
    pub fn router(self: &Arc<Self>) -> Router {
        let ivs = Router::new().fallback(answer).with_state(Arc::clone(self));
        control::router(self).fallback_service(ivs)
    }
}

/// Serves an emulator until the listener fails. For a graceful end, drop the future.
///
/// # Errors
/// Those of the listener.
pub async fn serve(listener: tokio::net::TcpListener, emulator: Arc<Emulator>) -> std::io::Result<()> {
    axum::serve(listener, emulator.router()).await
}

async fn answer(State(emulator): State<Arc<Emulator>>, request: axum::extract::Request) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let (code, status) = TOO_LARGE;
        return wire::refusal(status, code, "Request entity too large", &emulator.request_id()).map(Body::from);
    };
    let request = Request::from_parts(head, body.to_vec());
    let operation = match wire::route(request.method(), request.uri().path()) {
        Route::Operation(operation, _) => Some(operation),
        Route::Sts | Route::WrongMethod(_) | Route::Unknown => None,
    };
    let seen = Seen { operation, request: &request };
    match emulator.faults().before(&emulator, &seen).await {
        Before::Instead(response) => response,
        // From here on, what the core did is done, whatever becomes of the answer.
        Before::Go(pass) => {
            let reply = emulator.answer(&request, pass.view).map(Body::from);
            emulator.faults().after(pass, reply).await
        }
    }
}
