//! `cargo xtask bench`: what the app weighs on the wire, and how quick it is in Chromium beside a page without a framework.
//! Its figures stand in `docs/performance.md`.

use std::path::Path;

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::test::browser;
use crate::{front, paths};

/// All that the app loads, in bytes of brotli.
const BUDGET: u64 = 160_000;

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let times = match arguments {
        [] => true,
        [only] if only == "bytes" => false,
        _ => bail!("usage: cargo xtask bench [bytes]"),
    };
    front::install_tools()?;
    front::build()?;
    bytes()?;
    if !times {
        return Ok(());
    }
    // The front end is the same in every profile, and what the server takes both pages wait for.
    let tally = binary::build(Profile::Dev)?;
    if !browser::is_installed() {
        browser::install()?;
    }
    browser::bench(&tally)
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
