//! Who signs: keys of two kinds, shown as a proxy shows them, on a server of their own.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PSS_SHA256,
};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use tokio::net::TcpListener;

/// Making keys takes a while: each process makes them once. The second of a kind is shown by nobody.
static RSA: LazyLock<[KeyPair; 2]> = LazyLock::new(|| [2048, 2048].map(|_| KeyPair::generate(KeySize::Rsa2048).unwrap()));
static EC: LazyLock<[EcdsaKeyPair; 2]> =
    LazyLock::new(|| [0, 1].map(|_| EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()));
/// One that others may have found out.
static WEAK: LazyLock<rsa::RsaPrivateKey> = LazyLock::new(|| rsa::RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 1024).unwrap());

/// How a load balancer's key is called.
pub(crate) const ALB_KEY: &str = "0198f3c4-7d1e-4000-8000-000000000001";

/// With what a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum With {
    Rsa,
    Rsa384,
    Pss,
    Ec,
    OthersRsa,
    OthersEc,
    WeakRsa,
    /// The public key as the secret of an HMAC.
    PublicAsSecret,
    Nothing,
}

pub(crate) fn b64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl With {
    pub(crate) fn sign(self, text: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        let rsa = |key: &KeyPair, padding| {
            let mut signature = vec![0; key.public_modulus_len()];
            key.sign(padding, &random, text, &mut signature).unwrap();
            signature
        };
        match self {
            Self::Rsa => rsa(&RSA[0], &RSA_PKCS1_SHA256),
            Self::Rsa384 => rsa(&RSA[0], &RSA_PKCS1_SHA384),
            Self::Pss => rsa(&RSA[0], &RSA_PSS_SHA256),
            Self::OthersRsa => rsa(&RSA[1], &RSA_PKCS1_SHA256),
            Self::Ec => EC[0].sign(&random, text).unwrap().as_ref().to_vec(),
            Self::OthersEc => EC[1].sign(&random, text).unwrap().as_ref().to_vec(),
            Self::WeakRsa => {
                use rsa::signature::{SignatureEncoding as _, Signer as _};
                rsa::pkcs1v15::SigningKey::<rsa::sha2::Sha256>::new(WEAK.clone()).sign(text).to_vec()
            }
            Self::PublicAsSecret => {
                use hmac::{KeyInit as _, Mac as _};
                let public = jwks().to_string();
                hmac::Hmac::<sha2::Sha256>::new_from_slice(public.as_bytes()).unwrap().chain_update(text).finalize().into_bytes().to_vec()
            }
            Self::Nothing => Vec::new(),
        }
    }
}

/// As they are shown.
pub(crate) fn jwks() -> Value {
    let rsa = |key: &KeyPair, kid: &str| {
        let public = key.public_key();
        let (n, e) = (public.modulus(), public.exponent());
        json!({"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": b64(n.big_endian_without_leading_zero()), "e": b64(e.big_endian_without_leading_zero())})
    };
    let ec = |kid: &str| {
        let point = EC[0].public_key().as_ref();
        json!({"kty": "EC", "use": "sig", "crv": "P-256", "kid": kid, "x": b64(&point[1..33]), "y": b64(&point[33..])})
    };
    let mut for_secrets = rsa(&RSA[0], "for-secrets");
    for_secrets["use"] = "enc".into();
    let mut any = rsa(&RSA[0], "any");
    any.as_object_mut().unwrap().remove("alg");
    use rsa::traits::PublicKeyParts as _;
    let weak = json!({"kty": "RSA", "kid": "weak", "n": b64(&WEAK.n().to_bytes_be()), "e": b64(&WEAK.e().to_bytes_be())});
    json!({"keys": [rsa(&RSA[0], "rsa"), ec("ec"), for_secrets, any, weak, rsa(&RSA[0], "twice"), rsa(&RSA[1], "twice")]})
}

pub(crate) struct Signer {
    pub(crate) url: String,
    pub(crate) shows: Mutex<Value>,
    pub(crate) asked: AtomicUsize,
}

impl Signer {
    pub(crate) async fn start() -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let signer = Arc::new(Self { url, shows: Mutex::new(jwks()), asked: AtomicUsize::new(0) });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/alb/{kid}", get(alb))
            .with_state(Arc::clone(&signer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        signer
    }

    pub(crate) fn times(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn discovery(State(signer): State<Arc<Signer>>) -> Json<Value> {
    Json(json!({"issuer": signer.url, "jwks_uri": format!("{}/jwks", signer.url)}))
}

async fn keys(State(signer): State<Arc<Signer>>) -> Json<Value> {
    signer.asked.fetch_add(1, Ordering::SeqCst);
    Json(signer.shows.lock().unwrap().clone())
}

/// As AWS shows them: PEM, under the key's name.
async fn alb(State(signer): State<Arc<Signer>>, Path(kid): Path<String>) -> Response {
    signer.asked.fetch_add(1, Ordering::SeqCst);
    if kid != ALB_KEY {
        return StatusCode::NOT_FOUND.into_response();
    }
    let der = spki(EC[0].public_key().as_ref());
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", STANDARD.encode(der)).into_response()
}

/// SubjectPublicKeyInfo of a point of P-256.
fn spki(point: &[u8]) -> Vec<u8> {
    let head = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
        0x07, 0x03, 0x42, 0x00,
    ];
    [&head[..], point].concat()
}
