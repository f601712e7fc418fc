//! Where the rows are: a file of SQLite for one process alone, or a database of PostgreSQL that several share. Written through one
//! connection, read through a few.

mod ask;
mod file;
mod server;

pub(crate) use ask::Sql;
pub use server::Server;

use super::error::JournalError;
use sqlx::any::AnyConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Connection as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{MappedMutexGuard, MutexGuard};

/// Longer nobody waits for the database to say whether something is written.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Where a journal is.
#[derive(Clone, Debug)]
pub enum Location {
    /// A file of SQLite.
    File(PathBuf),
    /// A database of PostgreSQL.
    Server(Server),
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for Location {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(server) => server.fmt(f),
        }
    }
}

impl Location {
    /// As something that cannot be opened.
    pub(super) fn refuse(&self, cause: impl std::fmt::Display) -> JournalError {
        JournalError::Open { location: self.to_string(), cause: cause.to_string() }
    }

    fn options(&self) -> Result<AnyConnectOptions, JournalError> {
        sqlx::any::install_default_drivers();
        let url = match self {
            Self::File(path) => file::url(path, file::Mode::Write).map_err(|error| self.refuse(error))?,
            Self::Server(server) => server.url(),
        };
        let options = AnyConnectOptions::from_url(&url).map_err(|error| self.refuse(error))?;
        Ok(options.disable_statement_logging())
    }

    /// A connection that writes.
    async fn connect(&self, options: &AnyConnectOptions) -> Result<AnyConnection, sqlx::Error> {
        let mut connection = options.connect().await?;
        let settings = match self {
            Self::File(_) => file::SETTINGS,
            Self::Server(_) => server::SETTINGS,
        };
        for setting in settings {
            sqlx::query(*setting).execute(&mut connection).await?;
        }
        Ok(connection)
    }

    /// Makes the tables as this build wants them. Where they are so already nothing is touched: whoever may only add rows to them may
    /// not make any.
    async fn bring_up_to_date(&self, writer: &mut AnyConnection) -> Result<(), JournalError> {
        let done = sqlx::query_as::<_, (i64, Vec<u8>)>("SELECT version, checksum FROM _sqlx_migrations ORDER BY version");
        // Where there is no such table yet, there is all to be done.
        let done = done.fetch_all(&mut *writer).await.unwrap_or_default();
        let wanted = self.migrations().iter().map(|migration| (migration.version, migration.checksum.to_vec()));
        if done == wanted.collect::<Vec<_>>() {
            return Ok(());
        }
        let (patient, impatient) = self.patience();
        sqlx::query(patient).execute(&mut *writer).await.map_err(|error| self.refuse(error))?;
        self.migrations().run(&mut *writer).await.map_err(|error| self.refuse(error))?;
        sqlx::query(impatient).execute(writer).await.map(drop).map_err(|error| self.refuse(error))
    }

    /// What lets a statement take its time, on a large table, and what ends that again. A file has no such limit.
    pub(super) const fn patience(&self) -> (&'static str, &'static str) {
        match self {
            Self::File(_) => ("SELECT 1", "SELECT 1"),
            Self::Server(_) => ("SET statement_timeout = 0", "SET statement_timeout = '5s'"),
        }
    }

    /// A connection of its own that reads, of a server: what is begun on it ends with it.
    pub(super) async fn reads_apart(&self) -> Result<Option<AnyConnection>, JournalError> {
        match self {
            Self::File(_) => Ok(None),
            Self::Server(_) => self.options()?.connect().await.map(Some).map_err(|error| self.refuse(error)),
        }
    }

    /// A few connections that cannot write.
    pub(super) async fn readers(&self) -> Result<AnyPool, JournalError> {
        sqlx::any::install_default_drivers();
        let readers = match self {
            Self::File(path) => file::readers(path).await,
            Self::Server(server) => server::readers(&server.url()),
        };
        readers.map_err(|error| self.refuse(error))
    }

    /// Text of SQL, as the one here says it.
    pub(super) const fn sql(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::File(_) => sqlite,
            Self::Server(_) => postgres,
        }
    }

    /// The tables, step by step.
    pub(super) const fn migrations(&self) -> &'static Migrator {
        match self {
            Self::File(_) => &file::MIGRATIONS,
            Self::Server(_) => &server::MIGRATIONS,
        }
    }
}

/// A connection for several statements that belong together.
#[derive(Debug)]
pub(crate) enum Together<'a> {
    Own(AnyConnection),
    Shared(Writer<'a>),
}

