//! The control API, `/_emulator/…`, beside IVS's paths: what Rust code does with an [`Emulator`], for everyone else.
//! Described in `docs/emulator.md`.
//!
//! It is not signed: whoever reaches the emulator may steer it, and the emulator listens on loopback. A page of another
//! origin cannot: every body is JSON by its content type, which a browser asks permission for, and none is ever given.

use crate::clock::{SECOND, Steer, rfc3339};
use crate::emulator::Emulator;
use crate::fault::Rule;
use crate::scenario::{Action, Script};
use crate::seed::Seed;
use crate::settings::Rates;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use contract::ApiError;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Its routes.
pub(crate) fn router(emulator: &Arc<Emulator>) -> Router {
    let routes = Router::new()
        .route("/", get(look))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/faults/{number}", delete(remove_fault))
        .route("/scenario", post(scenario))
        .route("/clock", post(clock))
        .route("/reset", post(reset))
        .fallback(nothing)
        .with_state(Arc::clone(emulator));
    Router::new().nest("/_emulator", routes)
}

/// Why something was not done.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self(StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::BAD_REQUEST), error.to_string())
    }
}

/// JSON whose mistakes are answered in JSON.
struct Body<T>(T);

impl<S: Send + Sync, T: serde::de::DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let Json(body) = Json::from_request(request, state).await?;
        Ok(Self(body))
    }
}

type Shared = State<Arc<Emulator>>;

async fn look(State(emulator): Shared) -> Json<Value> {
    let (done, calls) = (emulator.commits(), emulator.calls());
    let changes: u64 = done.iter().filter(|(operation, _)| !operation.reads()).map(|(_, times)| times).sum();
    Json(json!({
        "account": emulator.settings().account,
        "now": rfc3339(emulator.now()),
        "commits": changes,
        "committed": done,
        "called": calls,
    }))
}

async fn nothing() -> Refusal {
    Refusal(StatusCode::NOT_FOUND, "There is no such part of the control API; docs/emulator.md lists them.".to_owned())
}

async fn faults(State(emulator): Shared) -> Json<Value> {
    Json(json!({ "rules": emulator.faults().planned() }))
}

async fn add_fault(State(emulator): Shared, Body(rule): Body<Rule>) -> Result<Json<Value>, Refusal> {
    if let Some(why) = rule.nonsense() {
        return Err(Refusal(StatusCode::BAD_REQUEST, why.to_owned()));
    }
    Ok(Json(json!({ "number": emulator.faults().add(rule) })))
}

async fn clear_faults(State(emulator): Shared) -> StatusCode {
    emulator.faults().clear();
    StatusCode::NO_CONTENT
}

async fn remove_fault(State(emulator): Shared, Path(number): Path<u64>) -> Result<StatusCode, Refusal> {
    if emulator.faults().remove(number) {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Refusal(StatusCode::NOT_FOUND, format!("There is no rule {number}.")))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scene {
    channel_arn: String,
    /// Seconds from now; at once where absent.
    #[serde(default)]
    after: u32,
    #[serde(flatten)]
    action: Action,
}

async fn scenario(State(emulator): Shared, Body(scene): Body<Scene>) -> Result<StatusCode, Refusal> {
    if scene.after == 0 {
        emulator.act(&scene.channel_arn, &scene.action)?;
    } else {
        emulator.play(&scene.channel_arn, &Script::new().then(i64::from(scene.after) * SECOND, scene.action))?;
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Steering {
    /// Moves on by so much.
    #[serde(default)]
    advance_seconds: u32,
    /// Stands still, or goes on from where it stands.
    stop: Option<bool>,
}

async fn clock(State(emulator): Shared, Body(steering): Body<Steering>) -> Result<Json<Value>, Refusal> {
    let clock = &emulator.settings().clock;
    let stopped = steering.stop.is_none_or(|stop| clock.steer(if stop { Steer::Stop } else { Steer::Go }));
    if !stopped || !clock.steer(Steer::Advance(i64::from(steering.advance_seconds) * SECOND)) {
        return Err(Refusal(StatusCode::CONFLICT, "This emulator's clock cannot be steered.".to_owned()));
    }
    Ok(Json(json!({ "now": rfc3339(emulator.now()) })))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Beginning {
    #[serde(default)]
    seed: Seed,
    #[serde(default)]
    rates: Option<Rates>,
}

/// Forgets everything: resources, streams, faults, counts; the clock goes as the machine's.
async fn reset(State(emulator): Shared, Body(beginning): Body<Beginning>) -> StatusCode {
    emulator.settings().clock.steer(Steer::Home);
    emulator.reset();
    emulator.set_rates(beginning.rates.unwrap_or(emulator.settings().rates));
    beginning.seed.plant(&emulator);
    StatusCode::NO_CONTENT
}
