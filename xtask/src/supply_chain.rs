//! `cargo xtask supply-chain`, and a step of `cargo xtask test`: what comes from elsewhere, held against `deny.toml` by cargo-deny. Its
//! licenses, that it comes from where it should, what shall not be there, and what is known against it.
//!
//! What is known is read from a copy of RustSec's advisory database, a clone or an archive of it, in the folder that
//! `TALLY_ADVISORY_DB` names: a test fetches nothing that changes from day to day. Without one the rest is checked, and it is said
//! that this was not.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use crate::shell;
use crate::summary::Ran;
use crate::tools::Tool;

const DATABASE: &str = "TALLY_ADVISORY_DB";
/// What cargo-deny calls the folder of RustSec's database.
const FOLDER: &str = "advisory-db-3157b0e258782691";
/// One that `deny.toml` ignores.
const IGNORED: Advisory = Advisory { id: "RUSTSEC-2023-0071", package: "rsa" };
/// One that there is not, against a package that will be in the tree for as long as there is one.
const PLANTED: Advisory = Advisory { id: "RUSTSEC-2000-0001", package: "serde" };

/// What is known against every version of a package.
struct Advisory {
    id: &'static str,
    package: &'static str,
}

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    Tool::deny().install()?;
    check().map(drop)
}

pub(crate) fn check() -> anyhow::Result<Ran> {
    shell::run(deny()?.args(["check", "licenses", "bans", "sources"]))?;
    control()?;
    let known = match std::env::var_os(DATABASE).filter(|folder| !folder.is_empty()) {
        Some(folder) => known(Path::new(&folder))?,
        None => format!("advisories were NOT checked: {DATABASE} names no copy of RustSec's database"),
    };
    println!("{known}");
    Ok(Ran { ended: Ok(()), closing: Some(known) })
}

/// Checks against the advisories of a copy, and says how old they are.
fn known(database: &Path) -> anyhow::Result<String> {
    let crates = database.join("crates");
    let (advisories, newest) = newest(&crates).with_context(|| format!("{DATABASE} names no copy of RustSec's database"))?;
    let folder = tempfile::tempdir()?;
    std::os::unix::fs::symlink(crates.canonicalize()?, laid_out(folder.path())?.join("crates"))?;
    shell::run(&mut advisories_of(folder.path())?)?;
    Ok(format!("nothing is known against it in {advisories} advisories, the newest of {newest}"))
}

/// A check that cannot fail checks nothing: what is planted must be found, and what `deny.toml` ignores must not be.
fn control() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let crates = laid_out(folder.path())?.join("crates");
    IGNORED.write(&crates)?;
    let ignored = shell::output(&mut advisories_of(folder.path())?);
    ignored.with_context(|| format!("{} is not ignored as deny.toml has it", IGNORED.id))?;
    PLANTED.write(&crates)?;
    match shell::output(&mut advisories_of(folder.path())?) {
        Err(found) if found.to_string().contains(PLANTED.id) => Ok(()),
        Err(other) => Err(other.context("cargo-deny does not find what is known against a package")),
        Ok(_) => bail!("cargo-deny does not find what is known against a package"),
    }
}

impl Advisory {
    fn write(&self, crates: &Path) -> anyhow::Result<()> {
        let Self { id, package } = self;
        let text = format!(
            "```toml\n[advisory]\nid = \"{id}\"\npackage = \"{package}\"\ndate = \"2000-01-01\"\n\n[versions]\npatched = []\n```\n\n# Known\n"
        );
        let folder = crates.join(package);
        std::fs::create_dir_all(&folder)?;
        Ok(std::fs::write(folder.join(format!("{id}.md")), text)?)
    }
}

/// cargo-deny takes a database for a clone, as old as what was fetched last. How old it is says `newest`.
fn laid_out(folder: &Path) -> anyhow::Result<PathBuf> {
    let database = folder.join(FOLDER);
    std::fs::create_dir_all(database.join(".git"))?;
    std::fs::write(database.join(".git/FETCH_HEAD"), "")?;
    Ok(database)
}

fn deny() -> anyhow::Result<Command> {
    let mut deny = Tool::deny().command()?;
    deny.arg("--locked");
    Ok(deny)
}

fn advisories_of(databases: &Path) -> anyhow::Result<Command> {
    let mut deny = deny()?;
    deny.args(["--offline", "check", "--hide-inclusion-graph", "advisories"]).env("ADVISORY_DBS", databases);
    Ok(deny)
}

/// How many advisories there are, and the date of the newest.
fn newest(crates: &Path) -> anyhow::Result<(usize, String)> {
    let mut dates = Vec::new();
    for package in std::fs::read_dir(crates).with_context(|| format!("{} cannot be read", crates.display()))? {
        for advisory in std::fs::read_dir(package?.path())? {
            dates.extend(date(&std::fs::read_to_string(advisory?.path())?));
        }
    }
    let newest = dates.iter().max().with_context(|| format!("{} has no advisory", crates.display()))?;
    Ok((dates.len(), newest.clone()))
}

fn date(advisory: &str) -> Option<String> {
    advisory.lines().find_map(|line| Some(line.strip_prefix("date = \"")?.trim_end().strip_suffix('"')?.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{notices, paths};

    fn rules() -> toml::Table {
        std::fs::read_to_string(paths::root().join("deny.toml")).expect("readable").parse().expect("TOML")
    }

    fn texts(value: &toml::Value) -> Vec<&str> {
        value.as_array().expect("a list").iter().filter_map(toml::Value::as_str).collect()
    }

    #[test]
    fn what_may_come_in_is_what_the_notices_know() {
        let rules = rules();
        let allowed: BTreeSet<_> = texts(&rules["licenses"]["allow"]).into_iter().collect();
        assert_eq!(allowed, notices::CHOICE.into_iter().collect());
    }

    #[test]
    fn each_advisory_that_is_ignored_says_since_when_and_why() {
        let rules = rules();
        let ignored = rules["advisories"]["ignore"].as_array().expect("a list");
        for entry in ignored {
            let (since, why) = entry["reason"].as_str().and_then(|reason| reason.split_once(": ")).expect("DATE: WHY");
            assert!(since.len() == 10 && since.starts_with("20") && why.len() > 20, "{entry}");
        }
        assert!(ignored.iter().any(|entry| entry["id"].as_str() == Some(IGNORED.id)));
    }

    #[test]
    fn a_database_is_as_old_as_its_newest_advisory() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(newest(folder.path()).is_err());
        IGNORED.write(folder.path()).expect("written");
        assert_eq!(newest(folder.path()).expect("one"), (1, "2000-01-01".to_owned()));
        let later = "```toml\n[advisory]\ndate = \"2026-08-21\"\n```\n\ndate = \"2030-01-01\"\n";
        std::fs::write(folder.path().join("rsa/later.md"), later).expect("written");
        assert_eq!(newest(folder.path()).expect("two"), (2, "2026-08-21".to_owned()));
    }
}
