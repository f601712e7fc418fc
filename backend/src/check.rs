//! `tally check`: what the account check finds, on paper.

use crate::Outcome;
use backend::config::Config;
use backend::{setup, start};
use contract::setup::{Finding, Verdict};
use tokio_util::task::TaskTracker;

/// Checks every account now, and says what was found. An error if the console would not change anything.
pub(crate) async fn run(mut config: Config) -> Outcome {
    // Nothing is journaled here, and the journal may be in use: a running console can be checked too.
    let folder = tempfile::Builder::new().prefix("tally-check-").tempdir().map_err(|error| format!("No temporary folder: {error}"))?;
    folder.path().clone_into(&mut config.data_dir);
    let state = start::state(&config, config.listen.port(), TaskTracker::new()).await?;
    let found = setup::run(&state).await;
    found.findings.iter().for_each(print);
    if let Some(policy) = &found.policy {
        println!("\nThis policy allows what is missing:\n{policy}");
    }
    if found.ready { Ok(()) } else { Err("Not ready: nothing would be changed until this is mended.".to_owned()) }
}

fn print(finding: &Finding) {
    let mark = match finding.verdict {
        Verdict::Good => "good   ",
        Verdict::Warning => "warning",
        Verdict::Bad => "bad    ",
    };
    println!("{mark} {}: {}", finding.what, finding.detail);
    if let Some(advice) = &finding.advice {
        println!("        {advice}");
    }
}
