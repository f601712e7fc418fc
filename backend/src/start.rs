//! Putting the console together from its configuration, and what runs beside it.

use crate::auth::Auth;
use crate::config::Config;
use crate::ivs::client::{Clients, Timing};
use crate::ivs::{Ivs, Scope, Terms};
use crate::jobs::{Calls, Jobs};
use crate::journal::{Actor, Decision, Intent, Journal, Keys, Kind, Location, Server};
use crate::setup::{self, Check, Checked};
use crate::state::{Parts, State};
use crate::{aws, config};
use contract::session;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio_util::task::TaskTracker;

/// The journal's file in the data folder.
const JOURNAL: &str = "journal.db";

/// How often the account is checked.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// While changes may be made. Credentials expire and roles are changed.
    pub passed: Duration,
    /// While they may not.
    pub failed: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { passed: Duration::from_secs(300), failed: Duration::from_secs(30) }
    }
}

/// Everything a request can reach. AWS is not called yet. `port` is the one that is listened on; `running` holds the
/// changes that must be let finish before the process ends.
///
/// # Errors
/// The journal cannot be opened.
pub async fn state(config: &Config, port: u16, running: TaskTracker) -> Result<State, String> {
    let location = match &config.journal.postgres_url_file {
        Some(url) => Location::Server(Server::read(url)?),
        None => Location::File(config.data_dir.join(JOURNAL)),
    };
    let journal = Journal::open(location).await.map_err(|error| error.to_string())?;
    let journal = match &config.journal.key_file {
        Some(path) => journal.signed(Keys::read(path)?),
        None => journal,
    };
    begun(&journal, config).await;
    let mut clients = BTreeMap::new();
    let (mut checked, mut credentials) = (Vec::new(), Vec::new());
    for account in &config.accounts {
        let (aws, expiry) = aws::connect(account, &config.timeouts).await;
        credentials.push(expiry);
        for region in &account.regions {
            let scope = Scope { account: account.name.clone(), region: region.clone() };
            clients.insert(scope, Clients::new(&aws, region, timing(&config.timeouts)));
        }
        checked.push(Checked {
            name: account.name.clone(),
            regions: account.regions.clone(),
            expected_id: account.expected_account_id.clone(),
            config: aws,
        });
    }
    let auth = Arc::new(Auth::new(config, port, &journal).await?);
    let people = Arc::clone(&auth);
    let terms = Terms {
        operation_tag: config.operation_tag,
        // The other half of a request's time is for the call itself and for looking what became of it.
        patience: config.timeouts.request / 2,
        held_of: Box::new(move |subject| people.held_of(subject)),
    };
    let ivs = Ivs::new(clients, journal.clone(), running, terms);
    // Before a row of it is taken for one that a dead console left behind.
    ivs.replicas().beat().await.map_err(|error| error.to_string())?;
    let jobs = Jobs::resume(journal.clone(), Calls::new(ivs.clone())).await.map_err(|error| format!("The jobs cannot be read: {error}"))?;
    Ok(State::new(Parts {
        auth,
        ivs,
        jobs,
        journal,
        check: Check::new(checked),
        credentials,
        started: jiff::Timestamp::now(),
        demo: config.demo,
        accounts: Mutex::new(config.accounts.iter().map(shown).collect()),
    }))
}

/// What the journal says of itself at a start: whether somebody was at it, how far it came the last time, where it comes from.
/// None of it keeps the console from starting: without a journal it changes nothing anyway, and says so.
async fn begun(journal: &Journal, config: &Config) {
    match journal.look_over().await {
        Ok(faults) if faults.is_empty() => {
            if let Err(error) = journal.checkpoint().await {
                tracing::error!(%error, "no checkpoint could be made");
            }
        }
        Ok(faults) => faults.iter().for_each(|fault| tracing::error!(what = fault.what, "the journal was changed behind its back")),
        Err(error) => tracing::error!(%error, "the journal could not be looked over"),
    }
    if let Err(error) = journal.say_if_copied().await {
        tracing::error!(%error, "that the journal is a copy could not be journaled");
    }
    if let Err(error) = journal.event(&started(config), &Decision::Allowed).await {
        tracing::error!(%error, "the start could not be journaled");
    }
}

/// What runs beside the requests for as long as the process does: the account check, looking up what is unknown, and
/// the care of the journal. `keep`: how long its rows are kept; for ever without.
pub async fn beside(state: State, pace: Pace, keep: Option<Duration>) {
    let check = async {
        loop {
            setup::run(&state).await;
            // Readiness may be lost between two checks, and must find its way back.
            let failed = async {
                state.ivs.not_ready().await;
                tokio::time::sleep(pace.failed).await;
            };
            tokio::select! {
                () = tokio::time::sleep(pace.passed) => {}
                () = failed => {}
            }
        }
    };
    let prune = async {
        if let Some(age) = keep {
            state.journal.keep_no_longer_than(age).await;
        }
    };
    let resolve = state.ivs.clone().resolve_pending();
    let shared = async { tokio::join!(state.ivs.replicas().beat_on(), state.jobs.take_up(), state.auth.follow()) };
    tokio::join!(check, resolve, state.journal.make_checkpoints(), prune, state.auth.look(), shared);
}

/// What decides, from now on, who may do what and where. The configuration holds no secret.
fn started(config: &Config) -> Intent {
    let accounts = config.accounts.iter().map(|account| {
        json!({
            "name": account.name,
            "regions": account.regions,
            "expectedAccountId": account.expected_account_id,
            "profile": account.profile,
            "assumeRoleArn": account.assume_role_arn,
            "endpointUrl": account.endpoint_url,
        })
    });
    let params = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "demo": config.demo,
        "listen": config.listen,
        "allowedHosts": config.allowed_hosts,
        "rights": config.rights(),
        "publicUrl": config.public_url,
        "tlsCertFile": config.tls_cert_file,
        "authMode": format!("{:?}", config.auth.mode),
        "authRules": config.auth.rules,
        "oidc": json!({ "issuer": config.oidc.issuer, "clientId": config.oidc.client_id, "scopes": config.oidc.scopes, "userinfo": config.oidc.userinfo }),
        "proxyTrusted": config.proxy.trusted,
        "proxyHeaders": [&config.proxy.user_header, &config.proxy.secret_header],
        "jwt": json!({
            "issuer": config.jwt.issuer(), "audience": config.jwt.audience(), "keysUrl": config.jwt.keys_url(), "albArn": config.jwt.alb_arn,
            "algorithms": config.jwt.algorithms(),
        }),
        "metricsListen": config.metrics_listen,
        "dangerPublicMetrics": config.danger_public_metrics,
        "dangerSingleUser": config.danger_single_user,
        "operationTag": config.operation_tag,
        "dangerSdkTrace": config.log.danger_sdk_trace,
        "accounts": accounts.collect::<Vec<_>>(),
    });
    Intent { kind: Kind::Config, actor: Actor::system(), operation: "Start".to_owned(), params, ..Intent::default() }
}

fn timing(timeouts: &config::Timeouts) -> Timing {
    Timing { connect: timeouts.connect, read: timeouts.read, attempt: timeouts.attempt, operation: timeouts.operation, ..Timing::default() }
}

fn shown(account: &config::Account) -> session::Account {
    session::Account {
        name: account.name.clone(),
        id: account.expected_account_id.clone(),
        endpoint_url: account.endpoint_url.clone(),
        regions: account.regions.clone(),
    }
}
