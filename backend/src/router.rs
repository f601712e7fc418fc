//! Every way into the API, from the two tables: the 46 operations of IVS, and our own routes. What stands in neither is
//! answered 404 by the layers around.

use crate::auth::{Barred, Origin, SignedIn};
use crate::caller::Caller;
use crate::http::RequestId;
use crate::ivs::{Resolve, Scope, arns};
use crate::own::{Answer, Serve};
use crate::state::State;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{ConnectInfo, Path, Request, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Router, middleware};
use contract::call::{CallBody, CallFailure};
use contract::own::{Access, Own};
use contract::{ApiError, Code, FieldErrors};
use serde::Serialize;
use std::net::SocketAddr;

/// The routes. The layers of `http` go around them.
pub fn api(state: State) -> Router {
    let router = contract::for_each_operation!(operations)(Router::new());
    let router = crate::own::routes(router).route_layer(middleware::from_fn_with_state(state.clone(), identify));
    crate::auth::routes(router, &state.auth).with_state(state)
}

macro_rules! operations {
    ($($noun:ident $op:ident;)*) => {
        |router: Router<State>| router$(.route(
            concat!("/api/ivs/{account}/{region}/", stringify!($op)),
            post(operation::<contract::$noun::$op>),
        ))*
    };
}
use operations;

/// The one handler of all 46.
async fn operation<R: Resolve>(
    Extract(state): Extract<State>,
    place: Result<Path<(String, String)>, PathRejection>,
    caller: Option<Extension<Caller>>,
    body: Bytes,
) -> Response {
    let Some(Extension(caller)) = caller else { return failure(&crate::own::nobody()) };
    // A path that is no text names no account.
    let Ok(Path((account, region))) = place else {
        let error = ApiError::new(Code::NotFound, "There is no such account and region here.");
        return failure(&CallFailure { error, receipt: None });
    };
    let scope = Scope { account, region };
    let body: Result<CallBody<R>, _> = contract::parse::parse(&body);
    let about = || body.as_ref().map(|body| arns::named(&body.request)).unwrap_or_default();
    // Before it is said what is wrong with the body: who may not do it learns nothing about how it is done.
    if let Err(failed) = state.ivs.admit(&caller, &scope, R::OPERATION.permission(), R::OPERATION.name(), about).await {
        return failure(&failed.told());
    }
    let body = match body {
        Ok(body) => body,
        Err(errors) => return failure(&malformed(errors)),
    };
    match state.ivs.perform(&caller, &scope, body).await {
        Ok(reply) => json(StatusCode::OK, &reply),
        Err(failed) => failure(&failed),
    }
}

/// The one handler of our own routes.
pub(crate) async fn own<O: Serve>(
    Extract(state): Extract<State>,
    caller: Option<Extension<Caller>>,
    came: Came,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (origin, caller) = (from(&came, &state, &headers), caller.map(|Extension(caller)| caller));
    let request: Result<O, _> = contract::parse::parse(&body);
    if !holds(O::ROUTE.access(), caller.as_ref()) {
        let about = request.as_ref().map(arns::named).unwrap_or_default();
        return failure(&crate::own::denied::<O>(&state, caller, &about).await);
    }
    let request = match request {
        Ok(request) => request,
        Err(errors) => return failure(&malformed(errors)),
    };
    match request.serve(&state, caller, &headers, &origin).await {
        Ok(answer) => answered::<O>(&answer),
        Err(failed) => failure(&failed),
    }
}

fn answered<O: Own>(answer: &Answer<O::Reply>) -> Response {
    let mut response = json(StatusCode::OK, &answer.reply);
    if let Some(cookie) = answer.cookie.as_ref().and_then(|cookie| HeaderValue::from_str(cookie).ok()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Does whoever asks hold what it takes?
fn holds(access: Access, caller: Option<&Caller>) -> bool {
    let held = caller.map(|caller| (caller.held.anywhere(), caller.held.throughout()));
    access.allows(held.as_ref().map(|(somewhere, throughout)| (somewhere, throughout)))
}

/// Who asks, once for every route. Whose cookie would soon be taken for left alone gets a new one along with the answer.
async fn identify(Extract(state): Extract<State>, came: Came, mut request: Request, next: Next) -> Response {
    let SignedIn { caller, cookie } = match state.auth.who(request.headers(), &from(&came, &state, request.headers())).await {
        Ok(who) => who,
        Err(Barred::SignedOut) => return next.run(request).await,
        Err(Barred::Refused(error)) => return failure(&CallFailure { error, receipt: None }),
    };
    if let Err(error) = state.auth.in_pace(&caller, request.uri().path()) {
        tracing::warn!(who = caller.actor.subject, "refused: more than one person's share");
        return failure(&CallFailure { error, receipt: None });
    }
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        // Whoever signs out gets none.
        response.headers_mut().entry(header::SET_COOKIE).or_insert(cookie);
    }
    response
}

/// What the layers around know of a request: its id, and its peer.
pub(crate) type Came = (Option<Extension<RequestId>>, Option<Extension<ConnectInfo<SocketAddr>>>);

pub(crate) fn from((id, peer): &Came, state: &State, headers: &HeaderMap) -> Origin {
    let id = id.as_ref().map(|Extension(id)| id.to_string()).unwrap_or_default();
    state.auth.origin(id, peer.as_ref().map(|Extension(ConnectInfo(peer))| peer.ip()), headers)
}

/// Not one of our requests: the members of the envelope are ours, those inside `request` are named as on IVS's wire.
fn malformed(errors: FieldErrors) -> CallFailure {
    let fields = FieldErrors(
        errors
            .0
            .into_iter()
            .map(|mut error| {
                if let Some(inner) = error.field.strip_prefix("request.") {
                    error.field = inner.to_owned();
                }
                error
            })
            .collect(),
    );
    CallFailure { error: ApiError { fields: fields.clone(), ..ApiError::new(Code::MalformedRequest, fields.to_string()) }, receipt: None }
}

/// An error with its status, and the time to come back where there is one.
pub(crate) fn failure(failed: &CallFailure) -> Response {
    let status = StatusCode::from_u16(failed.error.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json(status, failed);
    // For who counts.
    response.extensions_mut().insert(failed.error.code.clone());
    if let Some(seconds) = failed.error.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
