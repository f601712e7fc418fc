//! The consoles that share a database. Each says every few seconds that it is there; what one of them holds is free once it has not
//! said so for a while. Where the journal is a file there is one console, and nothing to say.

mod held;

pub(crate) use held::Held;

use crate::journal::{Journal, JournalError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
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
}

impl Replicas {
    /// Those that share this journal.
    pub fn of(journal: &Journal) -> Self {
        let shared = journal.is_shared().then(|| journal.clone());
        Self { shared, living: Arc::new(AtomicU32::new(1)) }
    }

    /// This console alone.
    #[cfg(test)]
    pub(crate) fn alone() -> Self {
        Self::these(1)
    }

    /// So many, as if each had said so.
    #[cfg(test)]
    pub(crate) fn these(count: u32) -> Self {
        Self { shared: None, living: Arc::new(AtomicU32::new(count)) }
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
        let wrong = |error: sqlx::Error| JournalError::writing(&error);
        let mut writer = journal.store.writer().await?;
        let here = "INSERT INTO replica (id, build) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen = micros()";
        let here = sqlx::query(here).bind(journal.replica()).bind(env!("CARGO_PKG_VERSION"));
        here.execute(&mut *writer).await.map_err(wrong)?;
        let living: i64 = sqlx::query_scalar("SELECT count(*) FROM living").fetch_one(&mut *writer).await.map_err(wrong)?;
        for gone in
            ["DELETE FROM held WHERE replica NOT IN (SELECT id FROM living)", "DELETE FROM replica WHERE id NOT IN (SELECT id FROM living)"]
        {
            sqlx::query(gone).execute(&mut *writer).await.map_err(wrong)?;
        }
        let before = self.living.swap(u32::try_from(living).unwrap_or(u32::MAX), Ordering::Relaxed);
        if i64::from(before) != living {
            tracing::info!(replicas = living, "consoles share the database");
        }
        Ok(())
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
        let Ok(mut writer) = journal.store.writer().await else { return };
        let gone = sqlx::query("DELETE FROM replica WHERE id = $1").bind(journal.replica()).execute(&mut *writer).await;
        if let Err(error) = gone {
            tracing::warn!(%error, "the others could not be told that this console stops");
        }
    }
}
