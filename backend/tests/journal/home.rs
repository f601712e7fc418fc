//! Where a journal is, for one test: a file, or a database.

use crate::postgres::Database;
use crate::support::{raw, run};
use backend::journal::{Journal, Location};
use sqlx::{AnyConnection, Connection as _};
use std::path::{Path, PathBuf};

/// A place for a journal, and another hand on it.
#[derive(Debug)]
pub(crate) enum Home {
    File(tempfile::TempDir),
    Database(Database),
}

/// Each of these, once with a file and once with a database.
macro_rules! both {
    ($(#[$how:meta] $name:ident),* $(,)?) => {
        mod in_a_file {
            $(#[$how] async fn $name() { super::$name(crate::home::Home::file()).await; })*
        }
        mod in_a_database {
            $(#[$how] async fn $name() { super::$name(crate::home::Home::database().await).await; })*
        }
    };
    ($($name:ident),* $(,)?) => { crate::home::both!($(#[tokio::test] $name),*); };
}
pub(crate) use both;

impl Home {
    pub(crate) fn file() -> Self {
        Self::File(tempfile::tempdir().unwrap())
    }

    pub(crate) async fn database() -> Self {
        Self::Database(Database::new().await)
    }

    /// Another one of the same kind.
    pub(crate) async fn another(&self) -> Self {
        match self {
            Self::File(_) => Self::file(),
            Self::Database(_) => Self::database().await,
        }
    }

    pub(crate) const fn is_a_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    pub(crate) fn path(&self) -> PathBuf {
        match self {
            Self::File(folder) => folder.path().join("state").join("journal.sqlite3"),
            Self::Database(_) => panic!("it is no file"),
        }
    }

    pub(crate) fn place(&self) -> Location {
        match self {
            Self::File(_) => Location::File(self.path()),
            Self::Database(database) => database.into(),
        }
    }

    pub(crate) async fn open(&self) -> Journal {
        Journal::open(self.place()).await.unwrap()
    }

    /// Another hand on it.
    pub(crate) async fn raw(&self) -> AnyConnection {
        match self {
            Self::File(_) => raw(&self.path()).await,
            Self::Database(database) => database.raw().await,
        }
    }

    /// Takes the triggers away, changes something, and puts them back: what somebody does who has the file, or who is the
    /// superuser of the database. How many rows were changed.
    pub(crate) async fn behind_its_back(&self, changes: &[&str]) -> u64 {
        if self.is_a_file() {
            return behind(&self.path(), changes).await;
        }
        let mut raw = self.raw().await;
        run(&mut raw, "SET session_replication_role = replica").await.unwrap();
        let checks: Vec<(String, String)> = sqlx::query_as(
            "SELECT CAST(conname AS TEXT), CAST(CAST(conrelid AS regclass) AS TEXT) FROM pg_constraint
             WHERE contype = 'c' AND conrelid IN ('journal'::regclass, 'journal_statement'::regclass)",
        )
        .fetch_all(&mut raw)
        .await
        .unwrap();
        for (name, table) in &checks {
            run(&mut raw, &format!("ALTER TABLE {table} DROP CONSTRAINT {name}")).await.unwrap();
        }
        let mut changed = 0;
        for change in changes {
            changed += run(&mut raw, change).await.unwrap_or_else(|error| panic!("{change}: {error}"));
        }
        raw.close().await.unwrap();
        changed
    }
}

/// The same, of a file.
pub(crate) async fn behind(path: &Path, changes: &[&str]) -> u64 {
    let mut raw = raw(path).await;
    let triggers: Vec<(String, String)> =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetch_all(&mut raw).await.unwrap();
    for (name, _) in &triggers {
        run(&mut raw, &format!("DROP TRIGGER {name}")).await.unwrap();
    }
    run(&mut raw, "PRAGMA ignore_check_constraints = ON").await.unwrap();
    let mut changed = 0;
    for change in changes {
        changed += run(&mut raw, change).await.unwrap_or_else(|error| panic!("{change}: {error}"));
    }
    for (_, sql) in &triggers {
        run(&mut raw, sql).await.unwrap();
    }
    raw.close().await.unwrap();
    changed
}
