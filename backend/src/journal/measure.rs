//! What the metrics say of the journal.

use super::{Journal, JournalError, micros};
use crate::metrics::page::Page;
use crate::metrics::table;
use sqlx::Row as _;
use std::sync::atomic::Ordering;

/// What has not ended, by its latest outcome.
const OPEN: &str = "
    SELECT count(*) FILTER (WHERE o.seq IS NULL), min(i.at) FILTER (WHERE o.seq IS NULL),
           count(*) FILTER (WHERE o.reconciled = 0), count(*) FILTER (WHERE o.reconciled = 1)
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
        let read = sqlx::query(OPEN).fetch_one(&self.store.readers()).await;
        let read = read.and_then(|row| {
            Ok((row.try_get::<i64, _>(0)?, row.try_get::<Option<i64>, _>(1)?, row.try_get::<i64, _>(2)?, row.try_get::<i64, _>(3)?))
        });
        match read {
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
}
