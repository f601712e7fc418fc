//! What was asked, by whom, and how it ended: an intent row, synced to disk before anything is sent, and an outcome row
//! after. No intent, no change and no secret.
//!
//! The file is SQLite, for one process alone. Its rows are added and never changed: triggers refuse the rest, and each
//! row carries the hash of the one before, so that [`Journal::verify`] finds what was changed behind its back. Whoever
//! holds the file *and* recomputes every hash after the change can still rewrite it; that shows a [`Head`] kept
//! elsewhere, or a checkpoint signed with a key that they do not have ([`Journal::checkpoint`]).

mod checkpoint;
mod claims;
mod copy;
mod entry;
mod error;
mod export;
mod head;
mod measure;
mod prune;
mod read;
pub(crate) mod row;
mod schema;
mod signed;
pub(crate) mod store;
mod verify;

pub use claims::Expected;
pub use copy::{Copied, backup, restore};
pub use entry::{Actor, Decision, Ending, Intent, IntentId, Kind, Known, Unresolved};
pub use error::JournalError;
pub use export::{Form, export};
pub use head::{Head, Kept};
pub use prune::Pruned;
pub use read::Visibility;
pub use signed::{Keys, Said, Statement, StatementKind};
pub use verify::{Fault, VerifyReport, verify_file};

use row::{Canonical, Intended, Place, Told};
use sqlx::{AssertSqlSafe, Row as _, SqliteConnection};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{SystemTime, UNIX_EPOCH};
use store::Store;
use uuid::Uuid;

/// The journal. Clones share the file.
#[derive(Clone, Debug)]
pub struct Journal {
    pub(crate) store: Arc<Store>,
    /// This start of this process.
    replica: Uuid,
    /// What checkpoints are signed with, if they are.
    keys: Option<Arc<Keys>>,
    /// Rows that could not be written.
    failures: Arc<AtomicU64>,
}

impl Journal {
    /// Opens a journal, or makes one where there is none, together with its folder. Intents that a process left open when
    /// it died are in [`Self::unresolved`].
    ///
    /// # Errors
    /// Another process has it open; the file cannot be opened, is no journal, or was written by a later build.
    pub async fn open(path: &Path) -> Result<Self, JournalError> {
        Ok(Self { store: Arc::new(Store::open(path).await?), replica: Uuid::now_v7(), keys: None, failures: Arc::default() })
    }

    /// Writes what somebody is about to do. It is on the disk when this returns.
    ///
    /// # Errors
    /// The row is not on the disk: nothing may be sent. [`JournalError::KeyTaken`] where the person has used the key before.
    pub async fn intent(&self, intent: &Intent) -> Result<IntentId, JournalError> {
        self.noted(async { self.append(&mut *self.store.writer().await?, Told::Intent(intent)).await }.await)
    }

    /// Writes how it ended. After [`contract::call::Outcome::Unknown`] another ending may follow.
    ///
    /// # Errors
    /// The row is not on the disk. [`JournalError::NotOpen`] where there is no such intent or its end is known already.
    pub async fn outcome(&self, id: IntentId, ending: &Ending) -> Result<(), JournalError> {
        self.noted(self.end(id, ending).await)
    }

    async fn end(&self, id: IntentId, ending: &Ending) -> Result<(), JournalError> {
        let mut writer = self.store.writer().await?;
        let row = sqlx::query("SELECT kind, request_id, operation FROM journal WHERE id = ? AND phase = 'intent'")
            .bind(id.to_string())
            .fetch_optional(&mut *writer)
            .await
            .map_err(|error| JournalError::writing(&error))?
            .ok_or(JournalError::NotOpen)?;
        let intended = Intended {
            id,
            kind: row::get(&row, "kind")?,
            request_id: row::get(&row, "request_id")?,
            operation: row::get(&row, "operation")?,
        };
        self.append(&mut writer, Told::Outcome(&intended, ending)).await.map(drop)
    }

    /// Writes what is complete by itself: a sign-in, a denial, the configuration at start, a reveal of what is known here.
    ///
    /// # Errors
    /// The row is not on the disk: what it tells of must not happen.
    pub async fn event(&self, event: &Intent, decision: &Decision) -> Result<IntentId, JournalError> {
        self.noted(async { self.append(&mut *self.store.writer().await?, Told::Event(event, decision)).await }.await)
    }

    /// Closes the file, if no clone is left. Not needed for what was written to be there.
    pub async fn close(self) {
        if let Some(store) = Arc::into_inner(self.store) {
            store.close().await;
        }
    }

    /// One statement, so that a caller who goes away in the middle leaves a whole row or none. The place is read from the
    /// file every time for the same reason: nothing here can be out of step with it.
    async fn append(&self, writer: &mut SqliteConnection, told: Told<'_>) -> Result<IntentId, JournalError> {
        let place = self.place(writer).await.map_err(|error| JournalError::writing(&error))?;
        let cells = row::cells(&place, told);
        let mut canonical = Canonical::new();
        cells.iter().for_each(|(name, cell)| canonical.add(name, cell));
        let sql = AssertSqlSafe(row::insert(&cells)); // names of columns alone; every value is bound
        let query = cells.into_iter().fold(sqlx::query(sql), |query, (_, cell)| row::bind(query, cell));
        query.bind(canonical.hash().to_vec()).execute(writer).await.map_err(|error| JournalError::writing(&error))?;
        Ok(IntentId(place.id))
    }

    async fn place(&self, writer: &mut SqliteConnection) -> Result<Place, sqlx::Error> {
        let last = sqlx::query("SELECT seq, chain, hash FROM journal ORDER BY seq DESC LIMIT 1").fetch_optional(writer).await?;
        let (seq, chain, prev_hash) = match last {
            None => (0, Uuid::now_v7(), [0; 32]),
            Some(row) => {
                let chain = row.try_get::<String, _>("chain")?.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
                let hash = <[u8; 32]>::try_from(row.try_get::<Vec<u8>, _>("hash")?);
                (row.try_get("seq")?, chain, hash.map_err(|_| sqlx::Error::Decode("a hash is not 32 bytes".into()))?)
            }
        };
        Ok(Place { seq: seq + 1, chain, prev_hash, id: Uuid::now_v7(), at: micros(), replica: self.replica })
    }
}

/// Microseconds since 1970.
pub(crate) fn micros() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
