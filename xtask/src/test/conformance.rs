//! boto3 and the AWS CLI against the emulator.

use std::path::{Path, PathBuf};

use super::python;
use crate::paths;
use crate::server::Server;
use crate::shell;
use crate::summary::Ran;

pub(super) fn folder() -> PathBuf {
    paths::root().join("emulator/tests/conformance")
}

pub(super) fn run(tally: &Path) -> anyhow::Result<Ran> {
    let emulator = Server::start(shell::command(tally).args(["emulator", "--listen", "127.0.0.1:0", "--seed", "empty"]))?;
    let mut pytest = shell::command(python::bin()?.join("pytest"));
    pytest.current_dir(folder()).env("TALLY_EMULATOR", emulator.url()).env("PYTHONDONTWRITEBYTECODE", "1");
    shell::with_path(&mut pytest, &[python::bin()?])?;
    shell::run_for_closing_line(&mut pytest, |line| line.contains(" passed") || line.contains(" failed"))
}
