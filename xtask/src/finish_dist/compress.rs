//! Compressed copies beside each text file: `x.br` and `x.gz`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use brotli::CompressorWriter;
use brotli::enc::BrotliEncoderParams;

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

/// How the content is cut into blocks, as powers of two; 0 leaves it to the encoder. Which of them is best differs from file to file
/// by up to half a percent, and by nothing that could be told beforehand.
const BLOCKS: [i32; 3] = [0, 16, 20];

/// Quality 11, and the smallest of a few: made once here, read by every browser.
fn brotli(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut smallest: Option<Vec<u8>> = None;
    for lgblock in BLOCKS {
        let set = BrotliEncoderParams { quality: 11, lgwin: 24, lgblock, size_hint: content.len(), ..BrotliEncoderParams::default() };
        let mut encoder = CompressorWriter::with_params(Vec::new(), 1 << 16, &set);
        encoder.write_all(content)?;
        let packed = encoder.into_inner();
        if smallest.as_ref().is_none_or(|smallest| packed.len() < smallest.len()) {
            smallest = Some(packed);
        }
    }
    Ok(smallest.unwrap_or_default())
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
