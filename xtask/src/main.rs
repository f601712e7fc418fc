//! Every command of the project, in one place.
//!
//! `cargo xtask` alone lists them. A command is one file with one `run`; what two of them need is in `paths` (where things
//! lie), `shell` (running programs) and `tools` (programs of pinned versions, in a folder of the project's own).

mod bench;
mod binary;
mod build;
mod checks;
mod clones;
mod demo;
mod dev;
mod dist;
mod finish_dist;
mod front;
mod hex;
mod lint;
mod notices;
mod paths;
mod postgres;
mod sbom;
mod screens;
mod server;
mod shell;
mod smoke;
mod soak;
mod summary;
mod supply_chain;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

/// A command: what is typed, what may follow it, what it does.
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> anyhow::Result<()>,
}

impl Command {
    fn usage(&self) -> String {
        let Self { name, arguments, about, .. } = self;
        format!("  {:<49} {about}", format!("{name} {arguments}"))
    }
}

const COMMANDS: &[Command] = &[
    entry("demo", "[ARGUMENTS]", "build, and run `tally demo`: the console on an emulated IVS", demo::run),
    entry("test", "[--no-install]", "install what the tests need, then run all of them", test::run),
    entry("dev", "[ARGUMENTS]", "the demo, rebuilt and reloaded on each change", dev::run),
    entry("lint", "", "formatting and clippy, for the host and for wasm32, warnings as errors", lint::run),
    entry("build", "", "one release binary with the front end inside", build::run),
    entry("dist", "", "a tarball of what is shipped, with its checksum", dist::run),
    entry("bench", "[bytes] [backend] [browser]", "what the app weighs, what the backend costs, and times in Chromium", bench::run),
    entry("soak", "", "what is too long for `test`: more cases, more repeats", soak::run),
    entry("smoke", "--profile NAME [--region REGION] [--write]", "the binary against a real AWS account", smoke::run),
    entry("postgres", "", "a PostgreSQL for tests that are run by hand", postgres::run),
    entry("screens", "", "take the pictures of the guide anew", screens::run),
    entry("supply-chain", "", "licenses, sources, and what is known against what comes from elsewhere", supply_chain::run),
    entry("sbom", "", "what the binary is made of, as a CycloneDX document", sbom::run),
    entry("notices", "", "write THIRD_PARTY_NOTICES.md", notices::run),
    entry("finish-dist", "", "Trunk's hook: checks and compresses what it built", finish_dist::run),
];

const fn entry(name: &'static str, arguments: &'static str, about: &'static str, run: fn(&[String]) -> anyhow::Result<()>) -> Command {
    Command { name, arguments, about, run }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        list();
        return ExitCode::SUCCESS;
    };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        if matches!(name.as_str(), "help" | "-h" | "--help") {
            list();
            return ExitCode::SUCCESS;
        }
        eprintln!("cargo xtask has no command `{name}`.\n");
        list();
        return ExitCode::from(2);
    };
    if rest.iter().any(|argument| matches!(argument.as_str(), "-h" | "--help")) {
        println!("{}", command.usage());
        return ExitCode::SUCCESS;
    }
    if command.arguments.is_empty() && !rest.is_empty() {
        eprintln!("`cargo xtask {name}` takes no arguments.\n\n{}", command.usage());
        return ExitCode::from(2);
    }
    // The hook runs inside another command, which has done it.
    let ready = if name == "finish-dist" { Ok(()) } else { clones::take_over() };
    match ready.and_then(|()| (command.run)(rest)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\ncargo xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn list() {
    println!("cargo xtask COMMAND\n");
    COMMANDS.iter().for_each(|command| println!("{}", command.usage()));
}
