//! The `tally` binary, with the front end inside.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::{paths, shell};

/// How it is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// Quick to build: the demo runs on it.
    Dev,
    /// The same, with the features of the dependencies that `cargo nextest run` built: nothing is compiled a second time.
    Test,
    /// What is shipped.
    Release,
}

/// Builds `tally` and says where it is. The front end must be built before.
pub(crate) fn build(profile: Profile) -> anyhow::Result<PathBuf> {
    let mut cargo = shell::cargo()?;
    cargo.args(["build", "--locked"]);
    let (what, folder): (&[&str], _) = match profile {
        Profile::Dev => (&["--package", "backend", "--bin", "tally"], "debug"),
        Profile::Test => (&["--workspace", "--bins", "--tests"], "debug"),
        Profile::Release => (&["--package", "backend", "--bin", "tally", "--release"], "release"),
    };
    cargo.args(what);
    shell::run(&mut cargo)?;
    let binary = paths::target()?.join(folder).join(format!("tally{}", std::env::consts::EXE_SUFFIX));
    binary.canonicalize().with_context(|| format!("{} is not there", binary.display()))
}
