//! The command line.

use backend::config::keys::KEYS;
use backend::config::{FILE_VARIABLE, Sources};
use backend::journal::{Form, Kept, Location, Server};
use clap::{Arg, ArgMatches, Args, Command as Clap, FromArgMatches, Parser, Subcommand};
use emulator::seed::Seed;
use emulator::settings::Key;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A self-hosted operator console for Amazon IVS. Not affiliated with AWS.
#[derive(Debug, Parser)]
#[command(name = "tally", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serves the console for the configured AWS accounts.
    Serve(Told),
    /// Serves the console on an emulator with a seeded account. Its state is temporary.
    Demo(Wish),
    /// Serves an IVS in memory to any SDK or to the AWS CLI.
    Emulator {
        /// Where to accept connections.
        #[arg(long, default_value = "127.0.0.1:4510", value_name = "ADDR:PORT")]
        listen: SocketAddr,
        /// What it begins with.
        #[arg(long, default_value = "demo", value_name = "demo|empty")]
        seed: Seed,
        /// The account that it plays.
        #[arg(long, default_value = "123456789012", value_name = "12 DIGITS", value_parser = account)]
        account: String,
        /// An access key that exists, with its secret: any other is refused then, and signatures are verified. May be
        /// repeated. Without one, any key will do.
        #[arg(long, value_name = "ID:SECRET", value_parser = key)]
        key: Vec<Key>,
    },
    /// Asks AWS what these credentials are and may: the caller, the account, each read operation in each region.
    Check(Told),
    /// Shows the configuration, or says everything that is wrong with it.
    #[command(subcommand)]
    Config(Look),
    /// Verifies, copies and exports a journal, and lets old rows go.
    #[command(subcommand)]
    Journal(Audit),
    /// Asks a running console whether it is alive; for container health checks.
    Health {
        /// Where it listens.
        #[arg(long, default_value = "127.0.0.1:4500", value_name = "ADDR:PORT")]
        address: SocketAddr,
    },
}

fn account(text: &str) -> Result<String, String> {
    let good = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if good { Ok(text.to_owned()) } else { Err("an account has 12 digits".to_owned()) }
}

fn key(text: &str) -> Result<Key, String> {
    match text.split_once(':') {
        Some((id, secret)) if !id.is_empty() && !secret.is_empty() => Ok(Key { id: id.to_owned(), secret: secret.to_owned() }),
        Some(_) | None => Err("write it as ID:SECRET".to_owned()),
    }
}

/// What to do with a journal.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Says whether every row is as it was written, and prints the last one's hash: kept elsewhere, it shows later
    /// whether what came before is still the same. The journal may be in use.
    Verify {
        #[command(flatten)]
        source: Source,
        #[command(flatten)]
        against: Against,
    },
    /// Writes the rows to the standard output, oldest first. The journal may be in use.
    Export {
        #[command(flatten)]
        source: Source,
        /// One JSON object a line, or CSV.
        #[arg(long = "format", default_value = "jsonl", value_name = "jsonl|csv", value_parser = form)]
        form: Form,
        /// Only the rows after this one, such as the last one of the export before.
        #[arg(long, default_value_t = 0, value_name = "SEQ")]
        after: i64,
    },
    /// Makes the tables of a database, or brings them up to date, as who owns them; consoles may then have lesser rights.
    Migrate {
        /// The file with the URL of the database, of its owner.
        #[arg(long, value_name = "FILE")]
        postgres_url_file: PathBuf,
    },
    /// Copies the journal of a file to a new one, verified. The journal may be in use. Nobody is signed in in the copy, and its
    /// jobs are cancelled. A database has its own tools for that.
    Backup {
        /// The file, such as tally-data/journal.db.
        file: PathBuf,
        /// Where to; nothing is overwritten.
        to: PathBuf,
        #[command(flatten)]
        against: Against,
    },
    /// Puts a copy where a console will find its journal; the console is stopped, and what it had is moved away first.
    Restore {
        /// What `tally journal backup` made.
        copy: PathBuf,
        /// Where to, such as tally-data/journal.db; nothing is overwritten.
        to: PathBuf,
        #[command(flatten)]
        against: Against,
    },
    /// Lets old rows go, and says so in the journal, signed. A console with a file is stopped.
    Prune {
        #[command(flatten)]
        source: Source,
        /// Rows from before this day go, in UTC, but for what is open and everything after it.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
        before: i64,
        /// The key that checkpoints are signed with, as PEM.
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
    },
}

