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
/// Where a package leaves the choice, the first of these that it offers is taken. The same as in `deny.toml`.
pub(crate) const CHOICE: [&str; 10] =
    ["Apache-2.0", "MIT", "BSD-3-Clause", "ISC", "Zlib", "BSL-1.0", "Unlicense", "CC0-1.0", "Unicode-3.0", "CDLA-Permissive-2.0"];

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

/// A package that is compiled into what is shipped.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Those that apply.
    pub(crate) licenses: Vec<&'static str>,
    source: PathBuf,
}

/// All of them.
pub(crate) fn shipped() -> anyhow::Result<BTreeSet<Package>> {
    let mut packages = BTreeSet::new();
    for (root, platform) in SHIPPED {
        packages.extend(compiled_in(root, platform)?);
    }
    Ok(packages)
}

fn text() -> anyhow::Result<String> {
    let packages = shipped()?;
    let mut text = format!(
        "# Third-party notices\n\nThe `tally` binary for Linux, with the front end inside, contains these {} packages.\n\
         Where a package offers a choice of licenses, the one it is used under is named.\n\n",
        packages.len()
    );
    // The same text of a license stands once, with all the packages that bring it.
    let mut texts: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    writeln!(text, "| package | version | license |\n|---|---|---|")?;
    for package in &packages {
        writeln!(text, "| {} | {} | {} |", package.name, package.version, package.licenses.join(" and "))?;
        for content in license_texts(&package.source, &package.licenses)? {
            let (_, users) = texts.entry(essence(&content)).or_insert_with(|| (content, Vec::new()));
            users.push(&package.name);
        }
    }
    for (content, users) in texts.into_values() {
        write!(text, "\n## {}\n\n```text\n{content}\n```\n", users.join(", "))?;
    }
    Ok(text)
}

/// What `root` is made of on a platform. What runs only while compiling is not in it.
fn compiled_in(root: &str, platform: &str) -> anyhow::Result<BTreeSet<Package>> {
    let mut tree = shell::cargo()?;
    tree.args(["tree", "--locked", "--package", root, "--target", platform]);
    tree.args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"]);
    let tree = shell::output(&mut tree)?;
    // `name v1.2.3`, and more where it is ours or stood before.
    let used: BTreeSet<(&str, &str)> =
        tree.lines().filter_map(|line| line.split_once(" v")).map(|(name, rest)| (name, first_word(rest))).collect();

    let mut cargo = shell::cargo()?;
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", platform]);
    let metadata: Value = serde_json::from_str(&shell::output(&mut cargo)?)?;
    let packages = metadata["packages"].as_array().context("cargo metadata names no packages")?;
    let foreign = packages.iter().filter(|package| !package["source"].is_null());
    foreign.filter(|package| used.contains(&(word(&package["name"]), word(&package["version"])))).map(described).collect()
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

fn described(package: &Value) -> anyhow::Result<Package> {
    let name = word(&package["name"]).to_owned();
    let source = Path::new(word(&package["manifest_path"])).parent().context("a manifest lies in a folder")?.to_owned();
    let expression = package["license"].as_str().with_context(|| format!("{name} names no license"))?;
    let licenses = chosen(expression).with_context(|| format!("{name} has the license {expression}, which is not known here"))?;
    Ok(Package { version: word(&package["version"]).to_owned(), name, licenses, source })
}

/// The licenses of an expression that apply: one of each choice, all that are joined by `AND`. `None`: one is not known.
fn chosen(expression: &str) -> Option<Vec<&'static str>> {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    let joined = plain.split(" AND ").map(|choice| {
        let offered: Vec<&str> = choice.split(" OR ").map(str::trim).collect();
        CHOICE.iter().copied().find(|license| offered.contains(license))
    });
    joined.collect::<Option<BTreeSet<_>>>().map(|licenses| licenses.into_iter().collect())
}

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

/// What makes two texts the same: their words. Of the Apache license, without the advice on how to apply it.
fn essence(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace("https:", "http:");
    let license = words.starts_with("apache license").then(|| words.split_once(" end of terms and conditions")).flatten();
    license.map_or_else(|| words.clone(), |(license, _)| license.to_owned())
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
            assert_eq!(chosen(expression), Some(expected), "{expression}");
        }
        assert_eq!(chosen("MIT AND Own-1.0"), None);
    }
}
