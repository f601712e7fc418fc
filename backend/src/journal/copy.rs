//! Copies of a journal: taken while it is in use, and put in its place again.

use super::error::JournalError;
use super::head::Head;
use super::verify::verify_at;
use super::{Actor, Decision, Expected, Intent, Journal, Kind, Location, micros, row};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, chown};
use std::path::Path;

/// What a copy must not bring back: who was signed in then may have been signed out since, and what a job had still to do then
/// may be done by now. What was under way is looked up by its intent, as after a crash.
const LEFT_BEHIND: [&str; 3] = [
    "DELETE FROM session",
    "UPDATE job SET cancelled = 1 WHERE id IN (SELECT job FROM job_item WHERE state IN ('waiting', 'begun', 'unknown'))",
    "INSERT INTO journal_copied (seq, at) SELECT COALESCE(max(seq), 0), ? FROM journal",
];

/// A copy that was taken, or put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// How many rows it has.
    pub rows: u64,
    /// The last of them.
    pub head: Option<Head>,
}

/// Copies a journal, in use or not, to a new file for its owner alone. What is copied is one state of it, and is verified
/// before the file has its name. `expected`: as for a verification.
///
/// # Errors
/// In words: there is such a file already, the disk is full, the journal is not as it was written.
pub async fn backup(from: &Path, to: &Path, expected: Expected) -> Result<Copied, String> {
    let partial = to.with_added_extension("partial");
    let made = written(from, to, &partial, expected).await;
    if made.is_err() {
        // What is left of an attempt is no copy of anything.
        let _ = std::fs::remove_file(&partial);
    }
    made
}

async fn written(from: &Path, to: &Path, partial: &Path, expected: Expected) -> Result<Copied, String> {
    let expected = Expected { lenient: true, ..expected };
    free(to)?;
    let failed = |error: &dyn std::fmt::Display| format!("{} cannot be written: {error}.", partial.display());
    // SQLite writes into an empty file; so it never has another mode.
    let _ = std::fs::remove_file(partial);
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(partial).map_err(|error| failed(&error))?;
    let into = partial.to_str().ok_or_else(|| format!("{} is no text.", partial.display()))?;
    let readers = Location::from(from).readers().await.map_err(|error| format!("{} cannot be read: {error}.", from.display()))?;
    let copied = sqlx::query("VACUUM INTO ?").bind(into).execute(&readers).await;
    readers.close().await;
    copied.map_err(|error| failed(&error))?;
    leave_behind(partial).await.map_err(|error| failed(&error))?;
    let report = verify_at(partial, expected).await.map_err(|error| error.to_string())?;
    if let Some(fault) = report.faults.first() {
        let at = fault.seq.map(|seq| format!("row {seq}: ")).unwrap_or_default();
        return Err(format!("{} is not as it was written, and was not copied: {at}{}", from.display(), fault.what));
    }
    settle(partial, to).map_err(|error| failed(&error))?;
    Ok(Copied { rows: report.rows, head: report.head })
}

async fn leave_behind(copy: &Path) -> Result<(), sqlx::Error> {
    let mut write = SqliteConnectOptions::new().filename(copy).disable_statement_logging().connect().await?;
    for sql in LEFT_BEHIND {
        let query = sqlx::query(sql);
        if sql.contains('?') { query.bind(micros()) } else { query }.execute(&mut write).await?;
    }
    write.close().await
}

/// Puts a copy where a console will find its journal. The copy stays. Nothing is overwritten: what is there must be moved away
/// first, with what SQLite keeps beside it.
///
/// # Errors
/// In words: there is a journal already, the copy is not as it was written.
pub async fn restore(copy: &Path, to: &Path, expected: Expected) -> Result<Copied, String> {
    for companion in ["", "-wal", "-shm"] {
        free(Path::new(&format!("{}{companion}", to.display())))?;
    }
    let copied = backup(copy, to, expected).await?;
    owned_as_its_folder(to)
        .map_err(|error| format!("{} was put there, and cannot be given to whose the folder is: {error}.", to.display()))?;
    Ok(copied)
}

/// Root restores, and another user serves.
fn owned_as_its_folder(path: &Path) -> io::Result<()> {
    let folder = std::fs::metadata(path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
    let file = std::fs::metadata(path)?;
    if (folder.uid(), folder.gid()) == (file.uid(), file.gid()) {
        return Ok(());
    }
    chown(path, Some(folder.uid()), Some(folder.gid()))
}

/// A name that nothing has.
fn free(path: &Path) -> Result<(), String> {
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(format!("{} cannot be looked at: {error}.", path.display())),
        Ok(_) => Err(format!("{} is there already, and nothing is overwritten. Move it away, or name another.", path.display())),
    }
}

/// Synced, then named: whoever sees the name sees the whole of it, whenever the power fails.
fn settle(partial: &Path, to: &Path) -> io::Result<()> {
    File::open(partial)?.sync_all()?;
    std::fs::hard_link(partial, to)?; // unlike a renaming it refuses a name that came meanwhile
    std::fs::remove_file(partial)?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

impl Journal {
    /// Journals once that this file is a copy, if it is one: rows that the journal had after it are not in it.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub async fn say_if_copied(&self) -> Result<(), JournalError> {
        // What is put in its place is a copy of the copy: of which row and when, the first one knows.
        let first = self.store.one(sqlx::query("SELECT seq, at FROM journal_copied ORDER BY at LIMIT 1")).await?;
        let Some(first) = first else { return Ok(()) };
        let (seq, at): (i64, i64) = (row::get(&first, "seq")?, row::get(&first, "at")?);
        let params = json!({ "lastRow": seq, "copiedAt": at / 1000 });
        let event =
            Intent { kind: Kind::Config, actor: Actor::system(), operation: "RestoreJournal".to_owned(), params, ..Intent::default() };
        self.event(&event, &Decision::Allowed).await?;
        tracing::warn!(seq, "the journal is a copy: what came after this row is not in it");
        self.store.execute(sqlx::query("DELETE FROM journal_copied")).await.map(drop)
    }
}
