//! `cargo xtask smoke --profile X [--write]`: the built binary against a real AWS account.
//!
//! It has never been run: no AWS account was at hand while this was written. It is there so that who has one can.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::{front, shell};

const USAGE: &str = "usage: cargo xtask smoke --profile NAME [--region REGION] [--write]";
const CHANNEL: &str = "tally-smoke";

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
    read(&tally, &wish)?;
    if wish.write {
        write(&wish)?;
    }
    println!("\nsmoke: passed");
    Ok(())
}

/// Every read operation that needs no resource, through the binary.
fn read(tally: &Path, wish: &Wish) -> anyhow::Result<()> {
    let mut check = shell::command(tally);
    check.args(["check", "--profile", &wish.profile, "--region", &wish.region]);
    shell::run(&mut check)
}

/// A channel is created and deleted again, through the AWS CLI: what the console prints as its `aws ivs` lines.
fn write(wish: &Wish) -> anyhow::Result<()> {
    let made = aws(wish, &["create-channel", "--name", CHANNEL, "--query", "channel.arn", "--output", "text"])?;
    let arn = made.trim();
    let deleted = aws(wish, &["delete-channel", "--arn", arn]);
    deleted.with_context(|| format!("the channel {arn} is left behind: delete it by hand")).map(drop)
}

fn aws(wish: &Wish, arguments: &[&str]) -> anyhow::Result<String> {
    let mut aws = shell::command("aws");
    aws.arg("ivs").args(arguments).args(["--profile", &wish.profile, "--region", &wish.region]);
    shell::output(&mut aws)
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
