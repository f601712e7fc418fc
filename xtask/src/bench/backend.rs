//! What the backend costs: a list that no cache has, beside the least server that could answer it (`minimal`, an example of
//! the emulator). Both are release builds and ask one emulator without its limits of rates.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::server::{Answer, Connection, Server, Session};
use crate::system::VALGRIND;
use crate::{paths, shell};

/// Calls timed for each server, by turns.
const TIMED: u32 = 400;
/// Calls that come before, untimed: they load what the later ones have.
const FIRST: u32 = 100;
/// Calls whose instructions are counted.
const COUNTED: u32 = 40;
/// The console sends IVS 3 calls of an operation a second, for each account and region: this far apart none waits.
const APART: Duration = Duration::from_millis(400);
/// The console's accounts, all of them one on the emulator. Asked by turns, each has its own rate, so that a loop without
/// pauses is possible.
const ACCOUNTS: u32 = 100;
/// How long a server rests before its memory is read.
const REST: Duration = Duration::from_secs(5);

pub(super) fn run() -> anyhow::Result<()> {
    if !VALGRIND.is_installed() {
        VALGRIND.install().with_context(|| format!("valgrind counts the instructions: {}", VALGRIND.by_hand()))?;
    }
    let tally = binary::build(Profile::Release)?;
    let minimal = minimal()?;
    let folder = tempfile::tempdir()?;
    let emulator = Server::start(shell::command(&tally).args(["emulator", "--listen", "127.0.0.1:0", "--seed", "demo"]))?;
    emulator.connect()?.post("/_emulator/reset", "", r#"{"seed":"demo","rates":"unlimited"}"#)?.ok()?;
    let bench = Bench { tally, minimal, folder: folder.path().to_owned(), emulator: emulator.url() };

    println!("\n| measure | ours | minimal | |\n|---|--:|--:|---|");
    bench.times()?;
    bench.instructions()
}

/// The example, in release.
fn minimal() -> anyhow::Result<PathBuf> {
    let mut cargo = shell::cargo()?;
    shell::run(cargo.args(["build", "--locked", "--release", "--package", "emulator", "--example", "minimal"]))?;
    Ok(paths::target()?.join("release/examples/minimal"))
}

struct Bench {
    tally: PathBuf,
    minimal: PathBuf,
    folder: PathBuf,
    emulator: String,
}

impl Bench {
    /// Added to the call itself, and memory at rest.
    fn times(&self) -> anyhow::Result<()> {
        let (resting, minimal) = (self.console(None, 1)?, self.least(None)?);
        std::thread::sleep(REST);
        println!("| memory at rest, MB | {:.1} | {:.1} | at most 20 |", resident(&resting)?, resident(&minimal)?);
        drop(resting);
        let console = self.console(None, ACCOUNTS)?;
        let (mut ours, mut theirs) = (Client::of_console(&console, ACCOUNTS)?, Client::of_minimal(&minimal)?);
        let (mut whole, mut least, mut direct) = (Vec::new(), Vec::new(), Vec::new());
        for turn in 0..FIRST + TIMED {
            let (our_time, _) = ours.call(turn)?;
            let (their_time, call) = theirs.call(turn)?;
            if turn >= FIRST {
                whole.push(our_time);
                least.push(their_time);
                direct.push(call.context("the minimal server says how long its call took")?);
            }
        }
        let [whole, least, direct] = [whole, least, direct].map(median);
        println!("| list of up to 100 channels, µs | {whole:.0} | {least:.0} | the SDK's call alone {direct:.0} |");
        println!("| added to the SDK's call, µs | {:.0} | {:.0} | at most 100 |", whole - direct, least - direct);
        Ok(())
    }

    /// Instructions in user space, counted by valgrind: those of a run with calls less those of an equally long run without.
    fn instructions(&self) -> anyhow::Result<()> {
        let mut each = [0.0; 2];
        for (cost, ours) in each.iter_mut().zip([true, false]) {
            let mut counted = [0.0; 2];
            for (sum, calls) in counted.iter_mut().zip([COUNTED, 0]) {
                let out = self.folder.join("callgrind.out");
                let server = if ours { self.console(Some(&out), 1)? } else { self.least(Some(&out))? };
                let mut client = if ours { Client::of_console(&server, 1)? } else { Client::of_minimal(&server)? };
                // The first calls load what the later ones have.
                for turn in 0..5 {
                    client.call(turn)?;
                    std::thread::sleep(APART);
                }
                for turn in 5..5 + COUNTED {
                    if calls > 0 {
                        client.call(turn)?;
                    }
                    std::thread::sleep(APART);
                }
                // A server that ends waits for who is still connected.
                drop(client);
                *sum = instructions(server, &out)?;
            }
            *cost = (counted[0] - counted[1]) / f64::from(COUNTED);
        }
        let [ours, least] = each;
        println!("| million instructions for a list | {:.2} | {:.2} | {:.2} times, at most 1.25 |", ours / 1e6, least / 1e6, ours / least);
        Ok(())
    }

    /// The console on the emulator, with that many accounts.
    fn console(&self, count: Option<&Path>, accounts: u32) -> anyhow::Result<Server> {
        let data = tempfile::tempdir_in(&self.folder)?.keep();
        let mut listed = String::new();
        for n in 0..accounts {
            write!(listed, r#"{{ name = "a{n}", regions = ["eu-west-1"], endpoint_url = "{}" }}, "#, self.emulator)?;
        }
        let accounts = format!("[{}]", listed.trim_end_matches(", "));
        let mut command = counted(&self.tally, count);
        command.args(["serve", "--listen", "127.0.0.1:0", "--accounts", &accounts, "--log-filter", "warn", "--data-dir"]).arg(data);
        Server::start(credentials(&mut command))
    }

    fn least(&self, count: Option<&Path>) -> anyhow::Result<Server> {
        let mut command = counted(&self.minimal, count);
        command.arg("127.0.0.1:0").env("AWS_REGION", "eu-west-1").env("AWS_ENDPOINT_URL", &self.emulator);
        Server::start(credentials(&mut command))
    }
}

fn credentials(command: &mut Command) -> &mut Command {
    command.env("AWS_ACCESS_KEY_ID", "demo").env("AWS_SECRET_ACCESS_KEY", "demo").env_remove("AWS_PROFILE")
}

fn counted(program: &Path, count: Option<&Path>) -> Command {
    let Some(out) = count else { return shell::command(program) };
    let mut valgrind = shell::command("valgrind");
    valgrind.args(["--tool=callgrind", "--quiet"]).arg(format!("--callgrind-out-file={}", out.display())).arg(program);
    valgrind
}

/// What a server holds of the machine's memory, in MB.
fn resident(server: &Server) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process()))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.split_whitespace().next().unwrap_or_default().parse::<f64>()? / 1024.0)
}

