//! A server of ours that a command starts to ask it things: on a free port, in a temporary folder, gone with the command.

mod http;
mod session;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;

pub(crate) use http::{Answer, Connection};
pub(crate) use session::Session;

use crate::shell;

/// It runs for as long as this is held.
pub(crate) struct Server {
    child: Child,
    address: Address,
    /// Its working folder, removed when the server is gone.
    _folder: tempfile::TempDir,
}

/// Where it listens, from the first line that names an address.
struct Address {
    /// `127.0.0.1:PORT`
    authority: String,
    /// The token that signs in once, of a console.
    token: Option<String>,
}

impl Server {
    /// Starts it and waits for the address that it prints first.
    ///
    /// # Errors
    /// It cannot be started, or ends without printing an address.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        command.current_dir(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start {}", shell::shown(command)))?;
        let output = child.stdout.take();
        let mut server = Self { child, address: Address { authority: String::new(), token: None }, _folder: folder };
        let mut lines = BufReader::new(output.context("the server has no output")?).lines().map_while(Result::ok);
        let address = lines.find_map(|line| address(&line));
        // Read on: a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        server.address = address.with_context(|| format!("{} ended without printing an address", shell::shown(command)))?;
        Ok(server)
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address.authority)
    }

    /// A connection to it.
    pub(crate) fn connect(&self) -> anyhow::Result<Connection> {
        Connection::to(&self.address.authority)
    }

    /// Signs in to a console with its launch token, which works once.
    pub(crate) fn sign_in(&self) -> anyhow::Result<Session> {
        Session::open(self.connect()?, self.address.token.as_deref().context("it printed no launch token")?)
    }

    /// The id of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, as Ctrl-C does, and waits until it has.
    pub(crate) fn stop(mut self) -> anyhow::Result<()> {
        shell::run(shell::command("kill").arg("-INT").arg(self.process().to_string()))?;
        self.child.wait().map(drop).context("it does not end")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which whoever asks it has noticed.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The address in a line that names one.
fn address(line: &str) -> Option<Address> {
    let (_, rest) = line.split_once("http://")?;
    let authority: String = rest.chars().take_while(|character| character.is_ascii_alphanumeric() || ".:".contains(*character)).collect();
    let token = rest.split_once("#t=").map(|(_, token)| token.chars().take_while(char::is_ascii_alphanumeric).collect());
    Some(Address { authority, token })
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_found_in_a_sentence() {
        let found = address("open http://127.0.0.1:4500/#t=abc now").unwrap();
        assert_eq!((found.authority.as_str(), found.token.as_deref()), ("127.0.0.1:4500", Some("abc")));
        assert!(address("http://127.0.0.1:4500").unwrap().token.is_none());
        assert!(address("listening on 127.0.0.1:4500").is_none());
    }
}
