//! What reads the code without running it.

use std::process::Command;

use crate::{shell, system};

/// Formatting as `rustfmt.toml` says.
pub(crate) fn formatting() -> anyhow::Result<()> {
    shell::run(shell::cargo()?.args(["fmt", "--all", "--check"]))
}

/// Clippy on everything a host builds, tests included.
pub(crate) fn clippy_host() -> anyhow::Result<()> {
    shell::run(deny_warnings(shell::cargo()?.args(["clippy", "--locked", "--workspace", "--all-targets"])))
}

/// Clippy on the front end as the browser gets it.
pub(crate) fn clippy_wasm() -> anyhow::Result<()> {
    shell::run(deny_warnings(shell::cargo()?.args(["clippy", "--locked", "--package", "frontend", "--target", system::WASM])))
}

/// Every page of the documentation, private items too: a broken link is an error.
pub(crate) fn documentation() -> anyhow::Result<()> {
    let mut cargo = shell::cargo()?;
    cargo.args(["doc", "--locked", "--workspace", "--no-deps", "--document-private-items"]);
    shell::run(cargo.env("RUSTDOCFLAGS", "-D warnings"))
}

fn deny_warnings(clippy: &mut Command) -> &mut Command {
    clippy.args(["--", "-D", "warnings"])
}