/// Ends a server and reads how many instructions it took.
fn instructions(server: Server, out: &Path) -> anyhow::Result<f64> {
    server.stop()?;
    let written = std::fs::read_to_string(out).context("valgrind wrote nothing")?;
    let total = written.lines().find_map(|line| line.strip_prefix("totals:").or_else(|| line.strip_prefix("summary:")));
    total.context("valgrind counted nothing")?.trim().parse().context("valgrind's count")
}

/// Who asks one of them for lists.
enum Client {
    Console(Session, u32),
    Minimal(Connection),
}

impl Client {
    fn of_console(server: &Server, accounts: u32) -> anyhow::Result<Self> {
        Ok(Self::Console(server.sign_in()?, accounts))
    }

    fn of_minimal(server: &Server) -> anyhow::Result<Self> {
        Ok(Self::Minimal(server.connect()?))
    }

    /// How long a list took, and of that the SDK's call where it is said, in µs. Every turn asks for another number of
    /// channels, all of which fit: no two are one question, and the answers are the same.
    fn call(&mut self, turn: u32) -> anyhow::Result<(f64, Option<f64>)> {
        let body = format!(r#"{{"request":{{"maxResults":{}}}}}"#, 100 - turn % 60);
        let started = Instant::now();
        let answer: Answer = match self {
            Self::Console(session, accounts) => session.post(&format!("/api/ivs/a{}/eu-west-1/ListChannels", turn % *accounts), &body)?,
            Self::Minimal(connection) => connection.post("/", "", &body)?,
        };
        let took = started.elapsed().as_secs_f64() * 1e6;
        let answer = answer.ok()?;
        if !answer.body.contains("arn:aws:ivs:") {
            bail!("no channels: {}", answer.body);
        }
        Ok((took, answer.header("x-sdk-micros").and_then(|micros| micros.parse().ok())))
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
