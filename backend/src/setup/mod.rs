//! The account check: whose credentials these are, what they may read, and what is missing. It runs beside the start, and
//! whenever somebody asks on the Set-up page or with `tally check`; nothing is changed until it has passed.

pub mod policy;
mod probes;

use crate::ivs::size::AnswerLimit;
use crate::ivs::{Ivs, Scope};
use crate::state::State;
use aws_config::SdkConfig;
use aws_sdk_sts::error::ProvideErrorMetadata;
use contract::setup::{Finding, Setup, Verdict};
use contract::{Code, Operation};
use futures::future::join_all;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// STS answers in milliseconds or not at all.
const WHO: Duration = Duration::from_secs(10);

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
/// are missing are said, and keep nobody from using the others.
pub async fn run(state: &State) -> Setup {
    let mut setup = Setup { ready: true, ..Setup::default() };
    let mut missing = BTreeSet::new();
    for account in &state.check.accounts {
        let (finding, id) = identity(account).await;
        let known = finding.verdict == Verdict::Good;
        setup.findings.push(finding);
        setup.ready &= known;
        let Some(id) = id.filter(|_| known) else { continue };
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
    setup.findings.iter().filter(|finding| finding.verdict != Verdict::Good).for_each(|finding| {
        tracing::warn!(what = finding.what, detail = finding.detail, advice = finding.advice, "account check");
    });
    state.ivs.set_ready(setup.ready);
    state.check.latest.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&setup);
    setup
}

/// Whose credentials are these?
async fn identity(account: &Checked) -> (Finding, Option<String>) {
    let what = format!("Credentials of {}", account.name);
    let config = aws_sdk_sts::config::Builder::from(&account.config).interceptor(AnswerLimit).build();
    let asked = aws_sdk_sts::Client::from_conf(config).get_caller_identity().send();
    let bad = |detail: String, advice: &str| (finding(&what, Verdict::Bad, detail, Some(advice)), None);
    match tokio::time::timeout(WHO, asked).await {
        Err(_) => bad("AWS STS did not answer within 10 seconds.".to_owned(), "Look at the network between this console and AWS."),
        Ok(Err(error)) => {
            let advice = match error.code() {
                Some("ExpiredToken" | "ExpiredTokenException") => "The credentials have expired. For a profile with SSO: aws sso login.",
                Some("InvalidClientTokenId" | "UnrecognizedClientException" | "SignatureDoesNotMatch") => {
                    "AWS does not know these keys. Look at where they come from."
                }
                Some(_) => "Look at the role or the keys that this console uses.",
                None => "Give this console credentials: a role of the machine or task, a profile (aws sso login), or the environment.",
            };
            bad(format!("{}", aws_sdk_sts::error::DisplayErrorContext(&error)), advice)
        }
        Ok(Ok(identity)) => {
            let (id, arn) = (identity.account.unwrap_or_default(), identity.arn.unwrap_or_default());
            match &account.expected_id {
                Some(expected) if *expected != id => bad(
                    format!("They are {arn}'s, of account {id}; the configuration expects {expected}."),
                    "Nothing is changed in the wrong account: mend the credentials or expected_account_id.",
                ),
                Some(_) | None => (finding(&what, Verdict::Good, arn, None), Some(id)),
            }
        }
    }
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
