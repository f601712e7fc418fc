//! What the machine must bring: Debian packages, and the parts of the Rust toolchain.

use anyhow::{Context as _, bail};

use crate::shell;

/// The target of the front end.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A program of the machine, and the Debian package that has it.
pub(crate) struct Package {
    pub(crate) program: &'static str,
    pub(crate) debian: &'static str,
}

/// The browser of the browser tests. The package brings no service.
pub(crate) const CHROMIUM: Package = Package { program: "chromium", debian: "chromium" };

/// Brings the browser tests' packages. The machine's own, since many have one that Debian did not install.
pub(crate) const NPM: Package = Package { program: "npm", debian: "npm" };

/// Counts the instructions of the backend's benchmark.
pub(crate) const VALGRIND: Package = Package { program: "valgrind", debian: "valgrind" };

impl Package {
    pub(crate) fn is_installed(&self) -> bool {
        shell::find(self.program).is_some()
    }

    /// What a person would type to install it by hand.
    pub(crate) fn by_hand(&self) -> String {
        format!("sudo apt-get install {}", self.debian)
    }

    pub(crate) fn install(&self) -> anyhow::Result<()> {
        apt_install(self.debian)
    }
}

/// Installs a Debian package, as root or through sudo where that asks for no password.
pub(crate) fn apt_install(package: &str) -> anyhow::Result<()> {
    if shell::find("apt-get").is_none() {
        bail!("this machine has no apt-get");
    }
    let install = ["install", "--yes", "--no-install-recommends", package];
    if apt(&install).is_ok() {
        return Ok(());
    }
    // A fresh machine has no package lists yet.
    apt_update()?;
    apt(&install)
}

fn apt(arguments: &[&str]) -> anyhow::Result<()> {
    let root = shell::output(shell::command("id").arg("-u"))?.trim() == "0";
    let mut command = if root { shell::command("apt-get") } else { shell::command("sudo") };
    if !root {
        command.args(["-n", "apt-get"]);
    }
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    shell::run(&mut command)
}

/// Fetches the package lists.
pub(crate) fn apt_update() -> anyhow::Result<()> {
    apt(&["update"])
}

pub(crate) fn has_wasm_target() -> bool {
    let sysroot = shell::output(shell::command("rustc").args(["--print", "sysroot"]));
    sysroot.is_ok_and(|sysroot| std::path::Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir())
}

/// Asks rustup for the target. Does nothing when it is there.
pub(crate) fn install_wasm_target() -> anyhow::Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    shell::run(shell::command("rustup").args(["target", "add", WASM]))
        .with_context(|| format!("the {WASM} target could not be installed; the command is: rustup target add {WASM}"))
}
