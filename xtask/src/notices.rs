//! `cargo xtask notices`: THIRD_PARTY_NOTICES.md, from the packages that are compiled into what is shipped.
//!
//! Shipped are the server for Linux and the front end. npm and Python packages run in tests only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::{paths, shell, system};

const FILE: &str = "THIRD_PARTY_NOTICES.md";
const SHIPPED: [(&str, &str); 2] = [("backend", "x86_64-unknown-linux-gnu"), ("frontend", system::WASM)];
/// Where a package leaves the choice, the first of these that it offers is taken.
const CHOICE: [&str; 9] = ["Apache-2.0", "MIT", "BSD-3-Clause", "BSD-2-Clause", "ISC", "Zlib", "BSL-1.0", "Unlicense", "0BSD"];

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    std::fs::write(paths::root().join(FILE), text()?)?;
    println!("{FILE} is written");
    Ok(())
}

/// # Errors
/// When the file is not what `run` would write.
pub(crate) fn check() -> anyhow::Result<()> {
    if std::fs::read_to_string(paths::root().join(FILE))? != text()? {
        bail!("{FILE} is out of date: run `cargo xtask notices`");
    }
    Ok(())
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    license: String,
    source: PathBuf,
}

fn text() -> anyhow::Result<String> {
    let mut packages = BTreeSet::new();
    for (root, platform) in SHIPPED {
        packages.extend(compiled_in(root, platform)?);
    }
    let mut text = format!(
        "# Third-party notices\n\nThe `tally` binary for Linux, with the front end inside, contains these {} packages.\n\
         Where a package offers a choice of licenses, the one it is used under is named.\n\n",
        packages.len()
    );
    // The same text of a license stands once, with all the packages that bring it.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    writeln!(text, "| package | version | license |\n|---|---|---|")?;
    for package in &packages {
        let chosen = chosen(&package.license);
        writeln!(text, "| {} | {} | {} |", package.name, package.version, chosen.join(" and "))?;
        for content in license_texts(&package.source, &chosen)? {
            texts.entry(content).or_default().push(package.name.clone());
        }
    }
    for (content, users) in texts {
        write!(text, "\n## {}\n\n```text\n{content}\n```\n", users.join(", "))?;
    }
    Ok(text)
}

/// What `root` is made of on a platform: its normal dependencies, theirs, and so on.
fn compiled_in(root: &str, platform: &str) -> anyhow::Result<BTreeSet<Package>> {
    let mut cargo = shell::cargo()?;
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", platform]);
    let metadata: Value = serde_json::from_str(&shell::output(&mut cargo)?)?;
    let packages: BTreeMap<&str, &Value> = list(&metadata["packages"]).map(|package| (word(&package["id"]), package)).collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"]["nodes"]).map(|node| (word(&node["id"]), node)).collect();
    let start = packages.iter().find(|(_, package)| package["name"] == root).with_context(|| format!("no package {root}"))?;

    let (mut found, mut open) = (BTreeSet::from([*start.0]), vec![*start.0]);
    while let Some(node) = open.pop().and_then(|id| nodes.get(id)) {
        let normal = list(&node["deps"]).filter(|dependency| list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()));
        open.extend(normal.map(|dependency| word(&dependency["pkg"])).filter(|id| found.insert(id)));
    }
    let foreign = found.iter().filter_map(|id| packages.get(id)).filter(|package| !package["source"].is_null());
    foreign.map(|package| described(package)).collect()
}

fn described(package: &Value) -> anyhow::Result<Package> {
    let name = word(&package["name"]).to_owned();
    let source = Path::new(word(&package["manifest_path"])).parent().context("a manifest lies in a folder")?.to_owned();
    let license = package["license"].as_str().with_context(|| format!("{name} names no license"))?.to_owned();
    Ok(Package { version: word(&package["version"]).to_owned(), name, license, source })
}

/// The licenses of an expression that apply: one of each choice, all that are joined by `AND`.
fn chosen(expression: &str) -> Vec<&'static str> {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    let joined = plain.split(" AND ").filter_map(|choice| {
        let offered: Vec<&str> = choice.split(" OR ").map(str::trim).collect();
        let known = CHOICE.iter().chain(&OTHERS).copied();
        known.into_iter().find(|license| offered.contains(license))
    });
    joined.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Licenses that stand alone.
const OTHERS: [&str; 5] = ["Unicode-3.0", "OpenSSL", "MPL-2.0", "CDLA-Permissive-2.0", "Apache-2.0 WITH LLVM-exception"];

/// The files of a package that hold these licenses and its notices.
fn license_texts(source: &Path, licenses: &[&str]) -> anyhow::Result<BTreeSet<String>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(source)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| {
        file.is_file() && ["LICEN", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"].iter().any(|start| name(file).starts_with(start))
    });
    let names_other = |file: &Path| match name(file) {
        name if name.contains("APACHE") => !licenses.iter().any(|license| license.starts_with("Apache")),
        name if name.contains("MIT") => !licenses.contains(&"MIT"),
        name if name.contains("UNLICENSE") => !licenses.contains(&"Unlicense"),
        name if name.contains("ZLIB") => !licenses.contains(&"Zlib"),
        _ => false,
    };
    files.retain(|file| !names_other(file));
    files.iter().map(|file| Ok(normalised(&String::from_utf8_lossy(&std::fs::read(file)?)))).collect()
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default()
}

/// Without differences that nobody sees.
fn normalised(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').replace("```", "'''")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_choice_and_all_that_are_joined() {
        for (expression, expected) in [
            ("MIT OR Apache-2.0", vec!["Apache-2.0"]),
            ("MIT/Apache-2.0", vec!["Apache-2.0"]),
            ("MIT", vec!["MIT"]),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", vec!["Apache-2.0", "Unicode-3.0"]),
            ("ISC AND (Apache-2.0 OR ISC)", vec!["Apache-2.0", "ISC"]),
        ] {
            assert_eq!(chosen(expression), expected, "{expression}");
        }
    }
}