/// Where a journal is.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Source {
    /// Its file, such as tally-data/journal.db.
    file: Option<PathBuf>,
    /// The file with the URL of its database, as `journal.postgres_url_file` names it.
    #[arg(long, value_name = "FILE")]
    postgres_url_file: Option<PathBuf>,
}

impl Source {
    /// As it is opened.
    pub(crate) fn location(self) -> Result<Location, String> {
        match (self.file, self.postgres_url_file) {
            (_, Some(url)) => Server::read(&url).map(Location::Server),
            (Some(file), None) => Ok(Location::File(file)),
            (None, None) => Err("names no journal".to_owned()), // clap asks for one of them
        }
    }
}

/// What a journal is held against beside itself, all of it kept elsewhere.
#[derive(Debug, Args)]
pub(crate) struct Against {
    /// What an earlier verification printed and was kept elsewhere: the file must still contain that row.
    #[arg(long, value_name = "SEQ:HASH")]
    pub(crate) head: Option<Kept>,
    /// The key that checkpoints are signed with, or its public half, as PEM: the signatures are checked, and rows that none
    /// covers are named.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    /// A log with checkpoints in it: the file must still contain their rows. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoints: Vec<PathBuf>,
}

fn form(text: &str) -> Result<Form, String> {
    match text {
        "jsonl" => Ok(Form::Jsonl),
        "csv" => Ok(Form::Csv),
        _ => Err("jsonl or csv".to_owned()),
    }
}

/// The beginning of a day, in microseconds since 1970.
fn day(text: &str) -> Result<i64, String> {
    let date: jiff::civil::Date = text.parse().map_err(|_| "write a day as 2026-01-31".to_owned())?;
    date.to_zoned(jiff::tz::TimeZone::UTC).map(|at| at.timestamp().as_microsecond()).map_err(|error| error.to_string())
}

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum Look {
    /// Prints what holds, each line with who said it. Credentials that strayed into it are not shown.
    Print(Told),
    /// Says everything that would be refused at start, each with its fix.
    Check(Told),
}

/// How the demo is wanted.
#[derive(Debug, Args)]
pub(crate) struct Wish {
    /// Where to accept connections. Without it, 127.0.0.1:4500 or the next free port.
    #[arg(long, value_name = "ADDR:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// A name or address that browsers reach it by beside the loopback ones; needed to leave loopback. May be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_host: Vec<String>,
    /// What is logged, in the notation of `RUST_LOG`.
    #[arg(long, default_value = "warn", value_name = "FILTER")]
    pub(crate) log_filter: String,
}

/// What the console was told by file and flags.
#[derive(Debug, Args)]
pub(crate) struct Told {
    /// The configuration file (TOML). Also from TALLY_CONFIG.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
}

impl Told {
    /// With the environment, as the configuration wants it.
    pub(crate) fn sources(self) -> Result<Sources, String> {
        let env: std::collections::BTreeMap<_, _> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())))
            .collect();
        let path = self.config.or_else(|| env.get(FILE_VARIABLE).map(PathBuf::from));
        let file = path.map(|path| match std::fs::read_to_string(&path) {
            Ok(text) => Ok((path.display().to_string(), text)),
            Err(error) => Err(format!("The configuration file {} cannot be read: {error}", path.display())),
        });
        Ok(Sources { file: file.transpose()?, env, flags: self.flags.0 })
    }
}

/// One flag for every key of the configuration, made from its table.
#[derive(Debug)]
struct Flags(Vec<(&'static str, String)>);

impl Args for Flags {
    fn augment_args(command: Clap) -> Clap {
        KEYS.iter().fold(command, |command, key| {
            let help = format!("{} [environment: {}]", key.meaning, key.variable());
            command.arg(Arg::new(key.name).long(key.flag()).value_name(key.kind.placeholder()).help(help).help_heading("Configuration"))
        })
    }

    fn augment_args_for_update(command: Clap) -> Clap {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self(KEYS.iter().filter_map(|key| Some((key.name, matches.get_one::<String>(key.name)?.clone()))).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
