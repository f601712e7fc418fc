//! `cargo xtask postgres`: a PostgreSQL of the tests' own. It lies in a temporary folder, listens on a socket there alone, and is gone
//! with whoever started it.

use std::fmt::Write as _;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::shell;

/// By this the tests know where it is: a URL of a superuser.
pub(crate) const VARIABLE: &str = "TEST_POSTGRES_URL";
/// Where Debian has its versions.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Where every user may come, by a name that is short enough for a socket.
const TEMPORARY: &str = "/tmp";
/// Started as root, it serves as this user, whom Debian's package makes.
const USER: &str = "postgres";

/// A server, for as long as it is held.
pub(crate) struct Postgres {
    folder: tempfile::TempDir,
    server: Child,
}

/// The folder of the newest version's programs, if there is one.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir(DEBIAN).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.parse::<u32>().ok());
    let bin = |version: u32| Path::new(DEBIAN).join(version.to_string()).join("bin");
    versions.filter(|version| bin(*version).join("initdb").exists()).max().map(bin)
}

/// Runs one until somebody wants no more of it.
pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    let started = Postgres::start()?;
    println!("export {VARIABLE}='{}'", started.url());
    println!("Nothing here is kept. Enter ends it.");
    // Not Ctrl-C, which would end this before it has cleared up.
    std::io::stdin().read_line(&mut String::new()).map(drop).context("nothing can be read")
}

impl Postgres {
    /// Makes one, and waits until it answers. What it writes is synced to no disk.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let bin = programs().context("PostgreSQL is not installed; the command is: sudo apt-get install postgresql")?;
        let folder = tempfile::Builder::new().prefix("tally-postgres-").tempdir_in(TEMPORARY)?;
        let root = shell::output(shell::command("id").arg("-u"))?.trim() == "0";
        if root {
            let id = |which| anyhow::Ok(shell::output(shell::command("id").args([which, USER]))?.trim().parse::<u32>()?);
            chown(folder.path(), Some(id("-u")?), Some(id("-g")?))?;
        }
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        let as_user = |program: &str| {
            let mut command = shell::command(if root { Path::new("setpriv").to_owned() } else { bin.join(program) });
            if root {
                command.args(["--reuid", USER, "--regid", USER, "--clear-groups"]).arg(bin.join(program));
            }
            command.current_dir(folder.path());
            command
        };
        let data = folder.path().join("data");
        let mut initdb = as_user("initdb");
        initdb.args(["--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust", "-U", USER, "-D"]).arg(&data);
        shell::output(&mut initdb)?;
        let mut settings = String::new();
        for (name, value) in [
            ("listen_addresses", "''"),
            ("fsync", "off"),
            ("full_page_writes", "off"),
            ("max_connections", "300"),
            ("log_min_messages", "fatal"),
            ("log_min_error_statement", "panic"),
        ] {
            writeln!(settings, "{name} = {value}")?;
        }
        writeln!(settings, "unix_socket_directories = '{}'", folder.path().display())?;
        let file = folder.path().join("tests.conf");
        std::fs::write(&file, settings)?;
        let include = format!("config_file={}", file.display());
        let mut postgres: Command = as_user("postgres");
        postgres.arg("-D").arg(&data).args(["-c", &include]).args(["-c", &format!("hba_file={}/pg_hba.conf", data.display())]);
        postgres.args(["-c", &format!("ident_file={}/pg_ident.conf", data.display())]).stdout(Stdio::null());
        let server = postgres.spawn().context("PostgreSQL cannot be started")?;
        let mut started = Self { folder, server };
        started.answers(&bin)?;
        Ok(started)
    }

    /// Of its superuser.
    pub(crate) fn url(&self) -> String {
        format!("postgres://{USER}@localhost/postgres?host={}", self.folder.path().display())
    }

    fn answers(&mut self, bin: &Path) -> anyhow::Result<()> {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            let asked = shell::command(bin.join("pg_isready")).args(["-q", "-U", USER, "-h"]).arg(self.folder.path()).status()?;
            if asked.success() {
                return Ok(());
            }
            if let Some(ended) = self.server.try_wait()? {
                bail!("PostgreSQL ended at its start: {ended}");
            }
            if Instant::now() > until {
                bail!("PostgreSQL does not answer");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Whoever is still connected is thrown out, and nothing is left behind.
        let stopped = shell::command("kill").args(["-INT", &self.server.id().to_string()]).status();
        if stopped.is_ok_and(|stopped| stopped.success()) {
            let _ended = self.server.wait();
        }
    }
}
