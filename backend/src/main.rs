//! The composition root: what is started with what. The only place that knows the emulator: the library
//! does not.

mod audit;
mod check;
mod cli;
mod console;
mod demo;
mod emulate;
mod health;

use backend::config::{Config, Finding, Surroundings};
use clap::Parser;
use cli::{Cli, Command, Look, Told};
use emulator::Settings;
use std::process::ExitCode;

/// What a command ends with: nothing to say, or a sentence for the person who started it.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    match command {
        Command::Serve(told) => runtime()?.block_on(console::serve(load(told)?)),
        Command::Demo(wish) => runtime()?.block_on(demo::run(wish)),
        Command::Emulator { listen, seed, account, key } => {
            let keys = (!key.is_empty()).then_some(key);
            runtime()?.block_on(emulate::run(listen, seed, Settings { account, keys, ..Settings::default() }))
        }
        Command::Check(told) => runtime()?.block_on(check::run(load(told)?)),
        Command::Config(Look::Print(told)) => {
            print!("{}", backend::config::show::print(&told.sources()?));
            Ok(())
        }
        Command::Config(Look::Check(told)) => {
            load(told)?;
            println!("Nothing to correct.");
            Ok(())
        }
        Command::Journal(what) => runtime()?.block_on(audit::run(what)),
        Command::Health { address } => health::ask(address),
    }
}

fn load(told: Told) -> Result<Config, String> {
    Config::load(&told.sources()?, &Surroundings::of_process()).map_err(|findings| all(&findings))
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|error| format!("No threads to run on: {error}"))
}

/// Every finding, each with its fix.
fn all(findings: &[Finding]) -> String {
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    format!("{} to correct before it can start.\n{}", findings.len(), lines.join("\n"))
}
