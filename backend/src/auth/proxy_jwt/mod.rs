//! Signing in at a proxy that signs what it says of somebody: a token in a header, made for this console alone, verified with every
//! request. What is wrong is refused, and never "nobody".

mod keys;
mod token;

use super::jws::LONGEST;
use super::proxied::{Proxied, one, plain};
use super::{Barred, Origin, SignedIn};
use crate::config::Config;
use crate::config::auth::JwtProxy;
use crate::journal::Journal;
use crate::metrics::instruments::Counts;
use http::{HeaderMap, HeaderName, header};
use keys::Keys;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use token::{Expected, Vouched};

/// As in the journal.
const MODE: &str = "proxy-jwt";

/// The way in.
#[derive(Debug)]
pub(super) struct ProxyJwt {
    pub(super) proxied: Proxied,
    header: HeaderName,
    expected: Expected,
    keys: Keys,
    name_claim: String,
    /// Must requests come from a network of the proxy? Where one is named.
    from_proxy: bool,
    /// Is an address that the token names one that the proxy itself has seen proved?
    email_is_proved: bool,
}

impl ProxyJwt {
    pub(super) async fn new(config: &Config, journal: &Journal, sign_ins: Arc<Counts<1>>) -> Result<Self, String> {
        let jwt = &config.jwt;
        let expected = Expected::new(jwt)?;
        let header = jwt.header().ok_or("jwt.header is missing.")?;
        Ok(Self {
            proxied: Proxied::new(MODE, config, journal, &expected.parties(), sign_ins).await?,
            header: header.parse().map_err(|_| format!("{header:?} is not the name of a header."))?,
            keys: Keys::new(jwt)?,
            expected,
            name_claim: jwt.name_claim.clone(),
            from_proxy: !config.proxy.trusted.is_empty(),
            // What these two put into their own token is whom they have let in.
            email_is_proved: matches!(jwt.proxy, JwtProxy::CloudflareAccess | JwtProxy::Pomerium),
        })
    }

    /// How long ago the keys were read; `None` before the first time, and where each is read for itself.
    pub(super) fn keys_age(&self) -> Option<Duration> {
        self.keys.age()
    }

    /// Who asks.
    pub(super) async fn who(&self, headers: &HeaderMap, origin: &Origin) -> Result<SignedIn, Barred> {
        let vouched = match self.vouched(headers, origin).await {
            Ok(vouched) => vouched,
            Err(violation) => return Err(self.proxied.violated(headers, origin, &violation).await),
        };
        // The same `sub` of another issuer is somebody else.
        let subject = format!("{} {}", vouched.issuer, vouched.subject);
        let display = super::called(&vouched.claims, &self.name_claim, &vouched.subject);
        let mut claims = vouched.claims;
        if self.email_is_proved && claims.contains_key("email") {
            claims.insert("email_verified".to_owned(), Value::Bool(true));
        }
        self.proxied.judge((subject, display, Some(vouched.issuer)), &claims, headers, origin).await
    }

    async fn vouched(&self, headers: &HeaderMap, origin: &Origin) -> Result<Vouched, String> {
        if self.from_proxy && !self.proxied.trusts(origin.peer) {
            return Err("not from a network of the proxy".to_owned());
        }
        plain(headers, &[&self.header])?;
        let token = token_of(one(headers, &self.header).ok_or("not exactly one token")?, &self.header)?;
        self.expected.verify(token, &self.keys).await
    }
}

/// The token as it stands in its header; in `Authorization` after `Bearer`.
fn token_of<'a>(value: &'a [u8], name: &HeaderName) -> Result<&'a str, &'static str> {
    let text =
        std::str::from_utf8(value).ok().filter(|text| !text.is_empty() && text.len() <= LONGEST).ok_or("no token, or one too long")?;
    if *name != header::AUTHORIZATION {
        return Ok(text);
    }
    let (scheme, token) = text.split_once(' ').ok_or("an Authorization that is no Bearer")?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token) } else { Err("an Authorization that is no Bearer") }
}
