//! A server that a suite runs against: from a temporary folder, on a free port, gone with the suite.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;

pub(super) struct Server {
    child: Child,
    url: String,
    /// Its working folder, removed when the server is gone.
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts it and waits for the address that it prints first.
    pub(super) fn start(binary: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new(binary);
        command.args(arguments).current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", binary.display()))?;
        let output = child.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let url = lines.find_map(|line| address(&line));
        // Read on: a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        let mut server = Self { child, url: String::new(), _folder: folder };
        server.url = url.with_context(|| format!("`tally {}` ended without printing an address", arguments.join(" ")))?;
        Ok(server)
    }

    /// `http://127.0.0.1:PORT`
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which its suite will have noticed.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The origin in a line that names one.
fn address(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("http://")?;
    let authority: String = rest.chars().take_while(|character| character.is_ascii_alphanumeric() || ".:".contains(*character)).collect();
    Some(format!("http://{authority}"))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_found_in_a_sentence() {
        assert_eq!(address("open http://127.0.0.1:4500/#t=abc now").as_deref(), Some("http://127.0.0.1:4500"));
        assert_eq!(address("listening on 127.0.0.1:4500"), None);
    }
}
