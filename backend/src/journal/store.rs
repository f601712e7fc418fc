//! The file: opened by one process alone, written through one connection, read through a few.

use super::error::JournalError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, SqlitePool};
use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// The open file.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    /// Device and inode: a file that was moved away takes rows that nobody will find again.
    identity: (u64, u64),
    writer: Mutex<SqliteConnection>,
    readers: SqlitePool,
    /// Held for as long as the file is open.
    _lock: File,
}

impl Store {
    /// Opens the file, makes it where there is none (mode 0600), and brings its tables up to date.
    pub(crate) async fn open(path: &Path) -> Result<Self, JournalError> {
        let failed = |cause: &dyn std::fmt::Display| JournalError::Open { path: path.to_owned(), cause: cause.to_string() };
        let lock = lock(path)?;
        let identity = create(path).map_err(|error| failed(&error))?;
        let mut writer = options(path).connect().await.map_err(|error| failed(&error))?;
        MIGRATIONS.run(&mut writer).await.map_err(|error| failed(&error))?;
        let readers = readers(path).await.map_err(|error| failed(&error))?;
        Ok(Self { path: path.to_owned(), identity, writer: Mutex::new(writer), readers, _lock: lock })
    }

    /// The one connection that writes, when it is free. Refused where the file is no longer the one that was opened.
    pub(crate) async fn writer(&self) -> Result<MutexGuard<'_, SqliteConnection>, JournalError> {
        let writer = self.writer.lock().await;
        let now = std::fs::metadata(&self.path).map_err(|error| JournalError::Unwritable(error.to_string()))?;
        if (now.dev(), now.ino()) == self.identity {
            Ok(writer)
        } else {
            Err(JournalError::Unwritable(format!("{} is another file than the one that was opened", self.path.display())))
        }
    }

    /// For reading.
    pub(crate) const fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// Writes back what is in the write-ahead log and closes the file.
    pub(crate) async fn close(self) {
        self.readers.close().await;
        if let Err(error) = self.writer.into_inner().close().await {
            tracing::warn!(%error, "the journal was not closed cleanly; nothing is lost");
        }
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full) // a row is on the disk before its statement returns
        .busy_timeout(Duration::from_secs(1)) // nobody else writes; whoever does shall not hold up a person
        .disable_statement_logging()
}

/// A few connections that cannot write.
pub(crate) async fn readers(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).disable_statement_logging();
    SqlitePoolOptions::new().max_connections(2).connect_with(options).await
}

/// Takes the file for this process. A lock of the system, so it dies with the process, however that ends.
fn lock(path: &Path) -> Result<File, JournalError> {
    let failed = |error: std::io::Error| JournalError::Open { path: path.to_owned(), cause: error.to_string() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    }
    let name = path.with_added_extension("lock");
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(name).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(failed)?;
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            let read = file.read_to_string(&mut process).is_ok_and(|length| length > 0);
            Err(JournalError::InUse { path: path.to_owned(), process: read.then_some(process) })
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Makes the file before SQLite does, so that it never has another mode: what is in it is for the owner alone. SQLite
/// gives its companions (`-wal`, `-shm`) the same mode.
fn create(path: &Path) -> std::io::Result<(u64, u64)> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    file.set_permissions(Permissions::from_mode(0o600))?;
    let metadata = file.metadata()?;
    Ok((metadata.dev(), metadata.ino()))
}
