//! Which console works on a job: one at a time, and of a file the only one.

use crate::journal::{Journal, JournalError, row};
use crate::replicas;

/// Takes a job for this console, unless another that lives works on it.
pub(in crate::jobs) async fn claim(journal: &Journal, job: &str) -> Result<bool, JournalError> {
    if !journal.is_shared() {
        return Ok(true);
    }
    replicas::here(journal).await?;
    let sql = "UPDATE job SET worker = $2 WHERE id = $1
        AND (worker IS NULL OR worker = $2 OR worker NOT IN (SELECT id FROM living))";
    Ok(journal.store.execute(sqlx::query(sql).bind(job).bind(journal.replica())).await? > 0)
}

/// Gives it free.
pub(in crate::jobs) async fn release(journal: &Journal, job: &str) -> Result<(), JournalError> {
    if !journal.is_shared() {
        return Ok(());
    }
    let sql = "UPDATE job SET worker = NULL WHERE id = $1 AND worker = $2";
    journal.store.execute(sqlx::query(sql).bind(job).bind(journal.replica())).await.map(drop)
}

/// Whichever console works on it looks at it again.
pub(super) async fn stir(journal: &Journal, job: &str) -> Result<(), JournalError> {
    if !journal.is_shared() {
        return Ok(());
    }
    journal.store.execute(sqlx::query("UPDATE job SET stirred = stirred + 1 WHERE id = $1").bind(job)).await.map(drop)
}

/// Of what is unfinished, what this console works on, and what no console that lives does: each with who works on it, or did, and how
/// often it was stirred.
pub(in crate::jobs) async fn here(journal: &Journal) -> Result<Vec<(String, Option<String>, i64)>, JournalError> {
    let sql = "SELECT id, worker, stirred FROM job
        WHERE EXISTS (SELECT 1 FROM job_item WHERE job = id AND state IN ('waiting', 'begun', 'unknown'))
            AND (worker IS NULL OR worker = $1 OR worker NOT IN (SELECT id FROM living)) ORDER BY id";
    let jobs = journal.store.all(sqlx::query(sql).bind(journal.replica())).await?;
    jobs.iter().map(|job| Ok((row::get(job, "id")?, row::get(job, "worker")?, row::get(job, "stirred")?))).collect()
}
