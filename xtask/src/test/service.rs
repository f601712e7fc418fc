//! `deploy/tally.service`, as systemd reads it. That the console runs in it takes a machine that systemd has booted
//! (docs/deploying/service.md says where that was tried).

use anyhow::{Context as _, bail};

use crate::summary::Ran;
use crate::{paths, shell};

const SERVICE: &str = "deploy/tally.service";
const BINARY: &str = "ExecStart=/usr/local/bin/tally ";
/// What may be left open, of 100: the network, for the most part.
const EXPOSED: &str = "15";

/// The machine's own systemd is asked: where there is none, none is installed for it, and that is said.
pub(super) fn check() -> anyhow::Result<Ran> {
    let closing = if shell::find("systemd-analyze").is_some() {
        verify()?;
        exposure()?
    } else {
        format!("{SERVICE} was NOT checked: this machine has no systemd-analyze")
    };
    println!("{closing}");
    Ok(Ran { ended: Ok(()), closing: Some(closing) })
}

/// What it does not know systemd ignores with a warning, which ends well; here it does not.
fn verify() -> anyhow::Result<()> {
    let service = std::fs::read_to_string(paths::root().join(SERVICE)).with_context(|| format!("cannot read {SERVICE}"))?;
    if !service.contains(BINARY) {
        bail!("{SERVICE} starts something else than {BINARY}");
    }
    let folder = tempfile::tempdir()?;
    // Of a program that is not there it would only say so.
    let copy = folder.path().join("tally.service");
    std::fs::write(&copy, service.replace(BINARY, "ExecStart=/bin/true "))?;
    let said = shell::command("systemd-analyze").arg("verify").arg(&copy).output()?;
    // It looks at what is around the service, too.
    let words = String::from_utf8_lossy(&said.stderr);
    let ours: Vec<&str> = words.lines().filter(|line| line.contains("tally.service")).collect();
    if !said.status.success() || !ours.is_empty() {
        bail!("systemd-analyze verify: {}", if ours.is_empty() { words.trim().to_owned() } else { ours.join("\n") });
    }
    Ok(())
}

fn exposure() -> anyhow::Result<String> {
    let mut analyze = shell::command("systemd-analyze");
    analyze.args(["security", "--offline=true", "--no-pager", "--threshold", EXPOSED, SERVICE]);
    let said = shell::output(&mut analyze)?;
    let level = said.lines().rev().find_map(|line| line.split_once("exposure level for ")).context("no exposure level was said")?;
    Ok(level.1.chars().filter(char::is_ascii).collect::<String>().trim().to_owned())
}
