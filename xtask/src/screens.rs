//! `cargo xtask screens`: the pictures of the guide and of the README, taken anew from the demo as it is now.

use crate::binary::{self, Profile};
use crate::front;
use crate::test::browser;

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    front::install_tools()?;
    front::build()?;
    browser::screens(&binary::build(Profile::Dev)?)?;
    println!("docs/images/ is new: look at each picture before it is committed");
    Ok(())
}