impl std::ops::Deref for Together<'_> {
    type Target = AnyConnection;
    fn deref(&self) -> &AnyConnection {
        match self {
            Self::Own(connection) => connection,
            Self::Shared(writer) => writer,
        }
    }
}

impl std::ops::DerefMut for Together<'_> {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match self {
            Self::Own(connection) => connection,
            Self::Shared(writer) => writer,
        }
    }
}

/// The open journal.
pub(crate) struct Store {
    location: Location,
    options: AnyConnectOptions,
    /// None where the last one broke.
    writer: tokio::sync::Mutex<Option<AnyConnection>>,
    readers: Mutex<AnyPool>,
    /// Of a file, that it is still this one, and ours.
    own: Option<file::Own>,
}

impl std::fmt::Debug for Store {
    /// Without the options: they hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("location", &self.location).finish_non_exhaustive()
    }
}

/// The one connection that writes, for as long as it is held.
pub(crate) type Writer<'a> = MappedMutexGuard<'a, AnyConnection>;

impl Store {
    /// Opens it, makes what is not there, and brings its tables up to date.
    pub(crate) async fn open(location: Location) -> Result<Self, JournalError> {
        let own = match &location {
            Location::File(path) => Some(file::Own::take(path)?),
            Location::Server(_) => None,
        };
        let options = location.options()?;
        let opened = tokio::time::timeout(PATIENCE, location.connect(&options)).await;
        let mut writer = opened.map_err(|_| location.refuse("It does not answer."))?.map_err(|error| location.refuse(error))?;
        location.bring_up_to_date(&mut writer).await?;
        let readers = location.readers().await?;
        Ok(Self { location, options, writer: tokio::sync::Mutex::new(Some(writer)), readers: Mutex::new(readers), own })
    }

    /// The connection that writes, when it is free.
    ///
    /// # Errors
    /// A file is no longer the one that was opened; a server does not answer.
    pub(crate) async fn writer(&self) -> Result<Writer<'_>, JournalError> {
        let mut writer = self.within(async { Ok(self.writer.lock().await) }).await?;
        match &self.own {
            Some(own) => own.still()?,
            None => self.answers(&mut writer).await?,
        }
        let connected = MutexGuard::try_map(writer, Option::as_mut);
        connected.map_err(|_| JournalError::Gone("It is not connected.".to_owned()))
    }

    /// A server may have gone away since, and come back: what is broken, or was left in the middle of something, is done anew.
    async fn answers(&self, writer: &mut Option<AnyConnection>) -> Result<(), JournalError> {
        let good = match writer.as_mut() {
            Some(connection) => tokio::time::timeout(Duration::from_secs(1), connection.ping()).await.is_ok_and(|answer| answer.is_ok()),
            None => false,
        };
        if good {
            return Ok(());
        }
        *writer = None;
        *writer = Some(self.connect().await?);
        // What reads may wait on a server that is no longer there, until the network says so.
        *self.readers.lock().unwrap_or_else(PoisonError::into_inner) = self.location.readers().await?;
        Ok(())
    }

    /// For what is done as a whole or not at all. Whoever asks may go away in the middle, also of the statement that begins it: of a
    /// server it is a connection of its own, which ends with them, so that nobody goes on in what they have begun.
    ///
    /// # Errors
    /// As [`Self::writer`].
    pub(crate) async fn together(&self) -> Result<Together<'_>, JournalError> {
        match self.location {
            Location::File(_) => self.writer().await.map(Together::Shared),
            Location::Server(_) => self.connect().await.map(Together::Own),
        }
    }

    async fn connect(&self) -> Result<AnyConnection, JournalError> {
        let gone = |cause: String| JournalError::Gone(format!("{}: {cause}", self.location));
        let connected = tokio::time::timeout(PATIENCE, self.location.connect(&self.options)).await;
        connected.map_err(|_| gone("It does not answer.".to_owned()))?.map_err(|error| gone(error.to_string()))
    }

    /// For reading.
    pub(crate) fn readers(&self) -> AnyPool {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Text of SQL, as the one here says it.
    pub(crate) const fn sql(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        self.location.sql(sqlite, postgres)
    }

    pub(crate) const fn location(&self) -> &Location {
        &self.location
    }

    /// Closes the connections; of a file, writes back what is in the write-ahead log.
    pub(crate) async fn close(self) {
        self.readers().close().await;
        if let Some(writer) = self.writer.into_inner()
            && let Err(error) = writer.close().await
        {
            tracing::warn!(%error, "the journal was not closed cleanly; nothing is lost");
        }
    }
}
