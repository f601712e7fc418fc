//! Playwright in Chromium against `tally demo`. Each worker starts a demo of its own (`e2e/fixtures`).

use std::path::{Path, PathBuf};
use std::process::Command;

use super::python;
use crate::postgres::{self, Postgres};
use crate::summary::Ran;
use crate::{paths, shell, system};

pub(super) fn folder() -> PathBuf {
    paths::root().join("e2e")
}

/// npm writes down what it installed; a lock file that changed since wants it again.
pub(crate) fn is_installed() -> bool {
    let written = |file: &str| std::fs::metadata(folder().join(file)).and_then(|file| file.modified());
    let (wanted, installed) = (written("package-lock.json"), written("node_modules/.package-lock.json"));
    installed.is_ok_and(|installed| wanted.is_ok_and(|wanted| wanted <= installed))
}

pub(crate) fn install() -> anyhow::Result<()> {
    let mut npm = in_folder(system::NPM.program);
    // Playwright would fetch browsers of its own; Debian's Chromium is used.
    npm.args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run(&mut npm)
}

pub(super) fn types() -> anyhow::Result<()> {
    shell::run(&mut in_folder(folder().join("node_modules/.bin/tsc")))
}

pub(crate) fn run(tally: &Path, postgres: &Postgres, arguments: &[&str]) -> anyhow::Result<Ran> {
    let mut playwright = in_folder(folder().join("node_modules/.bin/playwright"));
    playwright.arg("test").args(arguments).env("TALLY_BIN", tally).env("TALLY_PYTHON", python::bin()?.join("python"));
    playwright.env(postgres::VARIABLE, postgres.url());
    shell::run_for_closing_line(&mut playwright, |line| line.contains(" passed") || line.contains(" failed"))
}

/// Prints a table of times (`e2e/bench`). A figure fails nothing.
pub(crate) fn bench(tally: &Path) -> anyhow::Result<()> {
    with_config("bench", tally)
}

/// Takes the pictures of the guide (`e2e/guide`) anew.
pub(crate) fn screens(tally: &Path) -> anyhow::Result<()> {
    with_config("guide", tally)
}

fn with_config(config: &str, tally: &Path) -> anyhow::Result<()> {
    if !is_installed() {
        install()?;
    }
    let mut playwright = in_folder(folder().join("node_modules/.bin/playwright"));
    shell::run(playwright.args(["test", "--config", config]).env("TALLY_BIN", tally))
}

fn in_folder(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = shell::command(program);
    command.current_dir(folder());
    command
}
