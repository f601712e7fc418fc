//! The tokens of a proxy that signs what it says of people.

use serde::Deserialize;
use std::path::PathBuf;

/// The proxy: what it is called, it does in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JwtProxy {
    /// AWS Application Load Balancer.
    Alb,
    /// Cloudflare Access.
    CloudflareAccess,
    /// Pomerium.
    Pomerium,
    /// oauth2-proxy, which passes on the ID token of the provider.
    #[serde(rename = "oauth2-proxy")]
    OAuth2Proxy,
    /// Any other: everything is said.
    Generic,
}

/// The tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwt {
    /// Whose they are.
    pub proxy: JwtProxy,
    /// The header that they come in.
    #[serde(default)]
    header: Option<String>,
    /// Who they say made them.
    #[serde(default)]
    issuer: Option<String>,
    /// For whom they say they were made.
    #[serde(default)]
    audience: Option<String>,
    /// Where the keys are shown.
    #[serde(default)]
    keys_url: Option<String>,
    /// The load balancer.
    #[serde(default)]
    pub alb_arn: Option<String>,
    /// How they may be signed.
    algorithms: Vec<String>,
    /// The claim that says what to call somebody.
    pub name_claim: String,
    /// The certificates by which whoever shows the keys is trusted.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

impl Jwt {
    /// The header that they come in.
    pub fn header(&self) -> Option<String> {
        let usual = match self.proxy {
            JwtProxy::Alb => Some("x-amzn-oidc-data"),
            JwtProxy::CloudflareAccess => Some("cf-access-jwt-assertion"),
            JwtProxy::Pomerium => Some("x-pomerium-jwt-assertion"),
            JwtProxy::OAuth2Proxy => Some("authorization"),
            JwtProxy::Generic => None,
        };
        self.header.clone().or_else(|| usual.map(str::to_owned))
    }

    /// Who they say made them.
    pub fn issuer(&self) -> Option<String> {
        self.issuer.clone().filter(|issuer| !issuer.is_empty())
    }

    /// For whom they say they were made; of a load balancer, its client at the provider.
    pub fn audience(&self) -> Option<String> {
        self.audience.clone().filter(|audience| !audience.is_empty())
    }

    /// Where the keys are shown; `None`: where the issuer's own document says.
    pub fn keys_url(&self) -> Option<String> {
        let issuer = self.issuer().unwrap_or_default();
        let usual = match self.proxy {
            JwtProxy::Alb => self.alb_region().map(|region| format!("https://public-keys.auth.elb.{region}.amazonaws.com")),
            JwtProxy::CloudflareAccess => Some(format!("{}/cdn-cgi/access/certs", issuer.trim_end_matches('/'))),
            JwtProxy::Pomerium => Some(format!("https://{issuer}/.well-known/pomerium/jwks.json")),
            JwtProxy::OAuth2Proxy | JwtProxy::Generic => None,
        };
        self.keys_url.as_ref().map(|url| url.trim_end_matches('/').to_owned()).or(usual)
    }

    /// The region of the load balancer, if its ARN is one.
    pub fn alb_region(&self) -> Option<&str> {
        let mut parts = self.alb_arn.as_deref()?.splitn(6, ':');
        let (arn, partition, service, region, account, name) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let plain =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let good = arn == "arn" && partition.starts_with("aws") && service == "elasticloadbalancing" && plain(region);
        let account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        (good && account && name.starts_with("loadbalancer/app/")).then_some(region)
    }

    /// How they may be signed.
    pub fn algorithms(&self) -> Vec<String> {
        let usual: &[&str] = match self.proxy {
            JwtProxy::Alb | JwtProxy::Pomerium => &["ES256"],
            JwtProxy::CloudflareAccess | JwtProxy::OAuth2Proxy => &["RS256"],
            JwtProxy::Generic => &["RS256", "ES256"],
        };
        if self.algorithms.is_empty() { usual.iter().map(|&name| name.to_owned()).collect() } else { self.algorithms.clone() }
    }

    /// Where one signs out, where the proxy has a path for it.
    pub(super) fn sign_out_url(&self) -> Option<&'static str> {
        match self.proxy {
            JwtProxy::CloudflareAccess => Some("/cdn-cgi/access/logout"),
            JwtProxy::Pomerium => Some("/.pomerium/sign_out"),
            JwtProxy::OAuth2Proxy => Some("/oauth2/sign_out"),
            JwtProxy::Alb | JwtProxy::Generic => None,
        }
    }

    /// Is anything said of them?
    pub(super) fn is_described(&self) -> bool {
        self.header.is_some() || self.issuer.is_some() || self.audience.is_some() || self.keys_url.is_some() || self.alb_arn.is_some()
    }
}
