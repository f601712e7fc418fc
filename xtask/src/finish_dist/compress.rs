//! Compressed copies beside each text file: `x.br` and `x.gz`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Smaller files gain nothing worth a second copy.
const WORTH_IT: usize = 256;

const TEXT: [&str; 7] = ["css", "html", "js", "json", "svg", "txt", "wasm"];

/// Writes the copies for all files at and below `folder`.
pub(super) fn folder(folder: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if path.extension().is_some_and(|extension| TEXT.iter().any(|known| extension == *known)) {
            file(&path)?;
        }
    }
    Ok(())
}

fn file(path: &Path) -> anyhow::Result<()> {
    let content = std::fs::read(path)?;
    if content.len() >= WORTH_IT {
        std::fs::write(with_suffix(path, "br"), brotli(&content)?)?;
        std::fs::write(with_suffix(path, "gz"), gzip(&content)?)?;
    }
    Ok(())
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

/// Quality 11: made once here, read by every browser.
fn brotli(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    encoder.write_all(content)?;
    Ok(encoder.into_inner())
}

/// No time and no name inside: the same file gives the same bytes.
fn gzip(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_get_siblings_that_unpack_to_the_same() {
        let dist = tempfile::tempdir().unwrap();
        let text = "let a = 1;\n".repeat(100);
        std::fs::write(dist.path().join("index.html"), "<p>").unwrap();
        std::fs::create_dir(dist.path().join("snippets")).unwrap();
        let script = dist.path().join("snippets/a.js");
        std::fs::write(&script, &text).unwrap();
        folder(dist.path()).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut std::fs::File::open(with_suffix(&script, "br")).unwrap(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(with_suffix(&script, "gz").is_file());
        assert!(!dist.path().join("index.html.br").exists(), "too small to be worth it");
    }
}
