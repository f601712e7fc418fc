//! The files of other builds, where several consoles share a database. While one version takes the place of another, a page of the
//! one asks a console of the other for its files; and a page that was opened days ago for a part that it had no need of until now.
//!
//! What the database gives is served only where it is what its name says: a folder and a file are called by the hash of what is in
//! them. Whoever may write to the database can so take files away, and not put others in their place; and what else they put there is
//! a script, a style or a part of an app, and no page.

use super::Assets;
use crate::hex::hex;
use crate::journal::{Journal, JournalError, row};
use axum::body::Bytes;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// So many builds are kept in memory.
const KEPT: usize = 3;
/// So many look at once; whoever comes besides finds nothing, and asks again.
const AT_ONCE: usize = 4;
/// Digits of the hash in a name.
const DIGITS: usize = 16;

/// What other builds are made of.
#[derive(Debug)]
pub(super) struct Builds {
    journal: Journal,
    /// By the name of their folder.
    read: Mutex<HashMap<String, Arc<Assets>>>,
    looks: Semaphore,
}

impl Builds {
    /// Leaves the files of this build for the others, and lets those go that no console was started with for a year.
    ///
    /// # Errors
    /// The database is not to be reached.
    pub(super) async fn beside(own: &Assets, journal: &Journal) -> Result<Self, JournalError> {
        for (name, asset) in &own.files {
            let Some(folder) = folder(name) else { continue };
            // As they are, and not the compressed copies: of those no name says what they are.
            let put = "INSERT INTO asset (folder, path, bytes) VALUES ($1, $2, $3) ON CONFLICT (path)
                DO UPDATE SET folder = excluded.folder, bytes = excluded.bytes, at = micros()";
            journal.store.execute(sqlx::query(put).bind(folder).bind(name).bind(asset.plain.to_vec())).await?;
        }
        let old = "DELETE FROM asset WHERE at < micros() - CAST(366 AS BIGINT) * 86400 * 1000000";
        journal.store.execute(sqlx::query(old)).await?;
        Ok(Self { journal: journal.clone(), read: Mutex::default(), looks: Semaphore::new(AT_ONCE) })
    }

    /// The files of the build that has this one, if there is one.
    pub(super) async fn find(&self, name: &str) -> Option<Arc<Assets>> {
        let folder = folder(name)?;
        if let Some(known) = self.known(folder) {
            return Some(known);
        }
        let _look = self.looks.try_acquire().ok()?;
        let files = self.files(folder).await;
        let files = files.inspect_err(|error| tracing::warn!(%error, "the files of other builds cannot be read")).ok()?;
        if files.is_empty() {
            return None;
        }
        if !is_what_it_says(folder, &files) {
            tracing::error!(folder, "files of another build in the database are not what their names say: they are not served");
            return None;
        }
        let parts = files.into_iter().filter(|(path, _)| [".js", ".css", ".wasm"].iter().any(|ending| path.ends_with(ending)));
        let assets = Arc::new(Assets::new(parts));
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.len() >= KEPT {
            read.clear();
        }
        read.insert(folder.to_owned(), Arc::clone(&assets));
        Some(assets)
    }

    async fn files(&self, folder: &str) -> Result<BTreeMap<String, Bytes>, JournalError> {
        let rows = self.journal.store.all(sqlx::query("SELECT path, bytes FROM asset WHERE folder = $1").bind(folder)).await?;
        rows.iter().map(|row| Ok((row::get(row, "path")?, row::get::<Vec<u8>>(row, "bytes")?.into()))).collect()
    }

    fn known(&self, folder: &str) -> Option<Arc<Assets>> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).get(folder).map(Arc::clone)
    }
}

/// What a hash stands in the name of: the folder of the app's files, or a file by itself.
fn folder(name: &str) -> Option<&str> {
    let is_hash = |text: &str| text.len() == DIGITS && text.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit));
    let folder = name.split('/').next()?;
    let hash = folder.strip_prefix("app-").or_else(|| {
        let file = folder.strip_prefix("boot-").and_then(|rest| rest.strip_suffix(".js"));
        file.or_else(|| folder.strip_prefix("style-").and_then(|rest| rest.strip_suffix(".css")))
    });
    hash.is_some_and(is_hash).then_some(folder)
}

/// Are these the files that a folder of this name has, or the one of this name? As `cargo xtask finish-dist` calls them.
fn is_what_it_says(folder: &str, files: &BTreeMap<String, Bytes>) -> bool {
    let mut hash = Sha256::new();
    for (path, bytes) in files {
        match path.strip_prefix(folder).map(|rest| rest.strip_prefix('/')) {
            Some(Some(file)) => {
                hash.update(file);
                hash.update((bytes.len() as u64).to_le_bytes());
            }
            Some(None) if path == folder => {}
            Some(None) | None => return false,
        }
        hash.update(bytes);
    }
    folder.contains(&format!("-{}", &hex(&hash.finalize())[..DIGITS]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_this_build_are_what_their_names_say() {
        let own = Assets::embedded();
        let mut folders: BTreeMap<&str, BTreeMap<String, Bytes>> = BTreeMap::new();
        for (name, asset) in &own.files {
            let Some(folder) = folder(name) else { continue };
            folders.entry(folder).or_default().insert(name.clone(), asset.plain.clone());
        }
        assert_eq!(folders.keys().map(|name| name.split('-').next()).collect::<Vec<_>>(), [Some("app"), Some("boot"), Some("style")]);
        for (folder, files) in folders {
            assert!(is_what_it_says(folder, &files), "{folder}");
            let (name, bytes) = files.iter().next_back().map(|(name, bytes)| (name.clone(), bytes.to_vec())).expect("a file");
            let with = |bytes: Vec<u8>| files.clone().into_iter().chain([(name.clone(), bytes.into())]).collect();
            assert!(!is_what_it_says(folder, &with([&*bytes, b" "].concat())), "{folder}: changed");
            let more = files.clone().into_iter().chain([(format!("{folder}/evil.js"), Bytes::from_static(b"1"))]).collect();
            assert!(!is_what_it_says(folder, &more), "{folder}: another file");
        }
    }

    #[test]
    fn only_what_carries_its_hash_is_looked_for() {
        for (name, found) in [
            ("app-0123456789abcdef/frontend.js", Some("app-0123456789abcdef")),
            ("boot-0123456789abcdef.js", Some("boot-0123456789abcdef.js")),
            ("style-0123456789abcdef.css", Some("style-0123456789abcdef.css")),
            ("index.html", None),
            ("app-0123456789ABCDEF/x.js", None),
            ("app-0123456789abcde/x.js", None),
            ("icon-0123456789abcdef.svg", None),
            ("boot-0123456789abcdef.html", None),
        ] {
            assert_eq!(folder(name), found, "{name}");
        }
    }
}
