//! What the metrics say of the journal.

use super::{Journal, JournalError, micros, row};
use crate::metrics::page::Page;
use crate::metrics::table;
use std::sync::atomic::Ordering;

/// What has not ended, by its latest outcome.
const OPEN: &str = "
    SELECT count(*) FILTER (WHERE o.seq IS NULL) AS open, min(i.at) FILTER (WHERE o.seq IS NULL) AS oldest,
           count(*) FILTER (WHERE o.reconciled = 0) AS unknown, count(*) FILTER (WHERE o.reconciled = 1) AS lost
    FROM journal_open JOIN journal AS i ON i.seq = entry
    LEFT JOIN journal AS o ON o.seq = (SELECT max(seq) FROM journal WHERE intent = i.id)";

impl Journal {
    /// Counts a row that could not be written, and passes on what became of it.
    pub(super) fn noted<T>(&self, written: Result<T, JournalError>) -> Result<T, JournalError> {
        if let Err(JournalError::Unwritable(_) | JournalError::Gone(_) | JournalError::OutOfTurn) = &written {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
        written
    }

    pub(crate) async fn measure(&self, page: &mut Page) {
        page.one(table::JOURNAL_FAILURES, self.failures.load(Ordering::Relaxed));
        match self.opened().await {
            Ok((open, oldest, unknown, lost)) => {
                let age = oldest.map_or(0, |at| micros().saturating_sub(at).max(0) / 1_000_000);
                page.one(table::JOURNAL_OPEN, open);
                page.one(table::JOURNAL_OLDEST, age);
                page.one(table::JOURNAL_UNKNOWN, unknown);
                page.one(table::JOURNAL_LOST, lost);
            }
            Err(error) => tracing::warn!(%error, "what is open in the journal could not be counted"),
        }
    }

    /// How many have no end, since when the oldest has none, how many are looked up, how many will never be known.
    async fn opened(&self) -> Result<(i64, Option<i64>, i64, i64), JournalError> {
        let row = self.store.one(sqlx::query(OPEN)).await?.ok_or_else(|| JournalError::reading(sqlx::Error::RowNotFound))?;
        Ok((row::get(&row, "open")?, row::get(&row, "oldest")?, row::get(&row, "unknown")?, row::get(&row, "lost")?))
    }
}
