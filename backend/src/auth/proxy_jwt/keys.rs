//! The keys that a proxy signs with: a set that is shown at an address, or, of a load balancer, one address for each key.

use crate::auth::fetch::Http;
use crate::auth::kept::Kept;
use crate::auth::keys::{named, strong};
use crate::config::auth::{Jwt, JwtProxy};
use openidconnect::core::{CoreJsonCurveType, CoreJsonWebKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, JsonWebKeySet};
use rustls_pki_types::pem::{PemObject as _, SectionKind};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Keys of load balancers that are kept; one is replaced now and then.
const MOST: usize = 16;
/// Keys that are asked for within [`WITHIN`]: whoever makes names up must not make the console ask for each.
const ASKED: u32 = 10;
const WITHIN: Duration = Duration::from_secs(30);
/// What stands before the 64 bytes of a point of P-256 in PEM's `PUBLIC KEY` (RFC 5480, 2).
const P256: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
    0x07, 0x03, 0x42, 0x00, 0x04,
];

#[derive(Debug)]
pub(super) struct Keys {
    http: Http,
    at: At,
}

#[derive(Debug)]
enum At {
    /// A set of keys.
    Shown(Where, Kept<JsonWebKeySet<CoreJsonWebKey>>),
    /// Each key at this address and its name.
    Each(String, Mutex<Each>),
}

/// Where a set is shown.
#[derive(Debug)]
enum Where {
    /// At this address.
    At(String),
    /// Where this provider's document says.
    AsSaidBy(String),
}

#[derive(Debug)]
struct Each {
    known: HashMap<String, Arc<CoreJsonWebKey>>,
    since: Instant,
    asked: u32,
}

impl Keys {
    /// Nothing is asked yet: whoever signs may be away when the console starts.
    pub(super) fn new(jwt: &Jwt) -> Result<Self, String> {
        let (url, at) = match (jwt.proxy, jwt.keys_url()) {
            (JwtProxy::Alb, Some(url)) => {
                let each = Each { known: HashMap::new(), since: Instant::now(), asked: 0 };
                (url.clone(), At::Each(url, Mutex::new(each)))
            }
            (_, Some(url)) => (url.clone(), At::Shown(Where::At(url), Kept::default())),
            (_, None) => {
                let issuer = jwt.issuer().ok_or("jwt.issuer is missing.")?;
                (issuer.clone(), At::Shown(Where::AsSaidBy(issuer), Kept::default()))
            }
        };
        Ok(Self { http: Http::new(&url, jwt.ca_file.as_deref())?, at })
    }

    /// The key of this name, if it may sign this way. One that is not among those known is looked for.
    pub(super) async fn find(&self, kid: &str, algorithm: &CoreJwsSigningAlgorithm) -> Result<Arc<CoreJsonWebKey>, String> {
        let (shown, kept) = match &self.at {
            At::Each(url, each) => return self.each(url, each, kid).await,
            At::Shown(shown, kept) => (shown, kept),
        };
        let away = |error: String| format!("its keys cannot be had: {error}");
        let known = kept.fresh(|| self.set(shown)).await.map_err(away)?;
        if let Some(key) = named(&known, kid, algorithm) {
            return Ok(key);
        }
        let anew = kept.anew(|| self.set(shown)).await.map_err(away)?;
        named(&anew, kid, algorithm).ok_or_else(|| "a key that is not known".to_owned())
    }

    pub(super) fn age(&self) -> Option<Duration> {
        match &self.at {
            At::Shown(_, kept) => kept.age(),
            At::Each(..) => None,
        }
    }

    async fn set(&self, shown: &Where) -> Result<JsonWebKeySet<CoreJsonWebKey>, String> {
        let url = match shown {
            Where::At(url) => url.clone(),
            Where::AsSaidBy(issuer) => self.said_by(issuer).await?,
        };
        let set = serde_json::from_slice(&self.http.get(&url).await?).map_err(|_| "no set of keys".to_owned())?;
        strong(&set)
    }

    async fn said_by(&self, issuer: &str) -> Result<String, String> {
        let document = self.http.get(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))).await?;
        let document: Value = serde_json::from_slice(&document).map_err(|_| "no document of a provider".to_owned())?;
        let said = |name: &str| document.get(name).and_then(Value::as_str);
        if said("issuer") != Some(issuer) {
            return Err("the document is another provider's".to_owned());
        }
        Ok(said("jwks_uri").ok_or("the document names no keys")?.to_owned())
    }

    async fn each(&self, url: &str, all: &Mutex<Each>, kid: &str) -> Result<Arc<CoreJsonWebKey>, String> {
        let kid = Uuid::parse_str(kid).map_err(|_| "a key whose name is no load balancer's")?.hyphenated().to_string();
        let mut each = all.lock().await;
        if let Some(key) = each.known.get(&kid) {
            return Ok(Arc::clone(key));
        }
        if each.since.elapsed() >= WITHIN {
            (each.since, each.asked) = (Instant::now(), 0);
        }
        each.asked += 1;
        if each.asked > ASKED {
            return Err("a key that is not known, after too many of those".to_owned());
        }
        // Who has a key that is known does not wait for one that is not.
        drop(each);
        let pem = self.http.get(&format!("{url}/{kid}")).await.map_err(|error| format!("its key cannot be had: {error}"))?;
        let key = Arc::new(point(&pem, &kid).ok_or("its key is not one of P-256")?);
        let mut each = all.lock().await;
        if each.known.len() >= MOST {
            each.known.clear();
        }
        each.known.insert(kid, Arc::clone(&key));
        Ok(key)
    }
}

/// A public key of P-256 as PEM.
fn point(pem: &[u8], kid: &str) -> Option<CoreJsonWebKey> {
    let (kind, der) = <(SectionKind, Vec<u8>)>::from_pem_slice(pem).ok()?;
    let point = der.strip_prefix(&P256).filter(|point| kind == SectionKind::PublicKey && point.len() == 64)?;
    let (x, y) = point.split_at(32);
    Some(CoreJsonWebKey::new_ec(x.to_vec(), y.to_vec(), CoreJsonCurveType::P256, Some(JsonWebKeyId::new(kid.to_owned()))))
}
