//! A console with routes that behave badly, wrapped like the real one.

use axum::body::{Body, Bytes};
use axum::response::Response;
use axum::routing::post;
use axum::{Router, extract::Request};
use backend::assets::Assets;
use backend::http::{BodyLimit, Hardening, Hosts, Limits, Ready, harden};
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use std::net::SocketAddr;
use std::time::Duration;
use tower::ServiceExt;

pub(crate) const LISTEN: ([u8; 4], u16) = ([127, 0, 0, 1], 4500);
pub(crate) const HOST: &str = "127.0.0.1:4500";
pub(crate) const SCRIPT: &str = "app-0123456789abcdef.js";

/// The routes: one that echoes, one that panics, one that never answers.
pub(crate) fn routes() -> Router {
    let api = Router::new()
        .route("/api/echo", post(async |body: Bytes| body))
        .route("/api/panic", post(async || if true { panic!("hunter2") } else { "" }))
        .route("/api/stall", post(async || std::future::pending::<&str>().await));
    Assets::new(files()).under(api)
}

fn files() -> Vec<(String, Bytes)> {
    let file = |name: &str, text: &'static str| (name.to_owned(), Bytes::from_static(text.as_bytes()));
    vec![
        file("index.html", "<!doctype html>the app"),
        file("index.html.br", "brotli of the app"),
        file("index.html.gz", "gzip of the app"),
        file(SCRIPT, "script"),
        file("app-0123456789abcdef.js.br", "brotli of the script"),
        file("app-0123456789abcdef_bg.wasm", "wasm"),
        file("favicon.svg", "<svg/>"),
    ]
}

pub(crate) fn hardening(limits: Limits) -> Hardening {
    Hardening { hosts: Hosts::new(LISTEN.into(), &["box.local".to_owned()]), https: false, limits, ready: Ready::when(|| false) }
}

pub(crate) fn limits() -> Limits {
    let body = BodyLimit { wait: Duration::from_millis(200), ..Limits::default().body };
    Limits { deadline: Duration::from_millis(200), body, ..Limits::default() }
}

pub(crate) fn console() -> Router {
    harden(routes(), &hardening(limits()))
}

/// What a console answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

pub(crate) async fn ask(console: &Router, request: Request) -> Answer {
    let response: Response = console.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a whole body").to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A request to a page or a file.
pub(crate) fn get(path: &str) -> Request {
    request("GET", path, &[("host", HOST)], "")
}

/// A request as our own page sends it.
pub(crate) fn call(path: &str, body: impl Into<Body>) -> Request {
    let headers = [("host", HOST), ("x-tally", "1"), ("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    request("POST", path, &headers, body)
}

pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request {
    let builder = http::Request::builder().method(method).uri(path);
    headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value)).body(body.into()).expect("a request")
}

/// On a port, for what only a socket can send.
pub(crate) async fn listening(app: Router) -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let waits =
        backend::serve::Waits { header: Duration::from_millis(300), answer: Duration::from_millis(300), finish: Duration::from_secs(5) };
    let server =
        tokio::spawn(backend::serve::serve(listener, app, None, std::future::pending(), tokio_util::task::TaskTracker::new(), waits));
    (address, server)
}
