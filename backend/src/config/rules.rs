//! What is refused at start although it can be read: one rule a row, each with its reason and its fix.

use super::auth::{self, Mode};
use super::files::secret_file;
use super::{Config, Finding, endpoint};
use crate::journal::{Keys, Server};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// What is around the process that matters for safety.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The environment.
    pub env: BTreeMap<String, String>,
    /// The text of the AWS configuration file.
    pub aws_config: String,
    /// The text of the AWS credentials file.
    pub aws_credentials: String,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        let env: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())))
            .collect();
        let text = |variable: &str, usual: &str| {
            let path = env.get(variable).map(PathBuf::from).or_else(|| Some(PathBuf::from(env.get("HOME")?).join(usual)));
            path.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default()
        };
        let aws_config = text("AWS_CONFIG_FILE", ".aws/config");
        let aws_credentials = text("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials");
        Self { env, aws_config, aws_credentials }
    }
}

/// Looks at one thing; what it pushes is refused.
type Rule = fn(&Config, &Surroundings, &mut Vec<Finding>);

const RULES: &[Rule] = &[
    beyond_loopback,
    metrics_for_anybody,
    metrics_among_requests,
    real_aws_for_nobody_in_particular,
    endpoint_of_an_account,
    endpoint_in_the_environment,
    endpoint_in_the_profile,
    sensitive_bodies,
    auth::check,
    names_of_accounts,
    regions,
    account_ids,
    roles_to_assume,
    hosts,
    log_filter,
    timeouts,
    journal,
    journal_key,
    journal_age,
];

/// Everything that is unsafe or cannot work, at once.
pub(super) fn check(config: &Config, around: &Surroundings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in RULES {
        rule(config, around, &mut findings);
    }
    findings
}

fn beyond_loopback(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if config.listen.ip().is_loopback() || config.auth.mode != Mode::None {
        return;
    }
    if !config.demo {
        findings.push(Finding::new(
            "listen",
            format!("{} is not loopback, and whoever reaches the console is the one person it knows.", config.listen),
            "Listen on 127.0.0.1 and reach it through a tunnel: ssh -L 4500:127.0.0.1:4500 HOST. Or let people sign in: auth.mode.",
        ));
    } else if config.allowed_hosts.is_empty() {
        findings.push(Finding::new(
            "listen",
            format!("{} is not loopback, and the demo was not told by which name it is reached.", config.listen),
            "Add --allow-host with the name or address that browsers will use.",
        ));
    }
}

fn metrics_for_anybody(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let Some(address) = config.metrics_listen.filter(|address| !among_ourselves(address.ip())) else { return };
    if !config.danger_public_metrics {
        findings.push(Finding::new(
            "metrics_listen",
            format!("{address} may be reached by anybody, and whoever reaches it is asked nothing."),
            "Listen on loopback or on an address of a private network. If anybody may read them, say danger_public_metrics = true.",
        ));
    }
}

