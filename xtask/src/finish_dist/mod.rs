//! `cargo xtask finish-dist`: what Trunk leaves to us, run by it after each build.
//!
//! The console's content-security policy allows no inline script, and Trunk starts the app with one. So the start moves into
//! `boot.js`, which gets the names of the app's files and a hashed name of its own. The app is cut into its parts, which
//! Trunk cannot do, and loses what only a debugger reads. Then each text file gets its compressed siblings, so that the server
//! compresses nothing.

mod compress;
mod names;
mod page;
mod script;
mod split;
mod strip;
mod styles;

use std::path::Path;

use anyhow::Context as _;

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is not set: Trunk runs this, not a person")?;
    let staging = Path::new(&staging);
    let release = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let app = split::split(staging)?;
    page::start_from_boot(staging, &app)?;
    styles::merge(staging)?;
    // `trunk serve` adds a script of its own that reloads the page, and nobody waits for compression.
    if release {
        page::refuse_inline(&std::fs::read_to_string(staging.join(page::INDEX))?)?;
        compress::folder(staging)?;
    }
    Ok(())
}
