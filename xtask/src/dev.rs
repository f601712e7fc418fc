//! `cargo xtask dev`: the front end rebuilt and reloaded by Trunk, the backend rebuilt and started again, on each change.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, SystemTime};

use anyhow::Context as _;

use crate::binary::{self, Profile};
use crate::{front, paths, shell};

const PORT: u16 = 8080;
/// What the backend is made of.
const WATCHED: [&str; 5] = ["backend/src", "backend/migrations", "contract/src", "emulator/src", "Cargo.lock"];
const PAUSE: Duration = Duration::from_millis(500);

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    front::install_tools()?;
    let port = free_port()?;
    let mut backend = None;
    let mut built = None;
    let mut trunk = Running(serve(port)?);
    loop {
        let newest = newest_change();
        if built != newest {
            built = newest;
            // What does not compile leaves the last one running; the compiler has said why.
            if let Ok(binary) = binary::build(Profile::Dev) {
                drop(backend.take());
                backend = Some(Running(start(&binary, port, arguments)?));
            }
        }
        if let Some(status) = trunk.0.try_wait()? {
            anyhow::bail!("trunk ended with {status}");
        }
        std::thread::sleep(PAUSE);
    }
}

/// A program that ends with this one.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Trunk serves the files and passes `/api` on. It calls the backend by its address without the port.
fn serve(backend: u16) -> anyhow::Result<Child> {
    let mut trunk = front::trunk()?;
    trunk.args(["serve", "--offline", "true", "--skip-version-check", "--address", "127.0.0.1", "--port", &PORT.to_string()]);
    trunk.args(["--proxy-backend", &format!("http://127.0.0.1:{backend}/api/"), "--proxy-no-system-proxy"]);
    trunk.spawn().context("cannot start trunk")
}

fn start(binary: &Path, port: u16, arguments: &[String]) -> anyhow::Result<Child> {
    let mut tally = shell::command(binary);
    tally.args(["demo", "--listen", &format!("127.0.0.1:{port}"), "--allow-host", "127.0.0.1"]).args(arguments);
    let mut child = tally.stdout(Stdio::piped()).spawn().context("cannot start tally")?;
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || show(output, port));
    }
    Ok(child)
}

/// What the backend says, with the address that reloads.
fn show(output: ChildStdout, port: u16) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        println!("{}", line.replace(&format!("127.0.0.1:{port}"), &format!("127.0.0.1:{PORT}")));
    }
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// When any watched file was last written.
fn newest_change() -> Option<SystemTime> {
    WATCHED.iter().filter_map(|path| newest_below(&paths::root().join(path))).max()
}

fn newest_below(path: &PathBuf) -> Option<SystemTime> {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).ok()?;
        return entries.filter_map(Result::ok).filter_map(|entry| newest_below(&entry.path())).max();
    }
    std::fs::metadata(path).ok()?.modified().ok()
}
