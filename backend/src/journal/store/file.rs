//! The file: opened by one process alone.

use crate::journal::error::JournalError;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, ConnectOptions as _};
use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use url::Url;

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// A row is on the disk before its statement returns; and nobody else writes, or does not hold up a person for it.
pub(super) const SETTINGS: &[&str] = &["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA busy_timeout = 1000"];

/// What a connection may.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode {
    Write,
    Read,
}

/// A file, as sqlx names one.
pub(super) fn url(path: &Path, mode: Mode) -> Result<Url, String> {
    let text = path.to_str().ok_or("its name is no text")?;
    let mode = match mode {
        Mode::Write => "rw",
        Mode::Read => "ro",
    };
    let url = format!("sqlite:{}?mode={mode}", utf8_percent_encode(text, NON_ALPHANUMERIC));
    url.parse().map_err(|error: url::ParseError| error.to_string())
}

/// A few connections that cannot write.
pub(super) async fn readers(path: &Path) -> Result<AnyPool, sqlx::Error> {
    let url = url(path, Mode::Read).map_err(|error| sqlx::Error::Configuration(error.into()))?;
    let options = AnyConnectOptions::from_url(&url)?.disable_statement_logging();
    AnyPoolOptions::new().max_connections(2).connect_with(options).await
}

/// A file that is held for as long as it is open.
#[derive(Debug)]
pub(super) struct Own {
    path: PathBuf,
    /// Device and inode: a file that was moved away takes rows that nobody will find again.
    identity: (u64, u64),
    _lock: File,
}

impl Own {
    /// Takes it for this process, and makes it where there is none (mode 0600).
    pub(super) fn take(path: &Path) -> Result<Self, JournalError> {
        let lock = lock(path)?;
        let identity = create(path).map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.to_owned(), identity, _lock: lock })
    }

    /// Is the file still the one that was opened?
    pub(super) fn still(&self) -> Result<(), JournalError> {
        let now = std::fs::metadata(&self.path).map_err(|error| JournalError::Unwritable(error.to_string()))?;
        if (now.dev(), now.ino()) == self.identity {
            Ok(())
        } else {
            Err(JournalError::Unwritable(format!("{} is another file than the one that was opened", self.path.display())))
        }
    }
}

fn failed(path: &Path, cause: &dyn std::fmt::Display) -> JournalError {
    JournalError::Open { location: path.display().to_string(), cause: cause.to_string() }
}

/// A lock of the system, so it dies with the process, however that ends.
fn lock(path: &Path) -> Result<File, JournalError> {
    let failed = |error: std::io::Error| failed(path, &error);
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
