//! The consoles that share a database. Each says every few seconds that it is there; what one of them holds is free once it has not
//! said so for a while. Where the journal is a file there is one console, and nothing to say.

mod hold;

pub(crate) use hold::Hold;

use crate::journal::{Journal, JournalError};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So often each says that it is there. Whoever has not for four times as long is taken for dead, by the database's clock
/// (`living`, in the migrations).
const BEAT: Duration = Duration::from_secs(5);

/// This console among the others. Clones are the same.
#[derive(Clone, Debug)]
pub struct Replicas {
    /// `None`: the journal is a file.
    shared: Option<Journal>,
    living: Arc<AtomicU32>,
    /// What this one holds now, or waits for.
    holding: Arc<Mutex<BTreeSet<String>>>,
}

impl Replicas {
    /// Those that share this journal.
    pub fn of(journal: &Journal) -> Self {
        let shared = journal.is_shared().then(|| journal.clone());
        Self { shared, living: Arc::new(AtomicU32::new(1)), holding: Arc::default() }
    }

    /// This console alone.
    #[cfg(test)]
    pub(crate) fn alone() -> Self {
        Self::these(1)
    }

    /// So many, as if each had said so.
    #[cfg(test)]
    pub(crate) fn these(count: u32) -> Self {
        Self { shared: None, living: Arc::new(AtomicU32::new(count)), holding: Arc::default() }
    }

    /// How many there are, this one among them; at least one.
    pub fn count(&self) -> u32 {
        self.living.load(Ordering::Relaxed).max(1)
    }

    /// This one, as it stands in the rows of the journal; `None` where it is alone with a file.
    pub fn id(&self) -> Option<String> {
        self.shared.as_ref().map(Journal::replica)
    }

    /// Says that this one is there, and counts all.
    ///
    /// # Errors
    /// The database is not to be reached.
    pub async fn beat(&self) -> Result<(), JournalError> {
        let Some(journal) = &self.shared else { return Ok(()) };
        here(journal).await?;
        for gone in
            ["DELETE FROM held WHERE replica NOT IN (SELECT id FROM living)", "DELETE FROM replica WHERE id NOT IN (SELECT id FROM living)"]
        {
            journal.store.execute(sqlx::query(gone)).await?;
        }
        // What could not be given free when it was done with.
        let holding = serde_json::to_string(&*self.holding()).unwrap_or_default();
        let left = "DELETE FROM held WHERE replica = $1 AND arn NOT IN (SELECT json_array_elements_text(CAST($2 AS json)))";
        journal.store.execute(sqlx::query(left).bind(journal.replica()).bind(holding)).await?;
        let living = journal.store.number(sqlx::query("SELECT count(*) FROM living")).await?;
        let living = u32::try_from(living).unwrap_or(u32::MAX);
        if self.living.swap(living, Ordering::Relaxed) != living {
            tracing::info!(replicas = living, "consoles share the database");
        }
        Ok(())
    }

    fn holding(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.holding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says so for as long as it is polled.
    pub async fn beat_on(&self) {
        while self.shared.is_some() {
            if let Err(error) = self.beat().await {
                tracing::warn!(%error, "the others cannot be told that this console is there");
            }
            tokio::time::sleep(BEAT).await;
        }
    }

    /// The last word of this one: the others need not wait until they take it for dead.
    pub async fn leave(&self) {
        let Some(journal) = &self.shared else { return };
        let gone = sqlx::query("DELETE FROM replica WHERE id = $1").bind(journal.replica());
        if let Err(error) = journal.store.execute(gone).await {
            tracing::warn!(%error, "the others could not be told that this console stops");
        }
    }
}

/// Says that this one is there. Whoever holds something must be known to be.
pub(crate) async fn here(journal: &Journal) -> Result<(), JournalError> {
    let here = "INSERT INTO replica (id, build) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen = micros()";
    journal.store.execute(sqlx::query(here).bind(journal.replica()).bind(env!("CARGO_PKG_VERSION"))).await.map(drop)
}
