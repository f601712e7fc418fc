//! The app in parts: one that opens the console, and others that it loads when they are first needed.
//!
//! Trunk finishes the wasm that Cargo linked as one piece. The same wasm is cut here at what `wasm_split` marks in it, and what
//! is left of it goes through `wasm-bindgen` as Trunk would have it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};

use super::names::Names;
use super::script::without_comments;
use super::strip::strip;
use crate::hex::hex;
use crate::tools::Tool;
use crate::{paths, shell};

/// What the app is called in its folder.
const NAME: &str = "frontend";

/// The app's files, in a folder that they share: they name each other, so that one hash stands for all of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct App {
    /// Its name in `dist/`.
    pub(super) folder: String,
}

impl App {
    /// The bindings, which import the rest.
    pub(super) fn js(&self) -> String {
        format!("{}/{NAME}.js", self.folder)
    }

    /// What loads the parts. The bindings import it.
    pub(super) fn loader(&self) -> String {
        format!("{}/__wasm_split.js", self.folder)
    }

    /// The part that opens the console.
    pub(super) fn wasm(&self) -> String {
        format!("{}/{NAME}_bg.wasm", self.folder)
    }
}

/// Writes the app's folder into `dist`.
///
/// # Errors
/// When a program fails, or finds nothing to cut.
pub(super) fn split(dist: &Path) -> anyhow::Result<App> {
    // Where the Cargo that Trunk has run builds.
    let target = std::env::var_os("CARGO_TARGET_DIR").filter(|folder| !folder.is_empty()).unwrap_or_else(|| "target".into());
    let linked = paths::root().join(target).join("wasm32-unknown-unknown/wasm/frontend.wasm");
    let (parts, made) = (dist.join("parts"), dist.join("app"));
    let (split, bindgen) = (Tool::wasm_split(), Tool::wasm_bindgen()?);
    for tool in [&split, &bindgen] {
        tool.install()?;
    }
    shell::output(split.command()?.arg(&linked).arg(&parts).args(["--target", "web", "--out-name", NAME]))?;
    let main = parts.join(format!("{NAME}.wasm"));
    let keep = ["--target", "web", "--no-typescript", "--no-demangle", "--keep-lld-exports"];
    shell::output(bindgen.command()?.args(keep).arg("--out-dir").arg(&made).arg(&main))?;
    std::fs::remove_file(main)?;
    for part in files(&parts)? {
        std::fs::rename(&part, made.join(part.file_name().context("a part has no name")?))?;
    }
    std::fs::remove_dir(&parts)?;
    let app = App { folder: format!("app-{}", finish(&made)?) };
    std::fs::rename(made, dist.join(&app.folder))?;
    Ok(app)
}

/// Takes out of each wasm what only a debugger reads, and gives what it imports short names. The hash of all files.
fn finish(folder: &Path) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let bindings = folder.join(format!("{NAME}.js"));
    let script = without_comments(&std::fs::read_to_string(&bindings).context("no bindings")?)?;
    let names = Names::of(&script)?;
    std::fs::write(bindings, names.shorten(&script))?;
    for file in files(folder)? {
        let mut content = std::fs::read(&file)?;
        if file.extension().is_some_and(|extension| extension == "wasm") {
            content = strip(&content, &names).with_context(|| file.display().to_string())?;
            std::fs::write(&file, &content)?;
        }
        hash.update(file.file_name().context("a file has no name")?.as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hex(&hash.finalize()).chars().take(16).collect())
}

/// In the order of their names.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(below) = files.iter().find(|file| file.is_dir()) {
        bail!("{} is a folder, and the app's files lie beside each other", below.display());
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WASM: [u8; 8] = *b"\0asm\x01\0\0\0";

    #[test]
    fn the_hash_is_of_all_files_and_of_what_is_left_of_them() {
        let dist = tempfile::tempdir().unwrap();
        let (wasm, js) = (dist.path().join("a.wasm"), dist.path().join("frontend.js"));
        std::fs::write(&wasm, [&WASM[..], &[0, 2, 1, b'n']].concat()).unwrap();
        std::fs::write(&js, "1").unwrap();
        let first = finish(dist.path()).unwrap();
        assert_eq!(first.len(), 16);
        assert_eq!(std::fs::read(&wasm).unwrap(), WASM);
        assert_eq!(finish(dist.path()).unwrap(), first, "the same files");
        std::fs::write(&js, "2").unwrap();
        assert_ne!(finish(dist.path()).unwrap(), first);
    }

    #[test]
    fn a_folder_among_the_files_is_refused() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::create_dir(dist.path().join("snippets")).unwrap();
        assert!(files(dist.path()).is_err());
    }
}
