//! The emulator on HTTP: the core, with faults before and after it, and playback and the control API beside it.

use crate::choices::{LARGEST_BODY, TOO_LARGE};
use crate::control;
use crate::emulator::Emulator;
use crate::fault::{Before, Pass, line};
use crate::wire::{self, Reply, Request, Route};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::response::Response;
use axum::routing::any;
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
    /// Everything it answers, as an axum router: IVS's paths, STS at `/`, the playback hosts, and the control API.
    pub fn router(self: &Arc<Self>) -> Router {
        let ivs = Router::new().fallback(answer).with_state(Arc::clone(self));
        let playback = Router::new().route("/playback/{host}/{*path}", any(watch)).with_state(Arc::clone(self));
        control::router(self).merge(playback).fallback_service(ivs)
    }
}

/// Serves an emulator for ever. To end it, drop the future.
///
/// # Errors
/// None today: a connection that cannot be accepted is logged, and the next one is awaited.
pub async fn serve(listener: tokio::net::TcpListener, emulator: Arc<Emulator>) -> std::io::Result<()> {
    line::serve(listener, emulator.router()).await
}

/// Players come without a signature, and faults are for the calls of IVS alone.
async fn watch(State(emulator): State<Arc<Emulator>>, request: axum::extract::Request) -> Response {
    emulator.watch(&request.map(|_| Vec::new())).map(Body::from)
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
    match emulator.faults().before(&emulator, &seen) {
        Before::Instead(response) => response,
        Before::Never => std::future::pending().await,
        // From here on, what the core did is done, whatever becomes of the answer.
        Before::Go(pass) => {
            let reply = carry_out(&emulator, request, &pass).await.map(Body::from);
            emulator.faults().after(pass, reply).await
        }
    }
}

/// What is delayed is carried out although the client may have hung up, as IVS would.
async fn carry_out(emulator: &Arc<Emulator>, request: Request, pass: &Pass) -> Reply {
    let view = pass.view;
    let Some(delay) = pass.delay else { return emulator.answer(&request, view) };
    let emulator = Arc::clone(emulator);
    let later = tokio::spawn(async move {
        tokio::time::sleep(delay).await;
        emulator.answer(&request, view)
    });
    match later.await {
        Ok(reply) => reply,
        Err(failed) => std::panic::resume_unwind(failed.into_panic()),
    }
}
