//! Files that the configuration names.

use super::{Finding, Surroundings};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// Can a file of a secret be read, and by its owner alone? `true` if so.
pub(super) fn secret_file(key: &str, path: &Path, around: &Surroundings, findings: &mut Vec<Finding>) -> bool {
    let shown = path.display();
    // systemd gives a service's credentials to its user by an entry of their ACL, whose mask shows as what the group may.
    let by_systemd = around.env.get("CREDENTIALS_DIRECTORY").is_some_and(|folder| path.parent() == Some(Path::new(folder)));
    let others = if by_systemd { 0o037 } else { 0o077 };
    match std::fs::metadata(path).and_then(|file| std::fs::File::open(path).map(|_| file.mode() & 0o777)) {
        Ok(mode) if mode & others == 0 => return true,
        Ok(mode) => findings.push(Finding::new(
            key,
            format!("Others than its owner may read {shown} or change it (mode {mode:o})."),
            format!("Run `chmod go= {shown}`."),
        )),
        Err(error) => findings.push(Finding::new(key, format!("{shown} cannot be read: {error}."), "Name a file that this user may read.")),
    }
    false
}
