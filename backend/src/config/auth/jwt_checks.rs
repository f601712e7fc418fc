//! What is refused of what is said about a proxy's tokens: one rule a row, as in `config::rules`.

use super::checks::TAKEN;
use super::{JwtProxy, Mode};
use crate::config::{Config, Finding, Surroundings, endpoint};
use crate::tls;
use url::Url;

/// Everything about them that is unsafe or cannot work.
pub(super) fn check(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode != Mode::ProxyJwt {
        if config.jwt.is_described() {
            findings.push(Finding::new(
                "auth.mode",
                "A proxy's tokens are described under [jwt], and nobody signs in with them.",
                "Say auth.mode = \"proxy-jwt\", or take [jwt] out.",
            ));
        }
        return;
    }
    header(config, findings);
    parties(config, findings);
    keys(config, findings);
    load_balancer(config, findings);
}

fn header(config: &Config, findings: &mut Vec<Finding>) {
    let mut refuse =
        |reason: String| findings.push(Finding::new("jwt.header", reason, "Name the proxy's own: x-id-token, or authorization."));
    let Some(name) = config.jwt.header() else { return refuse("It is not said in which header the proxy sends its token.".to_owned()) };
    let plain = name.to_ascii_lowercase();
    let own = plain == "authorization" || plain.starts_with("x-") || plain.starts_with("cf-");
    let taken = plain != "authorization" && TAKEN.contains(&&*plain);
    if !own || taken || plain.contains('_') || plain.parse::<http::HeaderName>().is_err() {
        refuse(format!("{name:?} is no header that the proxy alone writes, for this alone."));
    }
}

fn parties(config: &Config, findings: &mut Vec<Finding>) {
    if config.jwt.issuer().is_none() {
        let reason = "It is not said who makes the tokens, and whoever does could say anything of anybody.";
        findings.push(Finding::new("jwt.issuer", reason, "Write it as the tokens do in iss."));
    }
    if config.jwt.audience().is_none() {
        let reason = "Without an audience a token that was made for any other application of the same proxy would do.";
        let fix = match config.jwt.proxy {
            JwtProxy::Alb => "Write the client id that the load balancer has at the provider.",
            JwtProxy::CloudflareAccess => "Write the application's AUD tag.",
            JwtProxy::Pomerium => "Write the route's host, as the tokens do in aud.",
            JwtProxy::OAuth2Proxy => "Write the client id of oauth2-proxy.",
            JwtProxy::Generic => "Write it as the tokens do in aud.",
        };
        findings.push(Finding::new("jwt.audience", reason, fix));
    }
}

/// Whoever can change the keys on their way vouches for anybody.
fn keys(config: &Config, findings: &mut Vec<Finding>) {
    if let Some(path) = &config.jwt.ca_file
        && let Err(reason) = tls::certificates(path)
    {
        findings.push(Finding::new("jwt.ca_file", reason, "Name a file of certificates as PEM."));
    }
    // What is missing is said by its own row.
    let url = match (config.jwt.keys_url(), config.jwt.issuer()) {
        (Some(url), Some(_)) => url,
        (None, Some(issuer)) if config.jwt.proxy != JwtProxy::Alb => issuer,
        (Some(_) | None, _) => return,
    };
    let safe = Url::parse(&url).is_ok_and(|parsed| {
        let address = parsed.has_host() && parsed.username().is_empty() && parsed.query().is_none() && parsed.fragment().is_none();
        address && (parsed.scheme() == "https" || parsed.scheme() == "http" && endpoint::on_loopback(&url))
    });
    if !safe {
        findings.push(Finding::new(
            "jwt.keys_url",
            format!("The keys would be read from {url:?}, which is no https address: whoever is on the way could vouch for anybody."),
            "Write where the proxy shows its keys: https://login.example.com/jwks.",
        ));
    }
}

fn load_balancer(config: &Config, findings: &mut Vec<Finding>) {
    if config.jwt.proxy == JwtProxy::Alb && config.jwt.alb_region().is_none() {
        findings.push(Finding::new(
            "jwt.alb_arn",
            "Without the load balancer's ARN anybody's load balancer could sign for anybody.",
            "Write it: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/NAME/ID.",
        ));
    }
}
