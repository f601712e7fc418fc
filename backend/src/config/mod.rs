//! What the console is told: by a file, over which the environment wins, over which flags win. [`keys`] is the one table
//! of everything that can be said; what is not in it is refused, and so is what would be unsafe (`rules`). Nothing is
//! refused one at a time: all findings come at once, each with its fix.

pub mod auth;
mod endpoint;
mod files;
pub mod keys;
mod merge;
mod rules;
pub mod show;

pub use merge::{FILE_VARIABLE, Origin, Sources};
pub use rules::Surroundings;

use crate::logging::Format;
use contract::access::{Grant, Rights, Role};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Everything there is to know before starting. The members are the rows of [`keys::KEYS`], and have no defaults but those.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// An emulator is behind it and no AWS account. Not a key: `tally demo` sets it.
    #[serde(skip)]
    pub demo: bool,
    /// Where to accept connections.
    pub listen: SocketAddr,
    /// Names beside the loopback ones that the console is reached by.
    pub allowed_hosts: Vec<String>,
    /// What people open.
    #[serde(default)]
    pub public_url: Option<String>,
    /// The certificate of the console's own TLS.
    #[serde(default)]
    pub tls_cert_file: Option<PathBuf>,
    /// Its key.
    #[serde(default)]
    pub tls_key_file: Option<PathBuf>,
    /// Where to accept connections that read the metrics.
    #[serde(default)]
    pub metrics_listen: Option<SocketAddr>,
    /// Metrics for whoever reaches them.
    pub danger_public_metrics: bool,
    /// Where the journal is.
    pub data_dir: PathBuf,
    /// How the journal is kept.
    #[serde(default)]
    pub journal: Journal,
    /// The role of the one person of this mode.
    pub single_user_role: Role,
    /// Their grants.
    pub single_user_grants: Vec<Grant>,
    /// Real AWS with nobody asked who they are.
    pub danger_single_user: bool,
    /// Do creates carry the tag that a lost one is found by?
    pub operation_tag: bool,
    /// Signing in.
    pub auth: auth::Auth,
    /// The OpenID provider.
    pub oidc: auth::Oidc,
    /// The proxies in front.
    pub proxy: auth::Proxy,
    /// Their tokens.
    pub jwt: auth::Jwt,
    /// The log.
    pub log: Log,
    /// How long to wait for what.
    pub timeouts: Timeouts,
    /// The AWS accounts, in the order in which the console shows them.
    pub accounts: Vec<Account>,
}

/// How the journal is kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// The file with the URL of its database.
    #[serde(default)]
    pub postgres_url_file: Option<PathBuf>,
    /// What its checkpoints are signed with.
    #[serde(default)]
    pub key_file: Option<PathBuf>,
    /// How many days rows are kept.
    #[serde(default)]
    pub keep_days: Option<u32>,
}

impl Journal {
    /// How long rows are kept, if not for ever.
    pub fn kept(&self) -> Option<Duration> {
        self.keep_days.map(|days| Duration::from_secs(u64::from(days) * 24 * 3600))
    }
}

/// The log.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// In the notation of `RUST_LOG`.
    pub filter: String,
    /// For people or for machines.
    pub format: Format,
    /// Let the SDK write at DEBUG and TRACE, secrets included.
    pub danger_sdk_trace: bool,
}

/// How long to wait for what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeouts {
    /// For a connection to AWS.
    #[serde(deserialize_with = "seconds")]
    pub connect: Duration,
    /// For the first byte of an answer of AWS.
    #[serde(deserialize_with = "seconds")]
    pub read: Duration,
    /// For one attempt of a call.
    #[serde(deserialize_with = "seconds")]
    pub attempt: Duration,
    /// For a call with all its attempts.
    #[serde(deserialize_with = "seconds")]
    pub operation: Duration,
    /// For one request of the browser.
    #[serde(deserialize_with = "seconds")]
    pub request: Duration,
    /// For what still runs when the process is asked to stop.
    #[serde(deserialize_with = "seconds")]
    pub shutdown: Duration,
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    u64::deserialize(from).map(Duration::from_secs)
}

