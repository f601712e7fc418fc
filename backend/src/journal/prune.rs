//! Letting old rows go: up to a row whose hash is signed first, so that what follows can still be verified, and a file whose
//! beginning was cut off by somebody else cannot pass for one.

use super::checkpoint::{keep, said};
use super::entry::{Actor, Intent, Kind};
use super::error::JournalError;
use super::row::Told;
use super::signed::{Keys, StatementKind};
use super::{Decision, Journal, micros};
use serde_json::json;
use sqlx::{AnyConnection, Connection as _};
use std::time::Duration;
use uuid::Uuid;

/// So often it is looked whether rows have become too old; the first time after a while.
const EACH: Duration = Duration::from_secs(24 * 3600);
const FIRST: Duration = Duration::from_secs(3600);

/// What was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// Up to this row.
    pub seq: i64,
    /// How many.
    pub rows: u64,
}

/// The last row that may go: older than asked, and neither it nor one before it open, or an intent whose end stays.
const LAST: &str = "
    WITH RECURSIVE
    old (seq) AS (SELECT COALESCE((SELECT min(seq) FROM journal WHERE at >= $1), (SELECT max(seq) FROM journal)) - 1),
    ended (seq) AS (SELECT CASE WHEN open.entry <= old.seq THEN open.entry - 1 ELSE old.seq END
        FROM old, (SELECT min(entry) AS entry FROM journal_open) AS open),
    whole (seq) AS (
        SELECT seq FROM ended
        UNION
        SELECT (SELECT min(i.seq) FROM journal AS i WHERE i.seq <= whole.seq AND i.phase = 'intent'
                AND EXISTS (SELECT 1 FROM journal AS o WHERE o.intent = i.id AND o.seq > whole.seq)) - 1
        FROM whole WHERE whole.seq > 0
    )
    SELECT COALESCE(min(seq), 0) FROM whole";

/// In this order: nothing may point at what is gone. What jobs and sessions of that time leave is of no use without it.
const GO_BY_ROW: [&str; 3] = [
    "DELETE FROM journal_target WHERE entry <= $1",
    "DELETE FROM journal WHERE seq <= $1",
    "DELETE FROM journal_statement WHERE kind = 'checkpoint' AND seq < $1",
];
const GO_BY_TIME: [&str; 3] = [
    "DELETE FROM job_item WHERE job IN (SELECT id FROM job WHERE at < $1) AND job NOT IN
        (SELECT job FROM job_item WHERE state IN ('waiting', 'begun', 'unknown'))",
    "DELETE FROM job WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM job_item WHERE job = id)",
    "DELETE FROM session WHERE ended IS NOT NULL AND began < $1",
];

impl Journal {
    /// Lets the rows go that are older than `before` (microseconds since 1970, UTC), all or none of them. What is open stays,
    /// and everything after it. `None` where nothing is old enough.
    ///
    /// # Errors
    /// [`JournalError::NoKey`] without a key to sign with; [`JournalError::Changed`] where the file is not as it was written: what
    /// shows that does not go. The file cannot be read or written.
    pub async fn prune(&self, before: i64) -> Result<Option<Pruned>, JournalError> {
        let keys = self.keys.as_ref().filter(|keys| keys.can_sign()).ok_or(JournalError::NoKey)?;
        if self.store.number(sqlx::query(LAST).bind(before)).await? <= 0 {
            return Ok(None);
        }
        self.checkpoint().await?;
        if let Some(fault) = self.verify().await?.faults.into_iter().next() {
            return Err(JournalError::Changed(fault));
        }
        loop {
            match self.let_go(keys, before).await {
                // Another console has written meanwhile: all of it again, from where the journal is now.
                Err(JournalError::OutOfTurn) => {}
                pruned => return pruned,
            }
        }
    }

    async fn let_go(&self, keys: &Keys, before: i64) -> Result<Option<Pruned>, JournalError> {
        let mut writer = self.store.together().await?;
        // However long it takes: nobody waits for it but who writes the next row, and that at its end alone.
        let (patient, _) = self.store.location().patience();
        sqlx::query(patient).execute(&mut *writer).await.map_err(JournalError::writing)?;
        let mut all = writer.begin().await.map_err(JournalError::writing)?;
        let last: i64 = sqlx::query_scalar(LAST).bind(before).fetch_one(&mut *all).await.map_err(JournalError::writing)?;
        let row = sqlx::query("SELECT seq, chain, hash FROM journal WHERE seq = $1").bind(last).fetch_optional(&mut *all).await;
        let Some(row) = row.map_err(JournalError::writing)? else { return Ok(None) };
        let statement = keys.sign(said(StatementKind::Prune, &row)?).ok_or(JournalError::NoKey)?;
        let seq = statement.said.seq;
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM journal WHERE seq <= $1")
            .bind(seq)
            .fetch_one(&mut *all)
            .await
            .map_err(JournalError::writing)?;
        let params = json!({ "until": seq, "rows": rows, "statement": statement.to_string() });
        let event = Intent { kind: Kind::Admin, actor: Actor::system(), operation: "PruneJournal".to_owned(), params, ..Intent::default() };
        keep(&statement).execute(&mut *all).await.map_err(JournalError::writing)?;
        go(&mut all, seq, before).await.map_err(JournalError::writing)?;
        self.append(&mut all, Uuid::now_v7(), Told::Event(&event, &Decision::Allowed)).await?;
        all.commit().await.map_err(JournalError::writing)?;
        tracing::info!(target: "tally::checkpoint", prune = %statement, rows, "old rows of the journal were let go");
        Ok(Some(Pruned { seq, rows: rows.cast_unsigned() }))
    }

    /// Lets rows go that are older than this, for as long as it is polled.
    pub async fn keep_no_longer_than(&self, age: Duration) {
        tokio::time::sleep(FIRST).await;
        // Of a clock that has been wrong since the start, a day brings it out.
        let mut a_day_on = false;
        loop {
            let before = micros().saturating_sub(i64::try_from(age.as_micros()).unwrap_or(i64::MAX));
            let pruned = match self.witnessed(before).await {
                Ok(witnessed) if witnessed || a_day_on => self.prune(before).await.map(drop),
                Ok(_) => {
                    tracing::warn!("every row of an earlier start is older than rows are kept: is the clock right? They go in a day");
                    Ok(())
                }
                Err(error) => Err(error),
            };
            if let Err(error) = pruned {
                tracing::error!(%error, "old rows of the journal could not be let go");
            }
            tokio::time::sleep(EACH).await;
            a_day_on = true;
        }
    }

    /// Does another start than this one say that it is later than `before`? A clock that is years ahead would let everything go.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn witnessed(&self, before: i64) -> Result<bool, JournalError> {
        let later = "SELECT count(*) FROM (SELECT 1 FROM journal WHERE at >= $1 AND replica <> $2 LIMIT 1) AS later";
        let later = sqlx::query(later).bind(before).bind(self.replica.to_string());
        Ok(self.store.number(later).await? > 0)
    }
}

async fn go(all: &mut AnyConnection, seq: i64, before: i64) -> Result<(), sqlx::Error> {
    for (sql, until) in GO_BY_ROW.map(|sql| (sql, seq)).into_iter().chain(GO_BY_TIME.map(|sql| (sql, before))) {
        sqlx::query(sql).bind(until).execute(&mut *all).await?;
    }
    Ok(())
}
