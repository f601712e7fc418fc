//! `cargo xtask bench`: what the app weighs on the wire, what the backend costs beside the least server that could do, and how
//! quick the app is in Chromium beside a page without a framework. Its figures stand in `docs/performance.md`.

mod backend;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::binary::{self, Profile};
use crate::test::browser as chromium;
use crate::{front, paths};

/// All that the app loads to show the channels, in bytes of brotli.
const BUDGET: u64 = 300_000;

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
    chromium::bench(&tally)
}

fn bytes() -> anyhow::Result<()> {
    let mut files = files(&paths::root().join("dist"))?;
    files.sort_by_key(|file| (in_part(file), name(file)));
    println!("\n| file | bytes | gzip | brotli |\n|---|--:|--:|--:|");
    let (parts, opening): (Vec<_>, Vec<_>) = files.iter().partition(|file| in_part(file));
    let opens = lines("what opens the console", &opening)?;
    let later = lines("what pages load when they are needed", &parts)?;
    println!("| **all** | | | {} |", opens + later);
    println!("\nThe budget of what opens the console is {BUDGET} bytes of brotli.");
    Ok(())
}

/// Prints a line for each file, and one for all of them; answers their bytes of brotli.
fn lines(what: &str, files: &[&PathBuf]) -> anyhow::Result<u64> {
    let mut total = [0; 3];
    for file in files {
        let sizes = sizes(file)?;
        println!("| `{}` | {} | {} | {} |", name(file), sizes[0], sizes[1], sizes[2]);
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    println!("| **{what}** | {} | {} | **{}** |", total[0], total[1], total[2]);
    Ok(total[2])
}

/// The files at and below `folder`, without their compressed copies.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.extension().is_none_or(|extension| extension != "br" && extension != "gz") {
            files.push(path);
        }
    }
    Ok(files)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Is it loaded only when a page needs it? So `wasm-split` names what it cuts out, and what several of those share.
fn in_part(file: &Path) -> bool {
    let name = name(file);
    name.starts_with("split_") || name.starts_with("chunk_")
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
