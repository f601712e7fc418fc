//! The provider: what it says of itself, and asking it. What was read is kept for an hour, and for a day where the provider cannot
//! be reached; a key that is not among those read is looked for once in half a minute.

use super::http::Http;
use crate::config::auth::Oidc;
use openidconnect::core::{CoreClientAuthMethod, CoreJsonWebKey};
use openidconnect::{ClientId, ClientSecret, IssuerUrl, JsonWebKeySet, ProviderMetadataWithLogout};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

const FRESH: Duration = Duration::from_secs(3600);
const STALE: Duration = Duration::from_secs(24 * 3600);
/// For a key that is not known.
const ANEW: Duration = Duration::from_secs(30);
/// After a failure.
const AGAIN: Duration = Duration::from_secs(5);
/// A provider has a handful of keys.
const MOST_KEYS: usize = 50;
/// Bytes of an RSA modulus: 2048 bits.
const RSA: usize = 256;

/// What it says of itself, its keys among it.
pub(super) type Metadata = ProviderMetadataWithLogout;

#[derive(Debug)]
pub(super) struct Provider {
    pub(super) issuer: IssuerUrl,
    pub(super) client_id: ClientId,
    pub(super) secret: ClientSecret,
    pub(super) http: Http,
    read: Mutex<Read>,
}

#[derive(Debug, Default)]
struct Read {
    metadata: Option<(Instant, Arc<Metadata>)>,
    failed: Option<(Instant, String)>,
}

impl Provider {
    /// Nothing is asked yet: a provider that is away does not keep the console from starting.
    pub(super) fn new(config: &Oidc) -> Result<Self, String> {
        let said = |value: &Option<String>, key: &str| value.clone().ok_or_else(|| format!("{key} is missing."));
        let path = config.client_secret_file.as_ref().ok_or("oidc.client_secret_file is missing.")?;
        let secret = std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        let issuer = said(&config.issuer, "oidc.issuer")?;
        Ok(Self {
            http: Http::new(&issuer, config.ca_file.as_deref())?,
            issuer: IssuerUrl::new(issuer).map_err(|error| error.to_string())?,
            client_id: ClientId::new(said(&config.client_id, "oidc.client_id")?),
            secret: ClientSecret::new(secret.trim().to_owned()),
            read: Mutex::default(),
        })
    }

    /// What it says of itself. One asks at a time; the others wait for what it hears.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, String> {
        self.younger_than(FRESH).await
    }

    /// The same, read anew if that was not done just now: a token names a key that was not there.
    pub(super) async fn anew(&self) -> Result<Arc<Metadata>, String> {
        self.younger_than(ANEW).await
    }

    /// What was read last, whatever its age.
    pub(super) fn known(&self) -> Option<Arc<Metadata>> {
        self.read.try_lock().ok()?.metadata.as_ref().map(|(_, metadata)| Arc::clone(metadata))
    }

    async fn younger_than(&self, age: Duration) -> Result<Arc<Metadata>, String> {
        let mut read = self.read.lock().await;
        if let Some((_, metadata)) = read.metadata.as_ref().filter(|(at, _)| at.elapsed() < age) {
            return Ok(Arc::clone(metadata));
        }
        let just_failed = read.failed.as_ref().filter(|(at, _)| at.elapsed() < AGAIN).map(|(_, error)| error.clone());
        let asked = match just_failed {
            Some(error) => Err(error),
            None => self.ask().await,
        };
        match asked {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *read = Read { metadata: Some((Instant::now(), Arc::clone(&metadata))), failed: None };
                Ok(metadata)
            }
            Err(error) => {
                read.failed.get_or_insert_with(|| (Instant::now(), error.clone()));
                if read.failed.as_ref().is_some_and(|(at, _)| at.elapsed() >= AGAIN) {
                    read.failed = Some((Instant::now(), error.clone()));
                }
                let stale = read.metadata.as_ref().filter(|(at, _)| at.elapsed() < STALE);
                stale.map(|(_, metadata)| Arc::clone(metadata)).ok_or(error)
            }
        }
    }

    async fn ask(&self) -> Result<Metadata, String> {
        let metadata = Metadata::discover_async(self.issuer.clone(), &self.http).await.map_err(|error| described(&error))?;
        let keys = metadata.jwks().keys();
        if keys.len() > MOST_KEYS {
            return Err(format!("it has {} keys", keys.len()));
        }
        let strong: Vec<CoreJsonWebKey> = keys.iter().filter(|key| is_strong(key)).cloned().collect();
        Ok(metadata.set_jwks(JsonWebKeySet::new(strong)))
    }

    /// Does it want the client's secret in the body? Only where it does not take it the usual way.
    pub(super) fn secret_in_body(metadata: &Metadata) -> bool {
        let methods = metadata.token_endpoint_auth_methods_supported();
        methods.is_some_and(|all| {
            !all.contains(&CoreClientAuthMethod::ClientSecretBasic) && all.contains(&CoreClientAuthMethod::ClientSecretPost)
        })
    }
}

/// No RSA key of less than 2048 bits is believed. The library does not tell how long one is; its JSON does.
fn is_strong(key: &CoreJsonWebKey) -> bool {
    use base64::Engine as _;
    let written = serde_json::to_value(key).unwrap_or_default();
    let modulus = written.get("n").and_then(serde_json::Value::as_str);
    modulus.is_none_or(|n| {
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(n).unwrap_or_default();
        bytes.iter().skip_while(|byte| **byte == 0).count() >= RSA
    })
}

/// An error with its causes.
pub(super) fn described(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