/// Is it loopback, or of a private network: RFC 1918, RFC 4193, the addresses of a link, those that providers share (RFC 6598)?
fn among_ourselves(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [first, second, ..] = ip.octets();
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || (first == 100 && second & 0xc0 == 0x40)
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

/// Who may read the metrics need not be who may reach the console, so neither is served where the other is.
fn metrics_among_requests(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let Some(metrics) = config.metrics_listen.filter(|address| address.port() != 0) else { return };
    let (one, other) = (config.listen.ip(), metrics.ip());
    if config.listen.port() == metrics.port() && (one == other || one.is_unspecified() || other.is_unspecified()) {
        findings.push(Finding::new(
            "metrics_listen",
            format!("{metrics} is where the console itself listens ({}).", config.listen),
            "Give the metrics a port of their own, such as 9464.",
        ));
    }
}

fn real_aws_for_nobody_in_particular(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let real = config.accounts.iter().find(|account| !account.emulated());
    if let (Some(account), false, Mode::None) = (real, config.danger_single_user, config.auth.mode) {
        findings.push(Finding::new(
            "danger_single_user",
            format!(
                "The account {} is real AWS, and nobody signs in with a name: the journal can only say that it was the local person.",
                account.name
            ),
            "If that is what you want, say danger_single_user = true.",
        ));
    }
}

const ELSEWHERE: &str = "is not on this machine. Whoever answers there would see every request and every secret";

fn endpoint_of_an_account(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    for account in &config.accounts {
        if let Some(url) = account.endpoint_url.as_deref().filter(|url| !endpoint::on_loopback(url)) {
            findings.push(Finding::new(
                format!("accounts.{}.endpoint_url", account.name),
                format!("{url} {ELSEWHERE}."),
                "Remove it to call AWS, or name an emulator on this machine: http://127.0.0.1:4510.",
            ));
        }
    }
}

/// Not in the demo: its account names its emulator, and an account's own endpoint wins over the environment's.
fn endpoint_in_the_environment(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    if config.demo {
        return;
    }
    for (variable, url) in endpoint::in_environment(&around.env).into_iter().filter(|(_, url)| !endpoint::on_loopback(url)) {
        let reason = format!("The SDK would send everything to {url}, which {ELSEWHERE}.");
        findings.push(Finding::new(variable, reason, format!("Unset {variable} for this process.")));
    }
}

fn endpoint_in_the_profile(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    if config.demo {
        return;
    }
    let chosen = around.env.get("AWS_PROFILE").map_or("default", String::as_str);
    let profiles: BTreeSet<&str> = config.accounts.iter().map(|account| account.profile.as_deref().unwrap_or(chosen)).collect();
    for profile in profiles {
        let files = [&*around.aws_config, &*around.aws_credentials];
        for url in endpoint::in_profile(files, profile, &around.env).into_iter().filter(|url| !endpoint::on_loopback(url)) {
            findings.push(Finding::new(
                format!("profile {profile}"),
                format!("Its endpoint_url {url} {ELSEWHERE}."),
                "Remove endpoint_url from the profile, or set AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true.",
            ));
        }
    }
}

fn sensitive_bodies(_: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    if around.env.contains_key("LOG_SENSITIVE_BODIES") {
        findings.push(Finding::new(
            "LOG_SENSITIVE_BODIES",
            "It makes the SDK write stream keys and passphrases to the log.",
            "Unset LOG_SENSITIVE_BODIES for this process.",
        ));
    }
}

/// Only where what was said of them could be read: an account that could not be is not missing.
pub(super) fn no_account(config: &Config, findings: &mut Vec<Finding>) {
    if config.accounts.is_empty() {
        findings.push(Finding::new(
            "accounts",
            "There is no account to look at.",
            "Write [[accounts]] with name and regions, or start tally demo, which brings its own.",
        ));
    }
}

fn names_of_accounts(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for name in config.accounts.iter().map(|account| &account.name) {
        let letters = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if name.is_empty() || name.len() > 32 || !letters {
            let reason = format!("{name:?} cannot stand in a URL as it is.");
            findings.push(Finding::new("accounts.name", reason, "Use 1 to 32 lower-case letters, digits and hyphens."));
        }
        if !seen.insert(name) {
            findings.push(Finding::new("accounts.name", format!("Two accounts are called {name}."), "Give each its own name."));
        }
    }
}

fn regions(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    for account in &config.accounts {
        let key = format!("accounts.{}.regions", account.name);
        let all = contract::region::REGIONS.map(|(name, _)| name).join(", ");
        if account.regions.is_empty() {
            findings.push(Finding::new(&*key, "There is no region to look at.", format!("Name one or more of {all}.")));
        }
        let mut seen = BTreeSet::new();
        for region in &account.regions {
            if !contract::region::known(region) {
                findings.push(Finding::new(&*key, format!("IVS is not in {region:?}."), format!("Use one of {all}.")));
            }
            if !seen.insert(region) {
                findings.push(Finding::new(&*key, format!("{region} is named twice."), "Name it once."));
            }
        }
    }
}

fn account_ids(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    for account in &config.accounts {
        if let Some(id) = account.expected_account_id.as_deref().filter(|id| !is_account_id(id)) {
            let key = format!("accounts.{}.expected_account_id", account.name);
            findings.push(Finding::new(key, format!("{id:?} is not an account id."), "Write its 12 digits, in quotes."));
        }
    }
}

fn is_account_id(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn roles_to_assume(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    for account in &config.accounts {
        let Some(arn) = account.assume_role_arn.as_deref() else { continue };
        let key = format!("accounts.{}.assume_role_arn", account.name);
        let id = arn
            .strip_prefix("arn:aws:iam::")
            .and_then(|rest| rest.split_once(":role/"))
            .filter(|(id, role)| is_account_id(id) && !role.is_empty());
        match (id, &account.expected_account_id) {
            (None, _) => {
                findings.push(Finding::new(key, format!("{arn:?} is not the ARN of a role."), "Write arn:aws:iam::123456789012:role/NAME."))
            }
            (Some((id, _)), Some(expected)) if id != expected => {
                findings.push(Finding::new(
                    key,
                    format!("The role is in account {id}, and {expected} is expected."),
                    "Correct the one that is wrong.",
                ));
            }
            (Some(_), _) => {}
        }
    }
}

fn hosts(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    for host in &config.allowed_hosts {
        let plain = host.parse::<http::uri::Authority>().is_ok_and(|parsed| !parsed.host().is_empty() && !host.contains('@'));
        if !plain || host.contains('*') {
            let reason = format!("{host:?} is not a name that a browser sends as Host.");
            findings.push(Finding::new("allowed_hosts", reason, "Write NAME or NAME:PORT, without http:// and without *."));
        }
    }
}

fn log_filter(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    if let Err(error) = tracing_subscriber::EnvFilter::try_new(&config.log.filter) {
        findings.push(Finding::new(
            "log.filter",
            error.to_string(),
            "Write a level, or target=level, separated by commas: info,backend=debug.",
        ));
    }
}

/// Each wait must fit into the one around it, or the outer one always strikes first.
fn timeouts(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let waits = &config.timeouts;
    let inside = [
        ("timeouts.connect", waits.connect, "timeouts.attempt", waits.attempt),
        ("timeouts.read", waits.read, "timeouts.attempt", waits.attempt),
        ("timeouts.attempt", waits.attempt, "timeouts.operation", waits.operation),
        ("timeouts.operation", waits.operation, "timeouts.request", waits.request),
    ];
    for (inner, short, outer, long) in inside.into_iter().filter(|(_, short, _, long)| short > long) {
        let reason = format!("{} s are longer than {outer}, {} s, which would always end it first.", short.as_secs(), long.as_secs());
        findings.push(Finding::new(inner, reason, format!("Make {inner} shorter or {outer} longer.")));
    }
}

fn journal(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    if let Some(path) = &config.journal.postgres_url_file {
        return journal_shared(config, path, around, findings);
    }
    if let Err(error) = writable(&config.data_dir) {
        findings.push(Finding::new(
            "data_dir",
            format!("{} cannot be written and synced: {error}. Nothing is changed that is not journaled.", config.data_dir.display()),
            "Name a folder on a local disk that this user may write to.",
        ));
    }
    if let Some(mode) = fs::metadata(&config.data_dir).ok().map(|folder| folder.mode() & 0o777).filter(|mode| mode & 0o022 != 0) {
        findings.push(Finding::new(
            "data_dir",
            format!("Others than its owner may write to {} (mode {mode:o}), and so put another journal there.", config.data_dir.display()),
            format!("Run `chmod go-w {}`, or name a folder of the console's own.", config.data_dir.display()),
        ));
    }
}

/// What several consoles share, each must have the same of.
fn journal_shared(config: &Config, path: &Path, around: &Surroundings, findings: &mut Vec<Finding>) {
    if secret_file("journal.postgres_url_file", path, around, findings)
        && let Err(reason) = Server::read(path)
    {
        findings.push(Finding::new(
            "journal.postgres_url_file",
            reason,
            "Write one line: postgres://USER:PASSWORD@HOST/DATABASE?sslmode=verify-full",
        ));
    }
    for name in Server::SAID_OTHERWISE.into_iter().filter(|name| around.env.contains_key(*name)) {
        findings.push(Finding::new(
            "journal.postgres_url_file",
            format!("{name} is set, and would say of the database what its URL leaves out."),
            format!("Unset {name}: all that is to hold stands in the URL."),
        ));
    }
    if config.auth.mode == auth::Mode::Oidc && config.auth.session_keys_file.is_none() {
        findings.push(Finding::new(
            "auth.session_keys_file",
            "The consoles that share a journal share its sessions, and a cookie that one of them has sealed the others could not open.",
            "Make a key with `openssl rand -hex 32`, and give the same file to each of them.",
        ));
    }
}

fn journal_key(config: &Config, around: &Surroundings, findings: &mut Vec<Finding>) {
    let Some(path) = &config.journal.key_file else { return };
    if !secret_file("journal.key_file", path, around, findings) {
        return;
    }
    let fix = "Make one with `openssl genpkey -algorithm ed25519`, and keep its public half elsewhere: `openssl pkey -pubout`.";
    match Keys::read(path) {
        Ok(keys) if keys.can_sign() => {}
        Ok(_) => findings.push(Finding::new("journal.key_file", format!("{} holds no private key to sign with.", path.display()), fix)),
        Err(reason) => findings.push(Finding::new("journal.key_file", reason, fix)),
    }
}

/// A month, so that what somebody asks twice under one key is still known, and what went wrong can still be looked at.
const LEAST_DAYS: u32 = 30;

fn journal_age(config: &Config, _: &Surroundings, findings: &mut Vec<Finding>) {
    let Some(days) = config.journal.keep_days else { return };
    if days < LEAST_DAYS {
        let reason = format!("After {days} days nobody could say any more who did what.");
        findings.push(Finding::new(
            "journal.keep_days",
            reason,
            format!("Keep rows for {LEAST_DAYS} days at least, or leave it out to keep all."),
        ));
    }
    if config.journal.key_file.is_none() {
        findings.push(Finding::new(
            "journal.keep_days",
            "Rows that are let go must be signed for, or whoever cuts the file could say that it was you.",
            "Name a key: journal.key_file.",
        ));
    }
}

/// By doing what the journal does: write, sync. A folder that is not there yet is left to the journal, which makes it for
/// its owner alone; until then what counts is the folder it will be made in.
fn writable(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|folder| folder.exists()).filter(|folder| !folder.as_os_str().is_empty());
    let probe = there.unwrap_or(Path::new(".")).join(format!(".probe-{}", std::process::id()));
    let written = fs::File::create(&probe).and_then(|mut file| file.write_all(b"probe").and_then(|()| file.sync_all()));
    let removed = fs::remove_file(&probe);
    written.and(removed)
}
