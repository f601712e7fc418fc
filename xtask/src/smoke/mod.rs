//! `cargo xtask smoke --profile X [--write]`: the built binary against a real AWS account.
//!
//! It has never been run against one: no AWS account was at hand while this was written. `cargo xtask test` rehearses it on the
//! emulator, so that whoever has an account finds it working.

mod journey;

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::server::Server;
use crate::{front, shell};

const USAGE: &str = "usage: cargo xtask smoke --profile NAME [--region REGION] [--write]";
/// How the account is called in the console.
const ACCOUNT: &str = "smoke";

struct Wish {
    profile: String,
    region: String,
    write: bool,
}

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let wish = parse(arguments)?;
    println!("This has never been run against real AWS. What it finds is worth telling (SECURITY.md says where, if it is a secret).");
    front::install_tools()?;
    front::build()?;
    let tally = binary::build(Profile::Dev)?;
    walk(&tally, &wish, &|_| {})?;
    println!("\nsmoke: passed");
    Ok(())
}

/// All of it, against an emulator: a profile leads there instead of to AWS.
pub(crate) fn rehearse(tally: &Path) -> anyhow::Result<()> {
    let mut emulator = shell::command(tally);
    let emulator = Server::start(emulator.args(["emulator", "--listen", "127.0.0.1:0", "--seed", "empty"]))?;
    let folder = tempfile::tempdir()?;
    let config = folder.path().join("config");
    let profile = "[profile rehearsal]\naws_access_key_id = demo\naws_secret_access_key = demo\nendpoint_url =";
    std::fs::write(&config, format!("{profile} {}\n", emulator.url()))?;
    let there = |command: &mut Command| {
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", folder.path().join("none"));
    };
    walk(tally, &Wish { profile: "rehearsal".to_owned(), region: "us-west-2".to_owned(), write: true }, &there)
}

/// Every read operation that needs no resource; then, if wished, a channel from its creation to its end.
fn walk(tally: &Path, wish: &Wish, with: &dyn Fn(&mut Command)) -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let start = |command: &str| {
        let mut tally = shell::command(tally);
        tally.args([command, "--danger-single-user", "true", "--single-user-role", "admin", "--single-user-grants", "secret-reader"]);
        tally.arg("--accounts").arg(account(wish)).arg("--data-dir").arg(data.path());
        with(&mut tally);
        tally
    };
    shell::run(&mut start("check"))?;
    if wish.write {
        let console = Server::start(start("serve").args(["--listen", "127.0.0.1:0", "--log-filter", "warn"]))?;
        journey::run(&mut console.sign_in()?, &wish.region)?;
    }
    Ok(())
}

/// The account, as in a configuration file.
fn account(wish: &Wish) -> String {
    let text = |text: &str| toml::Value::from(text).to_string();
    format!("[{{ name = {}, regions = [{}], profile = {} }}]", text(ACCOUNT), text(&wish.region), text(&wish.profile))
}

fn parse(arguments: &[String]) -> anyhow::Result<Wish> {
    let (mut profile, mut region, mut write) = (None, "us-west-2".to_owned(), false);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--profile" => profile = rest.next().cloned(),
            "--region" => region = rest.next().cloned().context(USAGE)?,
            "--write" => write = true,
            _ => bail!(USAGE),
        }
    }
    Ok(Wish { profile: profile.context(USAGE)?, region, write })
}

#[cfg(test)]
mod tests {
    use super::{Wish, account};

    #[test]
    fn a_profiles_name_stays_a_name() {
        let wish = Wish { profile: "a\"b\\c".to_owned(), region: "us-west-2".to_owned(), write: false };
        let read: toml::Table = format!("accounts = {}", account(&wish)).parse().unwrap();
        assert_eq!(read["accounts"][0]["profile"].as_str(), Some("a\"b\\c"));
    }
}