/// An AWS account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// As in URLs and on the screen.
    pub name: String,
    /// The regions in use.
    pub regions: Vec<String>,
    /// Its 12 digits. With another account's credentials nothing is changed.
    #[serde(default)]
    pub expected_account_id: Option<String>,
    /// The profile of the AWS configuration files to take credentials from, and from nowhere else.
    #[serde(default)]
    pub profile: Option<String>,
    /// The role to assume with them.
    #[serde(default)]
    pub assume_role_arn: Option<String>,
    /// Called instead of IVS and STS: an emulator on this machine.
    #[serde(default)]
    pub endpoint_url: Option<String>,
}

impl Account {
    /// Is what answers an emulator on this machine?
    pub fn emulated(&self) -> bool {
        self.endpoint_url.as_deref().is_some_and(endpoint::on_loopback)
    }
}

impl Config {
    /// Reads and checks all of it, for `tally serve`.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn load(sources: &Sources, around: &Surroundings) -> Result<Self, Vec<Finding>> {
        let (config, mut findings) = merge::merge(sources).config();
        // Of a file that is no TOML it is not known what it says of accounts.
        let unread = |key: &str| key.starts_with("accounts") || sources.file.as_ref().is_some_and(|(path, _)| path == key);
        let accounts_read = findings.iter().all(|finding| !unread(&finding.key));
        if let Some(config) = &config {
            findings.extend(rules::check(config, around));
            if accounts_read {
                rules::no_account(config, &mut findings);
            }
        }
        config.filter(|_| findings.is_empty()).ok_or(findings)
    }

    /// For `tally demo`, and for tests: the defaults, an account named `demo` that the emulator at `endpoint` plays, and
    /// a person who may everything.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn demo(demo: Demo, around: &Surroundings) -> Result<Self, Vec<Finding>> {
        let (config, findings) = merge::merge(&Sources::default()).config();
        let config = config.ok_or(findings)?;
        let account = Account {
            name: "demo".to_owned(),
            regions: demo.regions,
            expected_account_id: Some(demo.account_id),
            profile: None,
            assume_role_arn: None,
            endpoint_url: Some(format!("http://{}", demo.emulator)),
        };
        let config = Self {
            demo: true,
            listen: demo.listen,
            allowed_hosts: demo.allowed_hosts,
            data_dir: demo.data_dir,
            single_user_role: Role::Admin,
            single_user_grants: vec![Grant::SecretReader],
            accounts: vec![account],
            log: Log { filter: demo.log_filter, ..config.log },
            ..config
        };
        let findings = rules::check(&config, around);
        if findings.is_empty() { Ok(config) } else { Err(findings) }
    }

    /// What people open, if it was said.
    pub fn origin(&self) -> Option<url::Url> {
        auth::origin(self.public_url.as_deref())
    }

    /// Where one signs out, where people sign in at a proxy.
    pub fn sign_out_url(&self) -> Option<String> {
        auth::sign_out_url(self)
    }

    /// What the one person of mode `none` holds.
    pub fn rights(&self) -> Rights {
        Rights { role: Some(self.single_user_role), grants: self.single_user_grants.clone() }
    }
}

/// What `tally demo` knows when it starts.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Where to accept connections.
    pub listen: SocketAddr,
    /// Names beside the loopback ones; the only way off loopback.
    pub allowed_hosts: Vec<String>,
    /// A temporary folder.
    pub data_dir: PathBuf,
    /// Where the emulator listens.
    pub emulator: SocketAddr,
    /// The account it plays.
    pub account_id: String,
    /// The regions it is seeded in.
    pub regions: Vec<String>,
    /// What is logged.
    pub log_filter: String,
}

/// One thing that is wrong with what the console was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The key, or the variable of the environment.
    pub key: String,
    /// What is wrong, and why it is refused.
    pub reason: String,
    /// What to do about it.
    pub fix: String,
}

impl Finding {
    fn new(key: impl Into<String>, reason: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { key: key.into(), reason: reason.into(), fix: fix.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    Fix: {}", self.key, self.reason, self.fix)
    }
}
