//! The Python environment of the conformance suite: pinned with hashes, in the cache, one per set of requirements.

use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::conformance;
use crate::hex::hex;
use crate::{paths, shell};

/// Debian ships Python without the module that puts pip into an environment.
pub(super) fn can_make_environments() -> bool {
    shell::output(shell::command("python3").args(["-c", "import ensurepip, venv"])).is_ok()
}

fn requirements() -> PathBuf {
    conformance::folder().join("requirements.txt")
}

fn environment() -> anyhow::Result<PathBuf> {
    let hash = hex(&Sha256::digest(std::fs::read(requirements())?));
    Ok(paths::cache()?.join("python").join(hash.chars().take(16).collect::<String>()))
}

/// The folder for PATH.
pub(super) fn bin() -> anyhow::Result<PathBuf> {
    Ok(environment()?.join("bin"))
}

pub(super) fn is_installed() -> anyhow::Result<bool> {
    Ok(environment()?.join("complete").is_file())
}

pub(super) fn by_hand() -> anyhow::Result<String> {
    let environment = environment()?.display().to_string();
    let requirements = requirements().display().to_string();
    Ok(format!(
        "python3 -m venv {environment} && {environment}/bin/pip install --require-hashes -r {requirements} && touch {environment}/complete"
    ))
}

pub(super) fn install() -> anyhow::Result<()> {
    let environment = environment()?;
    // What an interrupted installation left is replaced.
    shell::run(shell::command("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    let mut pip = shell::command(environment.join("bin/pip"));
    pip.args(["install", "--disable-pip-version-check", "--no-input", "--require-hashes", "--requirement"]).arg(requirements());
    shell::run(&mut pip)?;
    Ok(std::fs::write(environment.join("complete"), "")?)
}
