//! `cargo xtask lint`

use crate::summary::Summary;
use crate::{checks, system};

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    system::install_wasm_target()?;
    let mut summary = Summary::default();
    summary.step("format", checks::formatting);
    summary.step("clippy, host", checks::clippy_host);
    summary.step("clippy, wasm32", checks::clippy_wasm);
    summary.finish()
}
