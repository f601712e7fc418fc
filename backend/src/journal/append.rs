//! Adding a row after the last one.

use super::entry::IntentId;
use super::error::JournalError;
use super::row::{self, Canonical, Place, Told};
use super::store::PATIENCE;
use super::{Journal, micros};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use uuid::Uuid;

/// Between two tries to reach a server that went away.
const AGAIN: Duration = Duration::from_millis(200);

impl Journal {
    /// Adds a row. A server may take it and go away before it says so: then it is asked again whether the row is there.
    pub(super) async fn write(&self, told: Told<'_>) -> Result<IntentId, JournalError> {
        let (id, until) = (Uuid::now_v7(), Instant::now() + PATIENCE);
        let mut asked = false;
        loop {
            let failed = match self.store.until(until, self.add(id, told, asked)).await {
                Ok(()) => return Ok(IntentId(id)),
                Err(JournalError::OutOfTurn) if Instant::now() < until => continue,
                Err(failed) => failed,
            };
            let gone = self.is_shared() && matches!(failed, JournalError::Gone(_));
            if !gone || Instant::now() + AGAIN > until {
                // Whether it is there after all tells who looks later.
                if (gone || asked) && matches!(told, Told::Intent(_)) {
                    self.doubtful().insert(id.to_string());
                }
                return Err(failed);
            }
            asked = true;
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn add(&self, id: Uuid, told: Told<'_>, asked: bool) -> Result<(), JournalError> {
        let mut writer = self.store.writer().await?;
        if asked {
            let there = sqlx::query("SELECT seq FROM journal WHERE id = $1").bind(id.to_string()).fetch_optional(&mut *writer).await;
            if there.map_err(JournalError::writing)?.is_some() {
                return Ok(());
            }
        }
        self.append(&mut writer, id, told).await
    }

    /// One statement, so that a caller who goes away in the middle leaves a whole row or none. The place is read every time for the
    /// same reason: nothing here can be out of step with it.
    ///
    /// # Errors
    /// [`JournalError::OutOfTurn`] where another console was quicker.
    pub(super) async fn append(&self, writer: &mut AnyConnection, id: Uuid, told: Told<'_>) -> Result<(), JournalError> {
        let place = self.place(writer, id).await.map_err(JournalError::writing)?;
        let cells = row::cells(&place, told);
        let mut canonical = Canonical::new();
        cells.iter().for_each(|(name, cell)| canonical.add(name, cell));
        let sql = AssertSqlSafe(row::insert(&cells)); // names of columns alone; every value is bound
        let query = cells.into_iter().fold(sqlx::query(sql), |query, (name, cell)| row::bind(query, name, cell));
        query.bind(canonical.hash().to_vec()).execute(writer).await.map(drop).map_err(JournalError::writing)
    }

    async fn place(&self, writer: &mut AnyConnection, id: Uuid) -> Result<Place, sqlx::Error> {
        let last = sqlx::query("SELECT seq, chain, hash FROM journal ORDER BY seq DESC LIMIT 1").fetch_optional(writer).await?;
        let (seq, chain, prev_hash) = match last {
            None => (0, Uuid::now_v7(), [0; 32]),
            Some(row) => {
                let chain = row.try_get::<String, _>("chain")?.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
                let hash = <[u8; 32]>::try_from(row.try_get::<Vec<u8>, _>("hash")?);
                (row.try_get("seq")?, chain, hash.map_err(|_| sqlx::Error::Decode("a hash is not 32 bytes".into()))?)
            }
        };
        Ok(Place { seq: seq + 1, chain, prev_hash, id, at: micros(), replica: self.replica })
    }

    /// Nobody looks after these but who looks up what is unknown.
    pub(super) fn doubtful(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.doubtful.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
