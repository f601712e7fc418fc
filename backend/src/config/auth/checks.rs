//! What of it is refused: one rule a row, as in `config::rules`.

use super::{Mode, origin};
use crate::auth::seal::Keyring;
use crate::config::files::secret_file;
use crate::config::{Config, Finding, Surroundings, endpoint};
use crate::tls;
use contract::access::Role;
use url::Url;

/// Looks at one thing; what it pushes is refused.
type Check = fn(&Config, &Surroundings, &mut Vec<Finding>);

const CHECKS: &[Check] = &[
    public_url,
    certificate,
    session_keys,
    in_the_clear,
    session_times,
    rules,
    provider,
    client,
    scopes,
    networks,
    proxy_secret,
    proxy_headers,
    way_out,
    of_another_mode,
    for_one_person,
    super::jwt_checks::check,
];

/// Everything about signing in that is unsafe or cannot work.
pub(in crate::config) fn check(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    CHECKS.iter().for_each(|check| check(config, around, findings));
}

fn public_url(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let said = config.public_url.as_deref();
    let mut refuse = |reason: String, fix: &str| findings.push(Finding::new("public_url", reason, fix));
    match (said, origin(said), config.auth.mode) {
        (None, _, Mode::None) => {}
        (None, _, Mode::Oidc | Mode::ProxyHeader | Mode::ProxyJwt) => refuse(
            "It must be known by which address people come, and no header of a request is believed for that.".to_owned(),
            "Write what people open: public_url = \"https://tally.example.com\".",
        ),
        (Some(said), None, _) => {
            refuse(format!("{said:?} is not an address without a path."), "Write scheme and name: https://tally.example.com.");
        }
        (Some(said), Some(url), Mode::Oidc) if url.scheme() != "https" => refuse(
            format!("{said} is not https: whoever is on the way could take a session over."),
            "Let a proxy do TLS, or the console itself: tls_cert_file and tls_key_file.",
        ),
        (Some(said), Some(url), Mode::ProxyHeader | Mode::ProxyJwt) if url.scheme() != "https" && !endpoint::on_loopback(said) => refuse(
            format!("{said} is not https: whoever is on the way reads everything."),
            "Let the proxy do TLS, and write its https address.",
        ),
        (Some(_), Some(_), Mode::None | Mode::Oidc | Mode::ProxyHeader | Mode::ProxyJwt) => {}
    }
}

fn certificate(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    match (&config.tls_cert_file, &config.tls_key_file) {
        (None, None) => {}
        (Some(_), None) => {
            findings.push(Finding::new("tls_key_file", "There is a certificate and no key to it.", "Name the file of its key."))
        }
        (None, Some(_)) => {
            findings.push(Finding::new("tls_cert_file", "There is a key and no certificate to it.", "Name the file of its certificate."))
        }
        (Some(cert), Some(key)) => {
            secret_file("tls_key_file", key, around, findings);
            if let Err(reason) = tls::certified(cert, key) {
                findings.push(Finding::new(
                    "tls_cert_file",
                    reason,
                    "Name a certificate with its chain and the key that belongs to it, both as PEM.",
                ));
            }
        }
    }
}

/// Between a proxy and the console too, whoever is on the way reads sessions and secrets: that there is a proxy must be said.
fn in_the_clear(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let alone = config.tls_cert_file.is_none() && config.proxy.trusted.is_empty();
    if config.auth.mode != Mode::None && alone && !config.listen.ip().is_loopback() {
        findings.push(Finding::new(
            "listen",
            format!("{} is not loopback, there is no TLS of its own, and no proxy that does it.", config.listen),
            "Name tls_cert_file and tls_key_file, or listen where only the proxy reaches and name its address in proxy.trusted.",
        ));
    }
}

fn session_keys(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    let Some(path) = &config.auth.session_keys_file else { return };
    if secret_file("auth.session_keys_file", path, around, findings)
        && let Err(reason) = Keyring::read(path)
    {
        findings.push(Finding::new("auth.session_keys_file", reason, "Write 64 random hexadecimal digits a line: openssl rand -hex 32."));
    }
}

fn session_times(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let (idle, absolute) = (config.auth.session_idle, config.auth.session_absolute);
    if idle > absolute {
        let reason = format!(
            "{} s are longer than auth.session_absolute, {} s, which would always end it first.",
            idle.as_secs(),
            absolute.as_secs()
        );
        findings.push(Finding::new("auth.session_idle", reason, "Make auth.session_idle shorter or auth.session_absolute longer."));
    }
}

