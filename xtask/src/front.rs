//! The front end: built by Trunk into `dist/`, and only when something it is made of has changed.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

use crate::hex::hex;
use crate::tools::Tool;
use crate::{paths, shell, system};

/// All that decides what ends up in `dist/`.
const INPUTS: &[&str] = &[
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "contract/Cargo.toml",
    "contract/src",
    "frontend",
    "index.html",
    "rust-toolchain.toml",
    "style",
    "xtask/src/finish_dist",
    "xtask/src/tools.rs",
];

/// Installs the programs that build the front end.
pub(crate) fn install_tools() -> anyhow::Result<()> {
    system::install_wasm_target()?;
    Tool::trunk().install()?;
    Tool::wasm_bindgen()?.install()?;
    Tool::wasm_split().install()
}

/// Brings `dist/` up to date.
pub(crate) fn build() -> anyhow::Result<()> {
    let root = paths::root();
    let record = root.join("dist.sha256");
    let inputs = inputs_hash(&root)?;
    let built = std::fs::read_to_string(&record).is_ok_and(|recorded| recorded == inputs);
    if built && root.join("dist/index.html").is_file() {
        println!("the front end in dist/ is up to date");
        return Ok(());
    }
    let mut trunk = trunk()?;
    trunk.args(["build", "--release", "--offline", "true", "--skip-version-check"]);
    shell::run(&mut trunk)?;
    std::fs::write(&record, inputs).with_context(|| format!("cannot write {}", record.display()))
}

/// Trunk with its helpers on PATH, and this very program as its hook.
pub(crate) fn trunk() -> anyhow::Result<std::process::Command> {
    let tool = Tool::trunk();
    let mut trunk = shell::command(tool.bin()?.join(tool.program));
    shell::with_path(&mut trunk, &[tool.bin()?, Tool::wasm_bindgen()?.bin()?])?;
    trunk.env("CARGO_TARGET_DIR", paths::target()?).env("TALLY_XTASK", std::env::current_exe()?);
    // Trunk reads NO_COLOR as a flag and knows no `1`.
    trunk.env_remove("NO_COLOR");
    Ok(trunk)
}

fn inputs_hash(root: &Path) -> anyhow::Result<String> {
    let mut files = Vec::new();
    for input in INPUTS {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let content = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(file.strip_prefix(root)?.as_os_str().as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hex(&hash.finalize()))
}

/// All files at or below `path`; none when there is nothing.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}
