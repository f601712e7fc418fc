//! A console behind a proxy that signs, asked as the page asks, with a token in a header.

use crate::behind;
use crate::signer::{Signer, With, b64};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use backend::state::State;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

pub(crate) const AUDIENCE: &str = "tally-at-the-proxy";

pub(crate) const RULES: &str = r#"
[[auth.rules]]
claim = "groups"
equals = "ivs-operators"
role = "operator"
[[auth.rules]]
claim = "email"
equals = "root@example.com"
role = "admin"
"#;

pub(crate) struct World {
    pub(crate) signer: Arc<Signer>,
    pub(crate) state: State,
    pub(crate) folder: TempDir,
    app: Router,
}

/// An answer: its status, and its code where it has one.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) json: Value,
}

impl Answer {
    pub(crate) fn code(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or_default()
    }
}

/// A token before it is one.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) with: With,
}

pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

impl Token {
    pub(crate) fn good(issuer: &str) -> Self {
        let now = now();
        Self {
            header: json!({"alg": "RS256", "typ": "JWT", "kid": "rsa"}),
            claims: json!({
                "iss": issuer, "aud": AUDIENCE, "sub": "u-1", "iat": now, "nbf": now, "exp": now + 300,
                "name": "Ann Operator", "email": "ann@example.com", "groups": ["staff", "ivs-operators"],
            }),
            with: With::Rsa,
        }
    }

    pub(crate) fn signed(&self) -> String {
        let text = format!("{}.{}", b64(self.header.to_string().as_bytes()), b64(self.claims.to_string().as_bytes()));
        format!("{text}.{}", b64(&self.with.sign(text.as_bytes())))
    }
}

impl World {
    /// `said`: what the configuration says under `[jwt]`; `{}` is the signer's address.
    pub(crate) async fn with(said: &str, proxy: &str) -> Self {
        let signer = Signer::start().await;
        let folder = tempfile::tempdir().unwrap();
        let said = said.replace("{}", &signer.url);
        let config = format!("[auth]\nmode = \"proxy-jwt\"\n[proxy]\n{proxy}\n[jwt]\n{said}\n{RULES}");
        let (state, app) = behind::console(&folder, &config).await;
        Self { signer, state, folder, app }
    }

    /// Of a proxy that is none of those that are known.
    pub(crate) async fn generic() -> Self {
        let said = format!("header = \"x-id-token\"\nissuer = \"{{}}\"\naudience = {AUDIENCE:?}\nkeys_url = \"{{}}/jwks\"");
        Self::with(&said, "sign_out_url = \"/logout\"").await
    }

    pub(crate) fn good(&self) -> Token {
        Token::good(&self.signer.url)
    }

    /// Who one is, asked with these headers.
    pub(crate) async fn me(&self, headers: &[(&str, &str)]) -> Answer {
        let peer: SocketAddr = "127.0.0.1:40000".parse().unwrap();
        let mut request = Request::post("/api/me")
            .header("host", behind::HOST)
            .header("x-tally", "1")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from("{}")).unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.app.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        Answer { status, json: serde_json::from_slice(&body).unwrap_or_default() }
    }

    pub(crate) async fn shown(&self, token: &str) -> Answer {
        self.me(&[("x-id-token", token)]).await
    }
}
