//! What was asked, by whom, and how it ended: an intent row, synced to disk before anything is sent, and an outcome row
//! after. No intent, no change and no secret.
//!
//! They stand in a file of SQLite, for one process alone, or in a database of PostgreSQL that several consoles share. Rows are added and
//! never changed: triggers refuse the rest, and each row carries the hash of the one before, so that [`Journal::verify`] finds what was
//! changed behind its back. Whoever holds them *and* recomputes every hash after the change can still rewrite them; that shows a
//! [`Head`] kept elsewhere, or a checkpoint signed with a key that they do not have ([`Journal::checkpoint`]).

mod append;
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
pub use store::{Location, Server};
pub use verify::{Fault, VerifyReport, verify_at};

use row::{Intended, Told};
use std::collections::BTreeSet;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
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
    /// Intents of which it is not known whether they are there.
    doubtful: Arc<Mutex<BTreeSet<String>>>,
}

impl Journal {
    /// Opens a journal, or makes one where there is none, together with its folder. Intents that a process left open when
    /// it died are in [`Self::unresolved`].
    ///
    /// # Errors
    /// Another process has it open; the file cannot be opened, is no journal, or was written by a later build.
    pub async fn open(location: impl Into<Location>) -> Result<Self, JournalError> {
        Ok(Self {
            store: Arc::new(Store::open(location.into()).await?),
            replica: Uuid::now_v7(),
            keys: None,
            failures: Arc::default(),
            doubtful: Arc::default(),
        })
    }

    /// Writes what somebody is about to do. It is on the disk when this returns.
    ///
    /// # Errors
    /// The row is not on the disk: nothing may be sent. [`JournalError::KeyTaken`] where the person has used the key before.
    pub async fn intent(&self, intent: &Intent) -> Result<IntentId, JournalError> {
        self.noted(self.write(Told::Intent(intent)).await)
    }

    /// Writes how it ended. After [`contract::call::Outcome::Unknown`] another ending may follow.
    ///
    /// # Errors
    /// The row is not on the disk. [`JournalError::NotOpen`] where there is no such intent or its end is known already.
    pub async fn outcome(&self, id: IntentId, ending: &Ending) -> Result<(), JournalError> {
        self.noted(self.end(id, ending).await)
    }

    async fn end(&self, id: IntentId, ending: &Ending) -> Result<(), JournalError> {
        let row = sqlx::query("SELECT kind, request_id, operation FROM journal WHERE id = $1 AND phase = 'intent'").bind(id.to_string());
        let row = self.store.one(row).await?.ok_or(JournalError::NotOpen)?;
        let intended = Intended {
            id,
            kind: row::get(&row, "kind")?,
            request_id: row::get(&row, "request_id")?,
            operation: row::get(&row, "operation")?,
        };
        self.write(Told::Outcome(&intended, ending)).await.map(drop)
    }

    /// Writes what is complete by itself: a sign-in, a denial, the configuration at start, a reveal of what is known here.
    ///
    /// # Errors
    /// The row is not on the disk: what it tells of must not happen.
    pub async fn event(&self, event: &Intent, decision: &Decision) -> Result<IntentId, JournalError> {
        self.noted(self.write(Told::Event(event, decision)).await)
    }

    /// Do several consoles write into it?
    pub fn is_shared(&self) -> bool {
        matches!(self.store.location(), Location::Server(_))
    }

    /// This start of this process, as it stands in its rows.
    pub(crate) fn replica(&self) -> String {
        self.replica.to_string()
    }

    /// Closes the file, if no clone is left. Not needed for what was written to be there.
    pub async fn close(self) {
        if let Some(store) = Arc::into_inner(self.store) {
            store.close().await;
        }
    }
}

/// Microseconds since 1970.
pub(crate) fn micros() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
