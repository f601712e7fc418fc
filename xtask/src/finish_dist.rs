//! `cargo xtask finish-dist`: what Trunk leaves to us, run by it after each build.
//!
//! The console's content-security policy allows no inline script or style, so a page that has one is refused here and
//! not in somebody's browser. Then each text file gets its compressed siblings, so that the server compresses nothing.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// Smaller files gain nothing worth a second copy.
const WORTH_COMPRESSING: usize = 256;

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is not set: Trunk runs this, not a person")?;
    if std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile != "release") {
        return Ok(());
    }
    finish(Path::new(&staging))
}

fn finish(dist: &Path) -> anyhow::Result<()> {
    refuse_inline(&std::fs::read_to_string(dist.join("index.html")).context("no index.html")?)?;
    for file in files(dist)? {
        let content = std::fs::read(&file)?;
        let text = file
            .extension()
            .is_some_and(|extension| ["css", "html", "js", "json", "svg", "txt", "wasm"].iter().any(|known| extension == *known));
        if text && content.len() >= WORTH_COMPRESSING {
            std::fs::write(with_suffix(&file, "br"), brotli(&content)?)?;
            std::fs::write(with_suffix(&file, "gz"), gzip(&content)?)?;
        }
    }
    Ok(())
}

/// Neither `<script>` with a body, nor `<style>`, nor `style="…"`, nor `on…="…"`.
fn refuse_inline(page: &str) -> anyhow::Result<()> {
    let lower = page.to_ascii_lowercase();
    for (at, _) in lower.match_indices("<script") {
        let rest = lower.get(at..).unwrap_or_default();
        let body = rest.split_once('>').and_then(|(_, after)| after.split_once("</script")).map(|(body, _)| body);
        if body.is_none_or(|body| !body.trim().is_empty()) {
            bail!("index.html has an inline script, which the content-security policy refuses");
        }
    }
    if lower.contains("<style") || lower.contains(" style=") {
        bail!("index.html has an inline style, which the content-security policy refuses");
    }
    if [" onload=", " onerror=", " onclick="].iter().any(|handler| lower.contains(handler)) {
        bail!("index.html has an inline handler, which the content-security policy refuses");
    }
    Ok(())
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

/// Quality 11: made once here, read by every browser.
pub(crate) fn brotli(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    encoder.write_all(content)?;
    Ok(encoder.into_inner())
}

fn gzip(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    // No time and no name inside: the same files give the same bytes.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_with_external_scripts_is_fine() {
        refuse_inline(r#"<script type="module" src="/boot.js"></script><link rel="stylesheet" href="/a.css">"#).unwrap();
    }

    #[test]
    fn inline_scripts_styles_and_handlers_are_refused() {
        for page in [
            "<script>go()</script>",
            "<SCRIPT type=module>\nimport x</SCRIPT>",
            "<style>a{}</style>",
            r#"<p style="x">"#,
            r#"<body onload="x">"#,
        ] {
            assert!(refuse_inline(page).is_err(), "{page}");
        }
    }

    #[test]
    fn text_files_get_siblings_that_unpack_to_the_same() {
        let dist = tempfile::tempdir().unwrap();
        let text = "let a = 1;\n".repeat(100);
        std::fs::write(dist.path().join("index.html"), "<p>").unwrap();
        std::fs::write(dist.path().join("a.js"), &text).unwrap();
        finish(dist.path()).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut std::fs::File::open(dist.path().join("a.js.br")).unwrap(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(dist.path().join("a.js.gz").is_file());
        assert!(!dist.path().join("index.html.br").exists(), "too small to be worth it");
    }
}
