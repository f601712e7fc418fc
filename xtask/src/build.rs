//! `cargo xtask build`: one release binary with the front end inside.

use crate::binary::{self, Profile};
use crate::front;

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    front::install_tools()?;
    front::build()?;
    let binary = binary::build(Profile::Release)?;
    println!("\n{}", binary.display());
    Ok(())
}