fn rules(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let rules = &config.auth.rules;
    if config.auth.mode != Mode::None && !rules.iter().any(|rule| rule.role.is_some()) {
        findings.push(Finding::new(
            "auth.rules",
            "No rule gives a role, so nobody would get in.",
            "Write [[auth.rules]] with claim, equals and role for each group that works with IVS.",
        ));
    }
    for (place, rule) in rules.iter().enumerate() {
        if rule.role.is_none() && rule.grants.is_empty() {
            let fix = "Give it a role, a grant, or take it out.";
            findings.push(Finding::new(format!("auth.rules[{place}]"), "It gives neither a role nor a grant.", fix));
        }
        for account in rule.accounts.iter().filter(|name| !config.accounts.iter().any(|account| account.name == **name)) {
            let reason = format!("There is no account {account:?}.");
            findings.push(Finding::new(format!("auth.rules[{place}].accounts"), reason, "Name accounts as [[accounts]] does."));
        }
        let has = |region: &&String| config.accounts.iter().any(|account| account.regions.contains(region));
        for region in rule.regions.iter().filter(|region| !has(region)) {
            let reason = format!("No account has the region {region:?}.");
            findings.push(Finding::new(format!("auth.rules[{place}].regions"), reason, "Name regions as [[accounts]] does."));
        }
    }
}

fn provider(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode != Mode::Oidc {
        return;
    }
    let mut refuse = |reason: String, fix: &str| findings.push(Finding::new("oidc.issuer", reason, fix));
    let Some(issuer) = &config.oidc.issuer else {
        return refuse(
            "It is not said who vouches for people.".to_owned(),
            "Write the provider as its tokens name it: https://login.example.com.",
        );
    };
    match Url::parse(issuer) {
        Ok(url) if url.path().contains("/.well-known/") => {
            refuse(format!("{issuer} is the provider's document, not its name."), "Leave out /.well-known/ and what follows.");
        }
        Ok(url) if url.has_host() && url.query().is_none() && url.fragment().is_none() => {
            if url.scheme() != "https" && !endpoint::on_loopback(issuer) {
                refuse(
                    format!("{issuer} is not https: whoever is on the way could vouch for anybody."),
                    "Use the provider's https address.",
                );
            }
        }
        Ok(_) | Err(_) => {
            refuse(format!("{issuer:?} is not an address."), "Write the provider as its tokens name it: https://login.example.com.")
        }
    }
}

fn client(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode != Mode::Oidc {
        return;
    }
    if config.oidc.client_id.is_none() {
        findings.push(Finding::new(
            "oidc.client_id",
            "The provider does not know who asks.",
            "Write the name that the provider has for this console.",
        ));
    }
    match &config.oidc.client_secret_file {
        None => findings.push(Finding::new(
            "oidc.client_secret_file",
            "Without a secret anybody could ask the provider in this console's name.",
            "Put the client secret that the provider gave into a file of its own, and name it.",
        )),
        Some(path) => {
            if secret_file("oidc.client_secret_file", path, around, findings)
                && std::fs::read_to_string(path).is_ok_and(|text| text.trim().is_empty())
            {
                findings.push(Finding::new(
                    "oidc.client_secret_file",
                    format!("{} is empty.", path.display()),
                    "Put the client secret into it.",
                ));
            }
        }
    }
    if let Some(path) = &config.oidc.ca_file
        && let Err(reason) = tls::certificates(path)
    {
        findings.push(Finding::new("oidc.ca_file", reason, "Name a file of certificates as PEM."));
    }
}

fn scopes(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode == Mode::Oidc && !config.oidc.scopes.iter().any(|scope| scope == "openid") {
        findings.push(Finding::new("oidc.scopes", "Without openid the provider vouches for nobody.", "Add openid."));
    }
}

fn networks(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    for said in config.proxy.trusted.iter().filter(|said| crate::auth::network(said).is_none()) {
        let reason = format!("{said:?} is not a network of proxies: whoever is in it can say to be anybody.");
        findings.push(Finding::new("proxy.trusted", reason, "Write the proxies' own addresses: 10.1.2.3, or 10.1.2.0/24."));
    }
    if config.auth.mode == Mode::ProxyHeader && config.proxy.trusted.is_empty() {
        let reason = "It is not said from where the proxy asks, so that nobody would get in.";
        findings.push(Finding::new("proxy.trusted", reason, "Write the proxies' own addresses: 10.1.2.3, or 10.1.2.0/24."));
    }
}

