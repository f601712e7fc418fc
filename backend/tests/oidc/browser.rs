//! A console with sign-in at a provider, and a browser that keeps its cookies.

use crate::behind::{self, HOST, secret};
use crate::postgres::Database;
use crate::provider::{CLIENT, Provider, SECRET};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use backend::state::State;
use contract::session::{LOGIN, SignInProblem};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;
use url::Url;

pub(crate) struct Console {
    pub(crate) provider: Arc<Provider>,
    pub(crate) state: State,
    pub(crate) folder: TempDir,
    router: Router,
}

/// Who may what, where a test does not say otherwise.
pub(crate) const RULES: &str = r#"
[[auth.rules]]
claim = "groups"
equals = "ivs-operators"
role = "operator"
[[auth.rules]]
claim = "groups"
equals = "ivs-admins"
role = "admin"
grants = ["auditor"]
"#;

impl Console {
    pub(crate) async fn start() -> Self {
        Self::with("", RULES).await
    }

    /// With more keys of `[oidc]`, and with these rules.
    pub(crate) async fn with(oidc: &str, rules: &str) -> Self {
        Self::on(tempfile::tempdir().unwrap(), Provider::start().await, oidc, rules).await
    }

    /// On a folder and a provider that were there before.
    pub(crate) async fn on(folder: TempDir, provider: Arc<Provider>, oidc: &str, rules: &str) -> Self {
        Self::beside(folder, provider, oidc, rules, "").await
    }

    /// As [`Self::on`], with others on the same database.
    pub(crate) async fn sharing(database: &Database, provider: Arc<Provider>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (url, keys) = (secret(&folder, "postgres-url", database.url.as_str()), secret(&folder, "session-keys", &"5a3c".repeat(16)));
        let shared = format!("session_keys_file = {keys:?}\n[journal]\npostgres_url_file = {url:?}\n");
        Self::beside(folder, provider, "", RULES, &shared).await
    }

    async fn beside(folder: TempDir, provider: Arc<Provider>, oidc: &str, rules: &str, shared: &str) -> Self {
        let secret = secret(&folder, "client-secret", SECRET);
        let said = format!(
            "[auth]\nmode = \"oidc\"\n{shared}[oidc]\nissuer = {:?}\nclient_id = \"{CLIENT}\"\nclient_secret_file = {secret:?}\n{oidc}\n{rules}",
            provider.issuer,
        );
        let (state, router) = behind::console(&folder, &said).await;
        Self { provider, state, folder, router }
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { console: self, cookies: BTreeMap::new(), from: None }
    }

    pub(crate) async fn journaled(&self) -> Vec<(String, String, String)> {
        behind::journaled(&self.folder).await
    }
}

/// An answer, as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// Where the page in between goes on to.
    pub(crate) fn hop(&self) -> String {
        let (_, rest) = self.text.split_once("content=\"0;url=").unwrap_or_else(|| panic!("no page in between: {self:?}"));
        rest.split('"').next().unwrap().replace("&amp;", "&")
    }

    /// What was wrong, if the page in between says so.
    pub(crate) fn problem(&self) -> Option<SignInProblem> {
        let hop = self.hop();
        let why = hop.strip_prefix("/sign-in?why=")?.split('&').next()?.to_owned();
        SignInProblem::ALL.iter().copied().find(|problem| problem.as_str() == why)
    }
}

pub(crate) struct Browser<'a> {
    console: &'a Console,
    pub(crate) cookies: BTreeMap<String, String>,
    /// Its address, where that matters.
    pub(crate) from: Option<IpAddr>,
}

impl Browser<'_> {
    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if let Some(ip) = self.from {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from((ip, 4711))));
        }
        let response = self.console.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (pair, attributes) = cookie.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            assert!(
                name.starts_with("__Host-Http-") && attributes.contains("Secure; HttpOnly; ") && attributes.contains("Path=/"),
                "{cookie}"
            );
            if attributes.ends_with("Max-Age=0") {
                self.cookies.remove(name)
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned())
            };
        }
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header("host", HOST).header("cookie", self.cookie()).header("user-agent", "A browser");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path).header("host", HOST).header("cookie", self.cookie()).header("x-tally", "1");
        let request = request.header("sec-fetch-site", "same-origin").header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Begins: what the provider is asked.
    pub(crate) async fn away(&mut self, to: &str) -> HashMap<String, String> {
        let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        let answer = self.get(&format!("{LOGIN}?to={to}")).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let location = Url::parse(answer.headers["location"].to_str().unwrap()).unwrap();
        assert_eq!(location.origin().ascii_serialization(), self.console.provider.issuer);
        location.query_pairs().into_owned().collect()
    }

    /// Comes back with what the provider gave.
    pub(crate) async fn back(&mut self, query: &[(&str, &str)]) -> Answer {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.get(&format!("/auth/callback?{query}")).await
    }

    /// All of it.
    pub(crate) async fn sign_in(&mut self, to: &str) -> Answer {
        let asked = self.away(to).await;
        let code = self.console.provider.code(&asked);
        self.back(&[("code", &code), ("state", &asked["state"])]).await
    }

    /// Who is signed in; `None` for nobody.
    pub(crate) async fn me(&mut self) -> Option<Value> {
        let answer = self.post("/api/me", &json!({})).await;
        match answer.status.as_u16() {
            200 => Some(answer.json()),
            401 => None,
            other => panic!("{other}: {}", answer.text),
        }
    }
}
