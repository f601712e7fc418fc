//! Signing in at a proxy that says in headers who it is: believed only from its own network, with the secret that the two share, and
//! only where nobody else can have written them. Asked anew with every request; what is wrong is refused, and never "nobody".

use super::proxied::{Proxied, one, plain};
use super::rules::Claims;
use super::{Barred, Origin, SignedIn};
use crate::config::Config;
use crate::config::auth::Proxy;
use crate::journal::Journal;
use crate::metrics::instruments::Counts;
use contract::Secret;
use http::{HeaderMap, HeaderName};
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Bytes of a header that names somebody.
const LONGEST: usize = 256;
/// Bytes of the one that names groups, and how many there may be.
const GROUPS: (usize, usize) = (8 * 1024, 200);
/// As in the journal.
const MODE: &str = "proxy-header";

/// The way in.
#[derive(Debug)]
pub(super) struct ProxyHeader {
    pub(super) proxied: Proxied,
    secret: Secret,
    names: Names,
    delimiter: String,
}

/// The headers that are believed.
#[derive(Debug)]
struct Names {
    secret: HeaderName,
    user: HeaderName,
    name: Option<HeaderName>,
    groups: Option<HeaderName>,
}

impl Names {
    fn all(&self) -> Vec<&HeaderName> {
        [&self.secret, &self.user].into_iter().chain(&self.name).chain(&self.groups).collect()
    }
}

/// Somebody, as the proxy says.
#[derive(Debug)]
struct Said {
    user: String,
    name: Option<String>,
    groups: Vec<String>,
}

impl ProxyHeader {
    pub(super) async fn new(config: &Config, journal: &Journal, sign_ins: Arc<Counts<1>>) -> Result<Self, String> {
        let Proxy { secret_header, secret_file, user_header, name_header, groups_header, groups_delimiter, .. } = &config.proxy;
        let named = |name: &str| name.parse::<HeaderName>().map_err(|_| format!("{name:?} is not the name of a header."));
        let path = secret_file.as_ref().ok_or("proxy.secret_file is missing.")?;
        let secret = std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        Ok(Self {
            proxied: Proxied::new(MODE, config, journal, &[], sign_ins).await?,
            secret: Secret::from(secret.trim().to_owned()),
            names: Names {
                secret: named(secret_header)?,
                user: named(user_header)?,
                name: name_header.as_deref().map(named).transpose()?,
                groups: groups_header.as_deref().map(named).transpose()?,
            },
            delimiter: groups_delimiter.clone(),
        })
    }

    /// Who asks.
    pub(super) async fn who(&self, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, Barred> {
        let said = match self.said(headers, origin.peer) {
            Ok(said) => said,
            Err(violation) => return Err(self.proxied.violated(headers, origin, violation).await),
        };
        let mut claims = Claims::new();
        claims.insert("user".to_owned(), Value::String(said.user.clone()));
        claims.insert("groups".to_owned(), json!(said.groups));
        // Somebody of the same name at a provider is somebody else.
        let subject = format!("{MODE} {}", said.user);
        self.proxied.judge((subject, said.name.unwrap_or(said.user), None), &claims, headers, origin).await
    }

    /// What the proxy says, if it is the proxy, and says it plainly.
    fn said(&self, headers: &HeaderMap, peer: Option<IpAddr>) -> Result<Said, &'static str> {
        if !self.proxied.trusts(peer) {
            return Err("not from a network of the proxy");
        }
        let secret = one(headers, &self.names.secret).ok_or("not exactly one secret")?;
        if !bool::from(secret.ct_eq(self.secret.expose().as_bytes())) {
            return Err("another secret");
        }
        plain(headers, &self.names.all())?;
        let user = text(one(headers, &self.names.user).ok_or("not exactly one user")?, LONGEST).ok_or("a user that cannot be a name")?;
        let name = match &self.names.name {
            // A name decides nothing: one that cannot be shown is none.
            Some(name) if headers.contains_key(name) => text(one(headers, name).ok_or("not exactly one name")?, LONGEST),
            Some(_) | None => None,
        };
        let groups = match &self.names.groups {
            Some(groups) if headers.contains_key(groups) => {
                let all = one(headers, groups).ok_or("groups twice")?;
                let all = if all.is_empty() { String::new() } else { text(all, GROUPS.0).ok_or("groups that cannot be names")? };
                let split: Vec<String> =
                    all.split(&self.delimiter).map(|group| group.trim().to_owned()).filter(|group| !group.is_empty()).collect();
                if split.len() > GROUPS.1 { return Err("too many groups") } else { split }
            }
            Some(_) | None => Vec::new(),
        };
        Ok(Said { user, name, groups })
    }
}

/// Text of something, not too long, of nothing that is not seen, and without blanks around it.
fn text(value: &[u8], longest: usize) -> Option<String> {
    let text = std::str::from_utf8(value).ok().filter(|text| !text.is_empty() && text.len() <= longest)?;
    let plain = text.trim() == text && !text.chars().any(super::unseen);
    plain.then(|| text.to_owned())
}
