//! Prometheus's own promtool on what is shipped for it: the alert rules, and the metrics of a console that runs.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde_json::json;

use crate::server::{Connection, Server};
use crate::{paths, shell, system};

/// The Debian package that has it, beside a server that the tests do without.
const PACKAGE: &str = "prometheus";
/// How long the console may take for its account check, and how often it is asked.
const TRIES: u32 = 50;
const APART: Duration = Duration::from_millis(200);

/// The machine's own, or the one that was taken out of the package.
fn promtool() -> anyhow::Result<PathBuf> {
    shell::find("promtool").map_or_else(kept, Ok)
}

fn kept() -> anyhow::Result<PathBuf> {
    Ok(paths::cache()?.join("tools").join(PACKAGE).join("usr/bin/promtool"))
}

pub(super) fn is_installed() -> bool {
    promtool().is_ok_and(|promtool| promtool.is_file())
}

/// What a person would type to install it by hand.
pub(super) fn by_hand() -> anyhow::Result<String> {
    let folder = paths::cache()?.join("tools").join(PACKAGE);
    Ok(format!("apt-get download {PACKAGE} && dpkg-deb --extract {PACKAGE}_*.deb {}", folder.display()))
}

/// Takes it out of the package: installed, that would start a server on this machine.
pub(super) fn install() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let download = || shell::run(shell::command("apt-get").args(["download", PACKAGE]).current_dir(folder.path()));
    if download().is_err() {
        system::apt_update()?;
        download()?;
    }
    let package = std::fs::read_dir(folder.path())?
        .filter_map(Result::ok)
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|end| end == "deb"));
    shell::run(shell::command("dpkg-deb").arg("--extract").arg(package.context("apt-get downloaded nothing")?).arg(folder.path()))?;
    let kept = kept()?;
    std::fs::create_dir_all(kept.parent().context("it lies in no folder")?)?;
    // It alone: the server beside it is large.
    std::fs::copy(folder.path().join("usr/bin/promtool"), kept).map(drop).context("the package has no promtool")
}

/// That the rules can be read, that each fires when it should and none when all is well, and that what a console says is what
/// Prometheus reads.
pub(super) fn run(tally: &Path) -> anyhow::Result<()> {
    let folder = paths::root().join("docs/deploying");
    let promtool = |arguments: &[&str]| {
        let mut command = shell::command(promtool()?);
        command.args(arguments).current_dir(&folder);
        anyhow::Ok(command)
    };
    shell::run(&mut promtool(&["check", "rules", "alerts.yml"])?)?;
    shell::run(&mut promtool(&["test", "rules", "alerts_test.yml"])?)?;
    let page = scraped(tally)?;
    let mut check = promtool(&["check", "metrics"])?;
    println!("$ {} < the metrics of a console, {} lines", shell::shown(&check), page.lines().count());
    let mut running = check.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    running.stdin.take().context("promtool reads nothing")?.write_all(page.as_bytes())?;
    let said = running.wait_with_output()?;
    let text = [said.stdout, said.stderr].map(|text| String::from_utf8_lossy(&text).trim().to_owned()).concat();
    ensure!(said.status.success() && text.is_empty(), "promtool finds fault with the metrics: {text}");
    Ok(())
}

/// The metrics of a console on an emulator, after somebody has used it.
fn scraped(tally: &Path) -> anyhow::Result<String> {
    let emulator = Server::start(shell::command(tally).args(["emulator", "--listen", "127.0.0.1:0", "--seed", "empty"]))?;
    let accounts = format!("[{{ name = \"main\", regions = [\"us-west-2\"], endpoint_url = {:?} }}]", emulator.url());
    // A free one, for as long as nobody else takes it meanwhile.
    let metrics = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let mut serve = shell::command(tally);
    serve.args(["serve", "--listen", "127.0.0.1:0", "--metrics-listen", &metrics, "--single-user-role", "admin", "--log-filter", "warn"]);
    let console = Server::start(serve.args(["--accounts", &accounts]))?;
    let mut session = console.sign_in()?;
    let made = json!({ "request": { "name": "measured" } });
    for _ in 0..TRIES {
        if session.is_ready()? {
            session.ask("/api/ivs/main/us-west-2/CreateChannel", &made)?;
            return Ok(Connection::to(&metrics)?.get("/metrics")?.ok()?.body);
        }
        sleep(APART);
    }
    bail!("the account check does not pass")
}
