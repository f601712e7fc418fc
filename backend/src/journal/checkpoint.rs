//! Checkpoints: each minute in which rows came, the last one's hash is signed, kept in the file and written to the log. Who
//! ships the log elsewhere can show later that the rows before are the same; the key alone shows it of a file.

use super::error::JournalError;
use super::signed::{Keys, Said, Statement, StatementKind};
use super::store::Sql;
use super::{Journal, micros, row};
use sqlx::any::AnyRow;
use std::sync::Arc;
use std::time::Duration;

/// So often a checkpoint is made, where rows came.
pub(crate) const EACH: Duration = Duration::from_secs(60);

impl Journal {
    /// With keys to sign with, and to know earlier signatures by.
    #[must_use]
    pub fn signed(self, keys: Keys) -> Self {
        Self { keys: Some(Arc::new(keys)), ..self }
    }

    /// Signs the last row, if there is a key to sign with and one came since the last time.
    ///
    /// # Errors
    /// The checkpoint is not on the disk.
    pub async fn checkpoint(&self) -> Result<Option<Statement>, JournalError> {
        let Some(keys) = self.keys.as_ref().filter(|keys| keys.can_sign()) else { return Ok(None) };
        let last = "SELECT seq, chain, hash FROM journal WHERE seq > (SELECT COALESCE(max(seq), 0) FROM journal_statement
                    WHERE kind = 'checkpoint') ORDER BY seq DESC LIMIT 1";
        let row = self.store.one(sqlx::query(last)).await?;
        let Some(said) = row.map(|row| said(StatementKind::Checkpoint, &row)).transpose()? else { return Ok(None) };
        let Some(statement) = keys.sign(said) else { return Ok(None) };
        self.store.execute(keep(&statement)).await?;
        tracing::info!(target: "tally::checkpoint", checkpoint = %statement, "the journal up to here");
        Ok(Some(statement))
    }

    /// Makes checkpoints for as long as it is polled.
    pub async fn make_checkpoints(&self) {
        loop {
            tokio::time::sleep(EACH).await;
            if let Err(error) = self.checkpoint().await {
                tracing::error!(%error, "no checkpoint could be made");
            }
        }
    }
}

/// What is to be said of a row of the journal, now.
pub(super) fn said(kind: StatementKind, row: &AnyRow) -> Result<Said, JournalError> {
    let hash = row::get::<Vec<u8>>(row, "hash")?.try_into().map_err(|_| JournalError::reading("a hash is not 32 bytes"))?;
    Ok(Said { kind, chain: row::get(row, "chain")?, seq: row::get(row, "seq")?, hash, at: micros() })
}

/// Keeps a statement beside the rows. Another console may have said the same.
pub(super) fn keep<'q>(statement: &Statement) -> Sql<'q> {
    sqlx::query("INSERT INTO journal_statement (kind, seq, text) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(statement.said.kind.as_str())
        .bind(statement.said.seq)
        .bind(statement.to_string())
}
