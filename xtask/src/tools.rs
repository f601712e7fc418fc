//! Programs of pinned versions, each in a folder of its own in the project's cache: nothing on the machine is replaced.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{paths, shell};

const TRUNK: &str = "0.21.14";
const NEXTEST: &str = "0.9.151";
const WASM_SPLIT: &str = "0.2.4";
const DENY: &str = "0.20.2";

/// A program that Cargo installs.
pub(crate) struct Tool {
    /// The crate, and the start of the folder's name.
    pub(crate) name: &'static str,
    /// The file in `bin/`.
    pub(crate) program: &'static str,
    pub(crate) version: String,
    features: &'static [&'static str],
}

impl Tool {
    /// Bundles the front end.
    pub(crate) fn trunk() -> Self {
        Self { name: "trunk", program: "trunk", version: TRUNK.to_owned(), features: &[] }
    }

    /// Finishes the wasm; its version must be that of the crate in Cargo.lock to the digit.
    pub(crate) fn wasm_bindgen() -> anyhow::Result<Self> {
        Ok(Self { name: "wasm-bindgen-cli", program: "wasm-bindgen", version: locked_version("wasm-bindgen")?, features: &[] })
    }

    /// Cuts the wasm into the parts that `wasm_split_helpers`, which Leptos brings, marks in it.
    pub(crate) fn wasm_split() -> Self {
        let features = &["--features", "build-binary"];
        Self { name: "wasm_split_cli_support", program: "wasm-split-cli", version: WASM_SPLIT.to_owned(), features }
    }

    /// Runs the tests.
    pub(crate) fn nextest() -> Self {
        // Without the code that would replace the program by a newer one.
        let features = &["--no-default-features", "--features", "default-no-update"];
        Self { name: "cargo-nextest", program: "cargo-nextest", version: NEXTEST.to_owned(), features }
    }

    /// Holds what comes from elsewhere against `deny.toml`.
    pub(crate) fn deny() -> Self {
        Self { name: "cargo-deny", program: "cargo-deny", version: DENY.to_owned(), features: &[] }
    }

    /// The folder with its `bin/`.
    fn root(&self) -> anyhow::Result<PathBuf> {
        Ok(paths::cache()?.join("tools").join(format!("{}-{}", self.name, self.version)))
    }

    /// The folder for PATH.
    pub(crate) fn bin(&self) -> anyhow::Result<PathBuf> {
        Ok(self.root()?.join("bin"))
    }

    pub(crate) fn is_installed(&self) -> anyhow::Result<bool> {
        Ok(self.bin()?.join(self.program).is_file())
    }

    /// To run it.
    pub(crate) fn command(&self) -> anyhow::Result<std::process::Command> {
        Ok(shell::command(self.bin()?.join(self.program)))
    }

    /// What a person would type to install it by hand.
    pub(crate) fn by_hand(&self) -> anyhow::Result<String> {
        let (folder, name) = (self.root()?, [&[self.name], self.features].concat().join(" "));
        Ok(format!("cargo install --locked --root {} {name} --version {}", folder.display(), self.version))
    }

    /// Compiles it with a quick profile, since it runs for seconds. Does nothing when it is there.
    pub(crate) fn install(&self) -> anyhow::Result<()> {
        if self.is_installed()? {
            return Ok(());
        }
        println!("installing {} {} (some minutes, once for this machine)", self.name, self.version);
        let building = paths::cache()?.join("building").join(self.name);
        let mut cargo = shell::cargo()?;
        cargo.args(["install", "--locked", "--root"]).arg(self.root()?).args([self.name, "--version", &self.version]);
        cargo.args(self.features);
        cargo.env("CARGO_TARGET_DIR", &building).env_remove("RUSTFLAGS");
        for (key, value) in [("LTO", "off"), ("OPT_LEVEL", "1"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0")] {
            cargo.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        let installed = shell::run(&mut cargo);
        remove(&building)?;
        installed.with_context(|| format!("{} could not be installed; the command is: {}", self.name, self.by_hand().unwrap_or_default()))
    }
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The version of a package in Cargo.lock.
pub(crate) fn locked_version(package: &str) -> anyhow::Result<String> {
    let lock: toml::Table = std::fs::read_to_string(paths::root().join("Cargo.lock"))?.parse()?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock has no packages")?;
    let named = packages.iter().find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package));
    let version = named.and_then(|entry| entry.get("version")).and_then(toml::Value::as_str);
    Ok(version.with_context(|| format!("Cargo.lock has no {package}"))?.to_owned())
}
