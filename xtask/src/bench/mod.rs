//! `cargo xtask bench`: what the app weighs on the wire, what the backend costs beside the least server that could do, and how
//! quick the app is in Chromium beside a page without a framework. Its figures stand in `docs/performance.md`.

mod backend;

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::test::browser as chromium;
use crate::{front, paths};

/// All that the app loads, in bytes of brotli.
const BUDGET: u64 = 160_000;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let all = ["bytes", "backend", "browser"];
    let wanted: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if wanted.iter().any(|part| !all.contains(part)) {
        bail!("usage: cargo xtask bench [bytes] [backend] [browser]");
    }
    let wants = |part| wanted.is_empty() || wanted.contains(&part);
    front::install_tools()?;
    front::build()?;
    if wants("bytes") {
        bytes()?;
    }
    if wants("backend") {
        backend::run()?;
    }
    if wants("browser") { browser() } else { Ok(()) }
}

fn browser() -> anyhow::Result<()> {
    // The front end is the same in every profile, and what the server takes both pages wait for.
    let tally = binary::build(Profile::Dev)?;
    if !chromium::is_installed() {
        chromium::install()?;
    }
    chromium::bench(&tally)
}

fn bytes() -> anyhow::Result<()> {
    let dist = paths::root().join("dist");
    let mut files: Vec<_> = std::fs::read_dir(&dist)?.collect::<Result<Vec<_>, _>>()?.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && file.extension().is_none_or(|extension| extension != "br" && extension != "gz"));
    files.sort();

    println!("\n| file | bytes | gzip | brotli |\n|---|--:|--:|--:|");
    let mut total = [0; 3];
    for file in files {
        let sizes = sizes(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        println!("| {name} | {} | {} | {} |", sizes[0], sizes[1], sizes[2]);
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    println!("| **together** | {} | {} | **{}** |", total[0], total[1], total[2]);
    println!("\nThe budget is {BUDGET} bytes of brotli.");
    Ok(())
}

/// Plain, gzip, brotli; a file without a copy is sent plain.
fn sizes(file: &Path) -> anyhow::Result<[u64; 3]> {
    let plain = std::fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len();
    let copy = |suffix| {
        let name = format!("{}.{suffix}", file.display());
        std::fs::metadata(name).map_or(plain, |copy| copy.len())
    };
    Ok([plain, copy("gz"), copy("br")])
}
