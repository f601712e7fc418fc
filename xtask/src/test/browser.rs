//! Playwright in Chromium against `tally demo`. Each worker starts a demo of its own (`e2e/fixtures`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::summary::Ran;
use crate::{paths, shell, system};

pub(super) fn folder() -> PathBuf {
    paths::root().join("e2e")
}

/// npm writes down what it installed; the same lock file means the same packages.
pub(super) fn is_installed() -> bool {
    let installed = std::fs::read(folder().join("node_modules/package-lock.used"));
    installed.is_ok_and(|used| std::fs::read(folder().join("package-lock.json")).is_ok_and(|lock| lock == used))
}

pub(super) fn install() -> anyhow::Result<()> {
    let mut npm = in_folder(system::NPM.program);
    // Playwright would fetch browsers of its own; Debian's Chromium is used.
    npm.args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run(&mut npm)?;
    std::fs::copy(folder().join("package-lock.json"), folder().join("node_modules/package-lock.used"))?;
    Ok(())
}

pub(super) fn types() -> anyhow::Result<()> {
    shell::run(&mut in_folder(folder().join("node_modules/.bin/tsc")))
}

pub(crate) fn run(tally: &Path, arguments: &[&str]) -> anyhow::Result<Ran> {
    let mut playwright = in_folder(folder().join("node_modules/.bin/playwright"));
    playwright.arg("test").args(arguments).env("TALLY_BIN", tally);
    shell::run_for_closing_line(&mut playwright, |line| line.contains(" passed") || line.contains(" failed"))
}

fn in_folder(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = shell::command(program);
    command.current_dir(folder());
    command
}
