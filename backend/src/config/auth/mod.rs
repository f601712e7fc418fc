//! What is said of signing in.

mod checks;
mod jwt;
mod jwt_checks;

pub(super) use checks::check;
pub use jwt::{Jwt, JwtProxy};

use super::{Config, seconds};
use contract::access::{Grant, Role};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// How people sign in. Exactly one way: what does not let somebody in never leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// With the launch token, as the one person there is.
    None,
    /// At an OpenID provider.
    Oidc,
    /// At a proxy, which says in headers who it is.
    ProxyHeader,
    /// At a proxy, which signs who it is.
    ProxyJwt,
}

/// Signing in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// How.
    pub mode: Mode,
    /// Not used for so long, a session ends.
    #[serde(deserialize_with = "seconds")]
    pub session_idle: Duration,
    /// So long after the sign-in a session ends.
    #[serde(deserialize_with = "seconds")]
    pub session_absolute: Duration,
    /// The keys that cookies are sealed with.
    #[serde(default)]
    pub session_keys_file: Option<PathBuf>,
    /// Who may what.
    pub rules: Vec<Rule>,
}

/// Whoever has this claim holds this. Serialized, it is part of what a session was made under.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The claim, or a JSON pointer to one inside another.
    pub claim: String,
    /// What it is, or has in its list.
    pub equals: String,
    /// The role that it gives.
    #[serde(default)]
    pub role: Option<Role>,
    /// The grants that it adds.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// Where it holds; everywhere, if there are none.
    #[serde(default)]
    pub accounts: Vec<String>,
    /// Where it holds; everywhere, if there are none.
    #[serde(default)]
    pub regions: Vec<String>,
}

/// The OpenID provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// As its tokens name it.
    #[serde(default)]
    pub issuer: Option<String>,
    /// The console's name there.
    #[serde(default)]
    pub client_id: Option<String>,
    /// The file of the secret.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// What is asked of it.
    pub scopes: Vec<String>,
    /// Is its userinfo endpoint asked too?
    pub userinfo: bool,
    /// The claim that says what to call somebody.
    pub name_claim: String,
    /// What people call it.
    pub provider_name: String,
    /// The certificates that it is trusted by.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// The proxies in front.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// Their networks.
    pub trusted: Vec<String>,
    /// The header of the secret.
    pub secret_header: String,
    /// The file of the secret.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// The header that says who it is.
    pub user_header: String,
    /// The header that says what to call them.
    #[serde(default)]
    pub name_header: Option<String>,
    /// The header of their groups.
    #[serde(default)]
    pub groups_header: Option<String>,
    /// What stands between two groups.
    pub groups_delimiter: String,
    /// Where one signs out of it.
    #[serde(default)]
    pub sign_out_url: Option<String>,
}

/// Where one signs out of the proxy, as is said or as it is known to be.
pub(in crate::config) fn sign_out_url(config: &Config) -> Option<String> {
    let usual = || (config.auth.mode == Mode::ProxyJwt).then(|| config.jwt.sign_out_url()).flatten();
    config.proxy.sign_out_url.clone().or_else(|| usual().map(str::to_owned))
}

/// What people open, if it is an address and nothing more. `None` where it is not said, or is no such thing.
pub(in crate::config) fn origin(public_url: Option<&str>) -> Option<Url> {
    let url = Url::parse(public_url?).ok()?;
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    (matches!(url.scheme(), "http" | "https") && url.has_host() && bare && url.path() == "/").then_some(url)
}
