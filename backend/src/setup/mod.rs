//! The account check: whose credentials these are, what they may read, and what is missing. It runs beside the start, and
//! whenever somebody asks on the Set-up page or with `tally check`; nothing is changed until it has passed.

pub mod policy;
mod probes;
mod who;

use crate::ivs::{Ivs, Scope};
use crate::state::State;
use aws_config::SdkConfig;
use contract::setup::{Finding, Setup, Verdict};
use contract::{Code, Operation};
use futures::future::join_all;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use who::Who;

/// What is to be checked, and what was found last.
#[derive(Debug)]
pub struct Check {
    accounts: Vec<Checked>,
    latest: Mutex<Setup>,
}

/// An account to check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its configured name.
    pub name: String,
    /// Its regions.
    pub regions: Vec<String>,
    /// The digits it must have.
    pub expected_id: Option<String>,
    /// How to call AWS for it.
    pub config: SdkConfig,
}

impl Check {
    /// Nothing found yet.
    pub fn new(accounts: Vec<Checked>) -> Self {
        Self { accounts, latest: Mutex::default() }
    }

    /// What was found last.
    pub fn latest(&self) -> Setup {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Checks everything now. Passes if every account's credentials work and are those of the expected account; rights that
/// are missing are said, and keep nobody from using the others. What has passed is taken back only where AWS refuses the
/// credentials or they are another account's: that STS does not answer says nothing of them.
pub async fn run(state: &State) -> Setup {
    let mut setup = Setup::default();
    let mut known = Vec::new();
    let mut missing = BTreeSet::new();
    for account in &state.check.accounts {
        let (finding, who) = who::identity(account).await;
        setup.findings.push(finding);
        known.push(who.clone());
        let Who::Known(id) = who else { continue };
        state.name_account(&account.name, &id);
        for region in &account.regions {
            let scope = Scope { account: account.name.clone(), region: region.clone() };
            let (findings, lacking) = reads(&state.ivs, &scope, &id).await;
            setup.findings.extend(findings);
            missing.extend(lacking);
        }
    }
    setup.policy = (!missing.is_empty()).then(|| policy::allowing(&policy::actions(missing)));
    setup.at = u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or_default();
    let before = state.check.latest();
    let new = |finding: &&Finding| finding.verdict != Verdict::Good && !before.findings.contains(finding);
    setup.findings.iter().filter(new).for_each(|finding| {
        tracing::warn!(what = finding.what, detail = finding.detail, advice = finding.advice, "account check");
    });
    if known.contains(&Who::Refused) {
        state.ivs.set_ready(false);
    } else if known.iter().all(|who| matches!(who, Who::Known(_))) {
        state.ivs.set_ready(true);
    }
    setup.ready = state.ivs.ready();
    state.check.latest.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&setup);
    setup
}

/// What may be read in a region; and the operations that may not.
async fn reads(ivs: &Ivs, scope: &Scope, account_id: &str) -> (Vec<Finding>, Vec<Operation>) {
    let tried = join_all(probes::all(ivs, scope, account_id)).await;
    let total = tried.len();
    let mut findings = Vec::new();
    let mut missing = Vec::new();
    for (operation, failure) in tried.into_iter().filter_map(|(operation, result)| Some((operation, result.err()?))) {
        // It may look, and there is nothing of that name.
        if matches!(failure.api.code, Code::ResourceNotFoundException | Code::ChannelNotBroadcasting) {
            continue;
        }
        let denied = failure.api.code == Code::AccessDeniedException;
        let advice =
            if denied { format!("Allow ivs:{operation} to this console's role.") } else { "See the error; then check again.".to_owned() };
        let mut found = finding(&format!("{} in {}", operation, scope.region), Verdict::Warning, failure.api.to_string(), Some(&advice));
        found.operation = Some(operation);
        findings.push(found);
        missing.extend(denied.then_some(operation));
    }
    let good = total - findings.len();
    let verdict = if good == total {
        Verdict::Good
    } else if good == 0 {
        Verdict::Bad
    } else {
        Verdict::Warning
    };
    let what = format!("{} in {}", scope.account, scope.region);
    findings.insert(0, finding(&what, verdict, format!("{good} of {total} read operations work."), None));
    (findings, missing)
}

fn finding(what: &str, verdict: Verdict, detail: String, advice: Option<&str>) -> Finding {
    Finding { what: what.to_owned(), verdict, detail, advice: advice.map(str::to_owned), operation: None }
}
