//! What `cargo xtask bench` holds the console against: a server of one route that calls ListChannels and answers it as JSON,
//! without anything else that a console needs. The header `x-sdk-micros` says how long the call itself took.
//!
//! `minimal ADDR`; credentials, region and endpoint come from the environment, as the SDK reads them.

use aws_sdk_ivs::Client;
use aws_sdk_ivs::types::ChannelSummary;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use std::time::Instant;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let client = Client::new(&aws_config::load_from_env().await);
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", post(list)).with_state(client)).await
}

async fn list(State(client): State<Client>, Json(body): Json<Value>) -> Response {
    let most = body["request"]["maxResults"].as_i64().and_then(|most| i32::try_from(most).ok());
    let started = Instant::now();
    let reply = client.list_channels().set_max_results(most).send().await;
    let took = started.elapsed().as_micros().to_string();
    match reply {
        Ok(reply) => {
            let channels = reply.channels().iter().map(Channel::of).collect();
            let answer = Answer { response: Channels { channels, next_token: reply.next_token() } };
            ([("x-sdk-micros", took)], Json(answer)).into_response()
        }
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    response: Channels<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Channels<'a> {
    channels: Vec<Channel<'a>>,
    next_token: Option<&'a str>,
}

/// The SDK's own types know no JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Channel<'a> {
    arn: Option<&'a str>,
    name: Option<&'a str>,
    latency_mode: Option<&'a str>,
    authorized: bool,
    recording_configuration_arn: Option<&'a str>,
    tags: Option<&'a HashMap<String, String>>,
    insecure_ingest: bool,
    r#type: Option<&'a str>,
    preset: Option<&'a str>,
    playback_restriction_policy_arn: Option<&'a str>,
}

impl<'a> Channel<'a> {
    fn of(channel: &'a ChannelSummary) -> Self {
        Self {
            arn: channel.arn(),
            name: channel.name(),
            latency_mode: channel.latency_mode().map(|mode| mode.as_str()),
            authorized: channel.authorized(),
            recording_configuration_arn: channel.recording_configuration_arn(),
            tags: channel.tags(),
            insecure_ingest: channel.insecure_ingest(),
            r#type: channel.r#type().map(|kind| kind.as_str()),
            preset: channel.preset().map(|preset| preset.as_str()),
            playback_restriction_policy_arn: channel.playback_restriction_policy_arn(),
        }
    }
}