fn proxy_secret(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode != Mode::ProxyHeader {
        return;
    }
    let Some(path) = &config.proxy.secret_file else {
        return findings.push(Finding::new(
            "proxy.secret_file",
            "Without a secret, whatever else runs in the proxy's network could say to be anybody.",
            "Put 32 random bytes into a file (openssl rand -hex 32), name it, and have the proxy send them.",
        ));
    };
    if secret_file("proxy.secret_file", path, around, findings) && std::fs::read_to_string(path).is_ok_and(|text| text.trim().len() < 32) {
        let reason = format!("{} holds less than 32 bytes.", path.display());
        findings.push(Finding::new("proxy.secret_file", reason, "Put 32 random bytes into it: openssl rand -hex 32."));
    }
}

/// Headers that mean something else, or that anybody's browser sends.
pub(super) const TAKEN: [&str; 11] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "origin",
    "sec-fetch-site",
    "user-agent",
    "x-forwarded-for",
    contract::call::HEADER.0,
];

/// Whoever leaves a shared desk must be able to.
fn way_out(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if matches!(config.auth.mode, Mode::ProxyHeader | Mode::ProxyJwt) && config.sign_out_url().is_none() {
        findings.push(Finding::new(
            "proxy.sign_out_url",
            "It is not said where one signs out of the proxy.",
            "Write its path there: /logout.",
        ));
    }
}

fn proxy_headers(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let proxy = &config.proxy;
    let mut seen = Vec::new();
    let all = [
        ("proxy.secret_header", Some(&proxy.secret_header)),
        ("proxy.user_header", Some(&proxy.user_header)),
        ("proxy.name_header", proxy.name_header.as_ref()),
        ("proxy.groups_header", proxy.groups_header.as_ref()),
    ];
    for (key, name) in all.into_iter().filter_map(|(key, name)| Some((key, name?))) {
        let plain = name.to_ascii_lowercase();
        let own = plain.starts_with("x-") || plain.starts_with("remote-");
        let good = own && plain.parse::<http::HeaderName>().is_ok() && !plain.contains('_');
        if !good || TAKEN.contains(&&*plain) || seen.contains(&plain) {
            let reason = format!("{name:?} is no header that the proxy alone writes, for this alone.");
            findings.push(Finding::new(key, reason, "Name a header of its own, with hyphens: x-forwarded-user."));
        }
        seen.push(plain);
    }
    if let Some(url) =
        proxy.sign_out_url.as_deref().filter(|url| !(url.starts_with("https://") || url.starts_with('/') && !url.starts_with("//")))
    {
        let reason = format!("{url:?} is neither a path of the proxy nor an https address.");
        findings.push(Finding::new("proxy.sign_out_url", reason, "Write /logout, or https://login.example.com/logout."));
    }
}

/// Whoever says what the one person may believes that there is one.
fn for_one_person(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode == Mode::None {
        return;
    }
    let said = [
        ("single_user_role", config.single_user_role != Role::Viewer),
        ("single_user_grants", !config.single_user_grants.is_empty()),
        ("danger_single_user", config.danger_single_user),
    ];
    for (key, _) in said.into_iter().filter(|(_, said)| *said) {
        let reason = "It is for a console without sign-in. Here people sign in, and what they may, the rules say.";
        findings.push(Finding::new(key, reason, "Take it out, and write [[auth.rules]]."));
    }
}

/// Whoever describes a provider believes that people sign in there.
fn of_another_mode(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if config.auth.mode != Mode::Oidc && (config.oidc.issuer.is_some() || config.oidc.client_id.is_some()) {
        findings.push(Finding::new(
            "auth.mode",
            "A provider is described under [oidc], and nobody signs in there.",
            "Say auth.mode = \"oidc\", or take [oidc] out.",
        ));
    }
    if config.auth.mode != Mode::ProxyHeader && config.proxy.secret_file.is_some() {
        findings.push(Finding::new(
            "auth.mode",
            "A secret is shared with a proxy, and nobody signs in there.",
            "Say auth.mode = \"proxy-header\", or take proxy.secret_file out.",
        ));
    }
}
