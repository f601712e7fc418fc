//! `cargo xtask demo`: from a fresh clone to a console in the browser.

use crate::binary::{self, Profile};
use crate::{front, shell};

/// What is passed goes to `tally demo`.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    front::install_tools()?;
    front::build()?;
    let binary = binary::build(Profile::Dev)?;
    shell::run(shell::command(binary).arg("demo").args(arguments))
}
