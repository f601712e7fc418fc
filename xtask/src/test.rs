//! `cargo xtask test`: installs what the tests need, runs all of them, and ends with the runners' own counts.

use anyhow::bail;

use crate::summary::Summary;
use crate::tools::Tool;
use crate::{checks, shell, system};

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let install = match arguments {
        [] => true,
        [only] if only == "--no-install" => false,
        _ => bail!("usage: cargo xtask test [--no-install]"),
    };
    needs(install)?;
    let mut summary = Summary::default();
    summary.step("format", checks::formatting);
    summary.step("clippy, host", checks::clippy_host);
    summary.step("clippy, wasm32", checks::clippy_wasm);
    summary.step("documentation", checks::documentation);
    summary.runner("cargo nextest", || nextest().unwrap_or_else(|error| (Err(error), None)));
    summary.step("documentation tests", doctests);
    summary.finish()
}

/// Lists what the tests need, then installs what is missing or, with `--no-install`, says how to.
fn needs(install: bool) -> anyhow::Result<()> {
    let nextest = Tool::nextest();
    println!("the tests need:");
    let mut missing = Vec::new();
    let mut need = |name: String, there: bool, by_hand: String| {
        println!("  {name:<32} {}", if there { "there" } else { "missing" });
        if !there {
            missing.push(by_hand);
        }
    };
    need(format!("rustup target {}", system::WASM), system::has_wasm_target(), format!("rustup target add {}", system::WASM));
    need(format!("{} {}", nextest.name, nextest.version), nextest.is_installed()?, nextest.by_hand()?);
    let browser = &system::CHROMIUM;
    need(browser.program.to_owned(), browser.is_installed(), browser.by_hand());
    if !install && !missing.is_empty() {
        bail!("missing, and --no-install was given; the commands are:\n  {}", missing.join("\n  "));
    }
    system::install_wasm_target()?;
    browser.install()?;
    nextest.install()
}

fn nextest() -> anyhow::Result<(anyhow::Result<()>, Option<String>)> {
    let mut cargo = shell::cargo()?;
    shell::with_path(&mut cargo, &[Tool::nextest().bin()?])?;
    cargo.args(["nextest", "run", "--locked", "--workspace", "--no-tests", "pass"]);
    Ok(shell::run_for_closing_line(&mut cargo, |line| line.trim_start().starts_with("Summary [")))
}

/// Nextest runs no documentation tests.
fn doctests() -> anyhow::Result<()> {
    shell::run(shell::cargo()?.args(["test", "--locked", "--workspace", "--doc"]))
}
