//! The `tally` binary, with the front end inside.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::{paths, shell};

/// How it is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Quick to build: the demo and the tests run on it.
    Dev,
    /// What is shipped.
    Release,
}

/// Builds `tally` and says where it is. The front end must be built before.
pub(crate) fn build(profile: Profile) -> anyhow::Result<PathBuf> {
    let mut cargo = shell::cargo()?;
    cargo.args(["build", "--locked", "--package", "backend", "--bin", "tally"]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    shell::run(&mut cargo)?;
    let binary = paths::target()?.join(folder).join(format!("tally{}", std::env::consts::EXE_SUFFIX));
    binary.canonicalize().with_context(|| format!("{} is not there", binary.display()))
}
