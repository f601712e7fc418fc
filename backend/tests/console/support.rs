//! A console on an emulator of its own.

use axum::Router;
use axum::body::Body;
use backend::config::{Config, Demo, Surroundings};
use backend::state::State;
use backend::{router, setup, start};
use contract::Operation;
use contract::access::{Grant, Rights, Role};
use emulator::{Emulator, Rates, Settings};
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// Where nothing but one test is: each region has call rates of its own.
pub(crate) const REGIONS: [&str; 7] =
    ["eu-west-1", "us-west-2", "us-east-1", "eu-central-1", "ap-south-1", "ap-northeast-1", "ap-northeast-2"];

pub(crate) struct Console {
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) state: State,
    pub(crate) folder: TempDir,
    router: Router,
    cookie: Option<String>,
}

/// An emulator that is never called too often.
pub(crate) fn emulated() -> Arc<Emulator> {
    Emulator::new(Settings { rates: Rates::Unlimited, ..Settings::default() })
}

/// An answer, as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// What IVS really did.
pub(crate) fn commits(console: &Console, operation: Operation) -> u64 {
    console.emulator.commits().get(&operation).copied().unwrap_or_default()
}

/// In an hour, in milliseconds since 1970.
pub(crate) fn later() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap() + 3_600_000
}

/// Looks until it is so.
pub(crate) async fn until(so: impl AsyncFn() -> bool) {
    let look = async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), look).await.unwrap_or_else(|_| panic!("it does not come to that"));
}

impl Console {
    /// With the account check passed and the person signed in, as admin with secret-reader.
    pub(crate) async fn start() -> Self {
        Self::on(tempfile::tempdir().unwrap(), emulated()).await
    }

    /// On a journal and an emulator that were there before.
    pub(crate) async fn on(folder: TempDir, emulator: Arc<Emulator>) -> Self {
        Self::configured(folder, emulator, |_| {}).await
    }

    /// As [`Self::on`], with another configuration than the demo's.
    pub(crate) async fn configured(folder: TempDir, emulator: Arc<Emulator>, adjust: impl FnOnce(&mut Config)) -> Self {
        let console = Self::unchecked(folder, emulator, adjust).await;
        assert!(setup::run(&console.state).await.ready);
        console
    }

    /// As [`Self::configured`], before the account check.
    pub(crate) async fn unchecked(folder: TempDir, emulator: Arc<Emulator>, adjust: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(emulator::serve(listener, Arc::clone(&emulator)));
        let demo = Demo {
            listen: SocketAddr::from(([127, 0, 0, 1], 4500)),
            allowed_hosts: Vec::new(),
            data_dir: folder.path().to_owned(),
            emulator: address,
            account_id: emulator.settings().account.clone(),
            regions: REGIONS.map(str::to_owned).to_vec(),
            log_filter: "warn".to_owned(),
        };
        let mut config = Config::demo(demo, &Surroundings::default()).unwrap();
        adjust(&mut config);
        let state = start::state(&config, 4500, TaskTracker::new()).await.unwrap();
        let mut console = Self { emulator, router: router::api(state.clone()), state, folder, cookie: None };
        console.sign_in().await;
        console
    }

    /// Nothing is closed and nothing finished: what is left is what is on the disk.
    pub(crate) fn killed(self) -> TempDir {
        self.folder
    }

    async fn sign_in(&mut self) {
        let token = self.state.auth.launch_token().unwrap();
        let request = self.request("/api/session", &json!({ "token": token.expose() }));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let cookie = response.headers()[http::header::SET_COOKIE].to_str().unwrap();
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }

    /// The same console with somebody else's cookie, or nobody's.
    pub(crate) fn with_cookie(&self, cookie: Option<&str>) -> Self {
        Self {
            emulator: Arc::clone(&self.emulator),
            state: self.state.clone(),
            folder: tempfile::tempdir().unwrap(),
            router: self.router.clone(),
            cookie: cookie.map(str::to_owned),
        }
    }

    /// Continues as somebody else; without a role, as somebody who is signed in and may nothing.
    pub(crate) async fn act_as(&self, role: impl Into<Option<Role>>, grants: &[Grant]) {
        let rights = Rights { role: role.into(), grants: grants.to_vec() };
        let answer = self.post("/api/me/act-as", &json!({ "rights": rights })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    fn request(&self, path: &str, body: &Value) -> Request<Body> {
        let request = Request::post(path).header("content-type", "application/json");
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        request.body(Body::from(body.to_string())).unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let response = self.router.clone().oneshot(self.request(path, body)).await.unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, text: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Calls an operation of IVS.
    pub(crate) async fn call(&self, region: &str, operation: &str, request: Value) -> Answer {
        self.post(&format!("/api/ivs/demo/{region}/{operation}"), &json!({ "request": request })).await
    }

    /// The same with an idempotency key.
    pub(crate) async fn keyed(&self, region: &str, operation: Operation, request: &Value, key: &str) -> Answer {
        self.post(&format!("/api/ivs/demo/{region}/{operation}"), &json!({ "request": request, "key": key })).await
    }

    /// Another hand on the journal's file.
    pub(crate) async fn disk(&self) -> SqliteConnection {
        SqliteConnectOptions::new().filename(self.folder.path().join("journal.db")).connect().await.unwrap()
    }

    /// A channel, and the ARN of its stream key.
    pub(crate) async fn channel(&self, region: &str, name: &str) -> (String, String) {
        let reply = self.call(region, "CreateChannel", json!({ "name": name })).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let reply = reply.json();
        let arn = |member: &str| reply["response"][member]["arn"].as_str().unwrap().to_owned();
        (arn("channel"), arn("streamKey"))
    }
}
