//! Statements, each by itself. Of a server each is given up on after a while: it may have gone in the middle, and says nothing of it.

use super::{Location, PATIENCE, Store};
use crate::journal::error::JournalError;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row as _};
use tokio::time::Instant;

/// A statement with its values.
pub(crate) type Sql<'q> = Query<'q, Any, AnyArguments>;

impl Store {
    /// Changes something, by the connection that writes; how many rows.
    pub(crate) async fn execute(&self, sql: Sql<'_>) -> Result<u64, JournalError> {
        self.within(async {
            let done = sql.execute(&mut *self.writer().await?).await;
            done.map(|done| done.rows_affected()).map_err(JournalError::writing)
        })
        .await
    }

    /// All the rows that it finds.
    pub(crate) async fn all(&self, sql: Sql<'_>) -> Result<Vec<AnyRow>, JournalError> {
        self.reading(async { sql.fetch_all(&self.readers()).await.map_err(JournalError::reading) }).await
    }

    /// The first row that it finds.
    pub(crate) async fn one(&self, sql: Sql<'_>) -> Result<Option<AnyRow>, JournalError> {
        self.reading(async { sql.fetch_optional(&self.readers()).await.map_err(JournalError::reading) }).await
    }

    /// The number that is all it finds.
    pub(crate) async fn number(&self, sql: Sql<'_>) -> Result<i64, JournalError> {
        let row = self.one(sql).await?.ok_or_else(|| JournalError::reading(sqlx::Error::RowNotFound))?;
        row.try_get(0).map_err(JournalError::reading)
    }

    async fn reading<T>(&self, work: impl Future<Output = Result<T, JournalError>>) -> Result<T, JournalError> {
        match self.within(work).await {
            Err(JournalError::Gone(cause)) => Err(JournalError::Unreadable(cause)),
            read => read,
        }
    }

    /// Several statements that belong together, none of them for longer than nobody waits anyway.
    ///
    /// # Errors
    /// It took too long: what was waited for is given up, and so is its connection. What `work` says.
    pub(crate) async fn within<T>(&self, work: impl Future<Output = Result<T, JournalError>>) -> Result<T, JournalError> {
        self.until(Instant::now() + PATIENCE, work).await
    }

    /// As [`Self::within`], until then. A file is never given up on: a statement that has begun there ends, and is answered for.
    pub(crate) async fn until<T>(&self, until: Instant, work: impl Future<Output = Result<T, JournalError>>) -> Result<T, JournalError> {
        match self.location() {
            Location::File(_) => work.await,
            Location::Server(_) => {
                let done = tokio::time::timeout_at(until, work).await;
                done.unwrap_or_else(|_| Err(JournalError::Gone("The database does not answer.".to_owned())))
            }
        }
    }
}
