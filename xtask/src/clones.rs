//! Clones share one folder of build output, so that a second one starts with every dependency built. Cargo names what it
//! builds of a workspace by its place in the workspace, not on the disk, and takes for fresh what is newer than its
//! sources: it would take another clone's build for this one's. So whoever comes after another clone touches the sources.

use crate::paths;
use anyhow::Context as _;
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

/// Names the clone that built here last.
const STAMP: &str = "tally-clone";
/// What Cargo builds of this project.
const CRATES: [&str; 5] = ["contract", "emulator", "backend", "frontend", "xtask"];

/// Makes the shared folder this clone's: what another clone built of the project is not taken for this one's.
pub(crate) fn take_over() -> anyhow::Result<()> {
    let (root, target) = (paths::root(), paths::target()?);
    let stamp = target.join(STAMP);
    let ours = root.display().to_string();
    if fs::read_to_string(&stamp).is_ok_and(|last| last == ours) {
        return Ok(());
    }
    let now = SystemTime::now();
    for folder in CRATES {
        touch(&root.join(folder), now)?;
    }
    fs::create_dir_all(&target)?;
    fs::write(&stamp, ours).with_context(|| format!("cannot write {}", stamp.display()))
}

fn touch(folder: &Path, now: SystemTime) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            touch(&path, now)?;
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "toml" || kind == "sql" || kind == "json") {
            let file = File::options().append(true).open(&path)?;
            file.set_modified(now).with_context(|| format!("cannot touch {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn sources_become_new_and_other_files_stay() {
        let folder = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - Duration::from_secs(3600);
        fs::create_dir(folder.path().join("src")).unwrap();
        for name in ["src/lib.rs", "icon.svg"] {
            let path = folder.path().join(name);
            fs::write(&path, "x").unwrap();
            File::options().append(true).open(&path).unwrap().set_modified(old).unwrap();
        }
        touch(folder.path(), SystemTime::now()).unwrap();
        let age = |name: &str| fs::metadata(folder.path().join(name)).unwrap().modified().unwrap().elapsed().unwrap();
        assert!(age("src/lib.rs") < Duration::from_secs(60));
        assert!(age("icon.svg") > Duration::from_secs(3000));
    }
}
