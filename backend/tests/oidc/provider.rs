//! An OpenID provider that says what it is told to say, truthful or not. It is a server of its own: what is tested goes through
//! the sockets and the library that people's sign-ins go through.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::net::TcpListener;

/// Making keys takes a while: each process makes them once. The second one is nobody's whom the console should believe.
static KEYS: LazyLock<[KeyPair; 2]> = LazyLock::new(|| [2048, 2048].map(|_| KeyPair::generate(KeySize::Rsa2048).unwrap()));

/// As the third: one that others may have found out.
static WEAK: LazyLock<rsa::RsaPrivateKey> = LazyLock::new(|| rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 1024).unwrap());
pub(crate) const IS_WEAK: usize = 2;

/// What the provider is to do, told by each test.
#[derive(Clone)]
pub(crate) struct Says {
    /// Changes the claims of the ID token.
    pub(crate) claims: fn(&mut Value),
    /// Changes the token once it is made.
    pub(crate) token: fn(String, &Provider) -> String,
    /// Changes the token endpoint's answer.
    pub(crate) answer: fn(Response) -> Response,
    /// Changes the keys that it shows.
    pub(crate) keys: fn(&mut Value),
    /// Changes what it says of itself.
    pub(crate) discovery: fn(&mut Value),
    /// What userinfo says.
    pub(crate) userinfo: Value,
    /// Whom it vouches for.
    pub(crate) subject: &'static str,
    pub(crate) groups: Value,
    /// The key it signs with, and how it is called.
    pub(crate) signs: (usize, &'static str),
}

impl Default for Says {
    fn default() -> Self {
        Self {
            claims: |_| {},
            token: |token, _| token,
            answer: |answer| answer,
            keys: |_| {},
            discovery: |_| {},
            userinfo: json!({}),
            subject: "u-1",
            groups: json!(["ivs-operators"]),
            signs: (0, "key-0"),
        }
    }
}

pub(crate) struct Provider {
    pub(crate) issuer: String,
    pub(crate) says: Mutex<Says>,
    /// By code: the nonce and the challenge that came with the request for it.
    codes: Mutex<HashMap<String, (String, String)>>,
    /// How often each endpoint was asked.
    pub(crate) asked: Mutex<HashMap<&'static str, usize>>,
}

pub(crate) const SECRET: &str = "a secret: of the client / that needs escaping";
pub(crate) const CLIENT: &str = "tally";

impl Provider {
    pub(crate) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Arc::new(Self { issuer, says: Mutex::default(), codes: Mutex::default(), asked: Mutex::default() });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn says(&self, says: Says) {
        *self.says.lock().unwrap() = says;
    }

    fn now(&self) -> Says {
        self.says.lock().unwrap().clone()
    }

    fn asks(&self, endpoint: &'static str) {
        *self.asked.lock().unwrap().entry(endpoint).or_default() += 1;
    }

    pub(crate) fn times(&self, endpoint: &str) -> usize {
        self.asked.lock().unwrap().get(endpoint).copied().unwrap_or_default()
    }

    /// As if somebody had signed in: a code for what the console asked.
    pub(crate) fn code(&self, query: &HashMap<String, String>) -> String {
        assert_eq!((&*query["response_type"], &*query["code_challenge_method"], &*query["client_id"]), ("code", "S256", CLIENT));
        let mut codes = self.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), (query["nonce"].clone(), query["code_challenge"].clone()));
        code
    }

    /// Signs what it is given, as JSON of a header and of claims.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let (key, _) = self.now().signs;
        let text = format!("{}.{}", b64(header.to_string().as_bytes()), b64(claims.to_string().as_bytes()));
        let signature = if key == IS_WEAK {
            use rsa::signature::{SignatureEncoding as _, Signer as _};
            rsa::pkcs1v15::SigningKey::<rsa::sha2::Sha256>::new(WEAK.clone()).sign(text.as_bytes()).to_vec()
        } else {
            let mut signature = vec![0; KEYS[key].public_modulus_len()];
            KEYS[key].sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
            signature
        };
        format!("{text}.{}", b64(&signature))
    }
}

pub(crate) fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The parts of a token, to be put together otherwise.
pub(crate) fn parts(token: &str) -> (Value, Value, String) {
    let mut parts = token.split('.');
    let mut json = || serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts.next().unwrap()).unwrap()).unwrap();
    let (header, claims) = (json(), json());
    (header, claims, parts.next().unwrap().to_owned())
}

async fn discovery(State(provider): State<Arc<Provider>>) -> Response {
    provider.asks("discovery");
    let at = |path: &str| format!("{}{path}", provider.issuer);
    let mut says = json!({
        "issuer": provider.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "end_session_endpoint": at("/logout"),
        "jwks_uri": at("/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
    });
    (provider.now().discovery)(&mut says);
    Json(says).into_response()
}

async fn jwks(State(provider): State<Arc<Provider>>) -> Response {
    provider.asks("jwks");
    let (key, name) = provider.now().signs;
    let (n, e) = if key == IS_WEAK {
        use rsa::traits::PublicKeyParts as _;
        (b64(&WEAK.n().to_bytes_be()), b64(&WEAK.e().to_bytes_be()))
    } else {
        let public = KEYS[key].public_key();
        let (n, e) = (public.modulus(), public.exponent());
        (b64(n.big_endian_without_leading_zero()), b64(e.big_endian_without_leading_zero()))
    };
    let mut keys = json!({"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": name, "n": n, "e": e}]});
    (provider.now().keys)(&mut keys);
    Json(keys).into_response()
}

async fn token(State(provider): State<Arc<Provider>>, headers: HeaderMap, body: Bytes) -> Response {
    let form: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    provider.asks("token");
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    let escaped = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:{}", escaped(SECRET)));
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&format!("Basic {basic}")) {
        return refused("invalid_client");
    }
    let Some((nonce, challenge)) = form.get("code").and_then(|code| provider.codes.lock().unwrap().remove(code)) else {
        return refused("invalid_grant");
    };
    let verifier = form.get("code_verifier").cloned().unwrap_or_default();
    if b64(&Sha256::digest(verifier)) != challenge {
        return refused("invalid_grant");
    }
    let says = provider.now();
    let now = jiff::Timestamp::now().as_second();
    let access = "access";
    let mut claims = json!({
        "iss": provider.issuer, "aud": CLIENT, "sub": says.subject, "nonce": nonce, "iat": now, "exp": now + 300,
        "auth_time": now, "name": "Ann Operator", "groups": says.groups, "sid": "session-at-the-provider",
        "at_hash": b64(&Sha256::digest(access)[..16]),
    });
    (says.claims)(&mut claims);
    let signed = provider.sign(&json!({"alg": "RS256", "typ": "JWT", "kid": says.signs.1}), &claims);
    let answer = json!({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": (says.token)(signed, &provider)});
    (says.answer)(Json(answer).into_response())
}

async fn userinfo(State(provider): State<Arc<Provider>>) -> Response {
    provider.asks("userinfo");
    Json(provider.now().userinfo).into_response()
}
