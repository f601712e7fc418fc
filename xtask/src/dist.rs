//! `cargo xtask dist`: a tarball of what is shipped, and its checksum.

use std::path::Path;

use anyhow::Context as _;
use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};

use crate::binary::{self, Profile};
use crate::hex::hex;
use crate::{front, paths, sbom, shell};

const BESIDE: [&str; 6] = ["README.md", "LICENSE", "THIRD_PARTY_NOTICES.md", "CHANGELOG.md", "SECURITY.md", "deploy/tally.service"];

pub(crate) fn run(_: &[String]) -> anyhow::Result<()> {
    front::install_tools()?;
    front::build()?;
    let binary = binary::build(Profile::Release)?;
    let name = format!("tally-{}-{}-{}", env!("CARGO_PKG_VERSION"), std::env::consts::ARCH, std::env::consts::OS);
    let folder = tempfile::tempdir()?;
    let inside = folder.path().join(&name);
    std::fs::create_dir(&inside)?;
    std::fs::copy(&binary, inside.join("tally"))?;
    std::fs::create_dir(inside.join("deploy"))?;
    for file in BESIDE {
        std::fs::copy(paths::root().join(file), inside.join(file)).with_context(|| format!("cannot copy {file}"))?;
    }
    std::fs::write(inside.join("tally.cdx.json"), sbom::text()?)?;

    let out = paths::root().join("target/dist");
    std::fs::create_dir_all(&out)?;
    let tarball = out.join(format!("{name}.tar.gz"));
    pack(folder.path(), &name, &tarball)?;
    let checksum = hex(&Sha256::digest(std::fs::read(&tarball)?));
    std::fs::write(out.join(format!("{name}.tar.gz.sha256")), format!("{checksum}  {name}.tar.gz\n"))?;
    println!("\n{}\nsha256 {checksum}", tarball.display());
    Ok(())
}

/// The same content gives the same bytes: order, owner and times are fixed.
fn pack(folder: &Path, name: &str, tarball: &Path) -> anyhow::Result<()> {
    let plain = folder.join("plain.tar");
    let mut tar = shell::command("tar");
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "--create", "--file"]);
    shell::run(tar.arg(&plain).arg("--directory").arg(folder).arg(name))?;
    let mut packed = GzBuilder::new().mtime(0).write(std::fs::File::create(tarball)?, Compression::best());
    std::io::copy(&mut std::fs::File::open(&plain)?, &mut packed)?;
    packed.finish()?;
    Ok(())
}
