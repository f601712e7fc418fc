//! `cargo xtask test`: installs what the tests need, runs all of them, and ends with the runners' own counts.

mod alerts;
pub(crate) mod browser;
mod conformance;
mod needs;
mod python;
mod service;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::postgres::{self, Postgres};
use crate::summary::{Ran, Summary};
use crate::tools::Tool;
use crate::{checks, front, notices, shell, smoke, supply_chain};

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let install = match arguments {
        [] => true,
        [only] if only == "--no-install" => false,
        _ => bail!("usage: cargo xtask test [--no-install]"),
    };
    needs::meet(install)?;
    let mut summary = Summary::default();
    summary.step("format", checks::formatting);
    // First, since the binary and its tests have the front end inside.
    let front = summary.step("front end", front::build);
    summary.step("clippy, wasm32", checks::clippy_wasm);
    summary.step("clippy, host", checks::clippy_host);
    summary.step("third-party notices", notices::check);
    summary.runner("supply chain", supply_chain::check);
    summary.runner("systemd service", service::check);
    summary.step("documentation", checks::documentation);
    let postgres = Postgres::start()?;
    summary.runner("cargo nextest", || run_nextest(&postgres));
    summary.step("documentation tests", doctests);

    let folder = tempfile::tempdir()?;
    let tally = folder.path().join("tally");
    if summary.step("tally", || build_to(&tally)) && front {
        summary.runner("conformance", || conformance::run(&tally));
        summary.step("metrics and alerts", || alerts::run(&tally));
        summary.step("smoke, rehearsed on the emulator", || smoke::rehearse(&tally));
        summary.step("browser tests, types", browser::types);
        summary.runner("browser tests", || browser::run(&tally, &postgres, &[]));
    } else {
        summary.not_run("conformance and browser tests", "there is no tally to run them against");
    }
    summary.finish()
}

/// A copy of the binary: the target folder may be shared with another clone that builds meanwhile.
fn build_to(copy: &Path) -> anyhow::Result<()> {
    let binary = binary::build(Profile::Test)?;
    std::fs::copy(&binary, copy).with_context(|| format!("cannot copy {}", binary.display())).map(drop)
}

fn run_nextest(postgres: &Postgres) -> anyhow::Result<Ran> {
    shell::run_for_closing_line(nextest()?.env(postgres::VARIABLE, postgres.url()), is_nextest_summary)
}

/// All unit and integration tests of the host.
pub(crate) fn nextest() -> anyhow::Result<Command> {
    let mut cargo = shell::cargo()?;
    shell::with_path(&mut cargo, &[Tool::nextest().bin()?])?;
    cargo.args(["nextest", "run", "--locked", "--workspace"]);
    Ok(cargo)
}

/// The line in which nextest says how many passed.
pub(crate) fn is_nextest_summary(line: &str) -> bool {
    line.contains("Summary [")
}

/// Nextest runs no documentation tests.
fn doctests() -> anyhow::Result<()> {
    shell::run(shell::cargo()?.args(["test", "--locked", "--workspace", "--doc"]))
}
