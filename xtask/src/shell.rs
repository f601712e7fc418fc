//! Running programs: shown before they run, and an error that names them when they fail.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, anyhow, bail};

use crate::paths;
use crate::summary::Ran;

/// A program to be run at the top of the clone.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command
}

/// Cargo, with this project's tools on its PATH and the shared target folder. `RUSTFLAGS` of the caller are kept.
pub(crate) fn cargo() -> anyhow::Result<Command> {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", paths::target()?);
    // Set by the `cargo run` that started this program; they would make build scripts of others run again.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    Ok(command)
}

/// Runs it with the terminal as it is.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    println!("$ {}", shown(command));
    let status = command.status().with_context(|| format!("cannot start {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs it with its output passed on line by line, and keeps the last line for which `closing` is true: a test runner's
/// own count of what passed.
pub(crate) fn run_for_closing_line(command: &mut Command, closing: fn(&str) -> bool) -> anyhow::Result<Ran> {
    println!("$ {}", shown(command));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    let errors = child.stderr.take().map(|stream| std::thread::spawn(move || pass_on(stream, closing)));
    let from_output = child.stdout.take().and_then(|stream| pass_on(stream, closing));
    let from_errors = errors.and_then(|thread| thread.join().ok().flatten());
    let status = child.wait()?;
    let ended = if status.success() { Ok(()) } else { Err(anyhow!("{} ended with {status}", shown(command))) };
    Ok(Ran { ended, closing: from_output.or(from_errors) })
}

fn pass_on(stream: impl Read, closing: fn(&str) -> bool) -> Option<String> {
    let mut last = None;
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        // A closed terminal is no reason to stop the tests.
        writeln!(std::io::stdout(), "{line}").ok();
        if closing(&line) {
            last = Some(line.trim().to_owned());
        }
    }
    last
}

/// What a quiet program printed, or the error it ended with.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("cannot start {}", shown(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}: {}", shown(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The file that typing `program` would run.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Puts folders before the PATH of a command.
pub(crate) fn with_path(command: &mut Command, folders: &[PathBuf]) -> anyhow::Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env("PATH", std::env::join_paths(folders.iter().cloned().chain(std::env::split_paths(&path)))?);
    Ok(())
}

pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
