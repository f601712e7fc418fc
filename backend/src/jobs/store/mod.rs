//! The rows of jobs, beside those of the journal.

mod read;
mod turns;

pub(super) use read::{any, latest, load, next, refusals, unfinished, without_key};
pub(super) use turns::{claim, here, release};

use super::plan;
use super::stored::Item;
use crate::journal::{Actor, Journal, JournalError, micros};
use contract::job::StartJob;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::Connection as _;
use uuid::Uuid;

/// A job that was written, or was there.
pub(super) enum Inserted {
    /// This one does what was asked for.
    Job(String),
    /// The key has been used for something else.
    Other,
}

/// Writes a new job with its items, or finds the one that this person started with the same key.
pub(super) async fn insert(journal: &Journal, actor: &Actor, request_id: &str, start: &StartJob) -> Result<Inserted, JournalError> {
    journal.store.within(insert_now(journal, actor, request_id, start)).await
}

async fn insert_now(journal: &Journal, actor: &Actor, request_id: &str, start: &StartJob) -> Result<Inserted, JournalError> {
    let mut writer = journal.store.together().await?;
    let mut all = writer.begin().await.map_err(JournalError::writing)?;
    let asked = Sha256::digest(json!([start.account, start.region, start.task]).to_string()).to_vec();
    let known: Option<(String, i64)> =
        sqlx::query_as("SELECT id, CASE WHEN asked = $1 THEN 1 ELSE 0 END FROM job WHERE subject = $2 AND key = $3")
            .bind(&asked)
            .bind(&actor.subject)
            .bind(&start.key)
            .fetch_optional(&mut *all)
            .await
            .map_err(JournalError::writing)?;
    if let Some((id, same)) = known {
        return Ok(if same != 0 { Inserted::Job(id) } else { Inserted::Other });
    }
    let id = Uuid::now_v7().to_string();
    sqlx::query(
        "INSERT INTO job (id, at, subject, actor, request_id, account, region, task, name, asked, reason, key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&id)
    .bind(micros())
    .bind(&actor.subject)
    .bind(json!({"mode": actor.mode, "issuer": actor.issuer, "display": actor.display, "session": actor.session_hash}).to_string())
    .bind(request_id)
    .bind(&start.account)
    .bind(&start.region)
    .bind(json!(start.task.outline()).to_string())
    .bind(&start.name)
    .bind(asked)
    .bind(&start.reason)
    .bind(&start.key)
    .execute(&mut *all)
    .await
    .map_err(JournalError::writing)?;
    // In one go: ten thousand rows, each asked for by itself, would keep everybody else from the journal.
    let items: Vec<_> = plan::items(&start.task).into_iter().map(|item| (item.operation.name(), item.target, item.request)).collect();
    let insert = journal.store.sql(
        "INSERT INTO job_item (job, n, operation, target, request)
            SELECT $1, key, value ->> 0, value ->> 1, nullif(value -> 2, 'null') FROM json_each($2)",
        "INSERT INTO job_item (job, n, operation, target, request)
            SELECT $1, n - 1, item ->> 0, item ->> 1, nullif(CAST(item -> 2 AS TEXT), 'null')
            FROM json_array_elements(CAST($2 AS json)) WITH ORDINALITY AS items (item, n)",
    );
    sqlx::query(insert).bind(&id).bind(json!(items).to_string()).execute(&mut *all).await.map_err(JournalError::writing)?;
    all.commit().await.map_err(JournalError::writing)?;
    Ok(Inserted::Job(id))
}

/// Keeps an item as it is now. Not where another console has taken the job over meanwhile: it knows better.
pub(super) async fn save(journal: &Journal, job: &str, item: &Item) -> Result<(), JournalError> {
    let sql = journal.store.sql(
        "UPDATE job_item SET target = $1, request = $2, tags = $3, state = $4, attempt = $5, error = $6, journal = $7
         WHERE job = $8 AND n = $9 AND $10 IS NOT NULL",
        "UPDATE job_item SET target = $1, request = $2, tags = $3, state = $4, attempt = $5, error = $6, journal = $7
         WHERE job = $8 AND n = $9 AND EXISTS (SELECT 1 FROM job WHERE id = $8 AND worker = $10)",
    );
    let save = sqlx::query(sql)
        .bind(&item.target)
        .bind(item.request.as_ref().map(Value::to_string))
        .bind(json!(item.tags).to_string())
        .bind(item.state.as_str())
        .bind(item.attempt)
        .bind(item.error.as_ref().map(|error| json!(error).to_string()))
        .bind(&item.journal)
        .bind(job)
        .bind(item.n)
        .bind(journal.replica());
    match journal.store.execute(save).await? {
        0 => Err(JournalError::Unwritable("another console works on this job".to_owned())),
        _ => Ok(()),
    }
}

/// No further item is begun, if there is one.
pub(super) async fn cancel(journal: &Journal, job: &str) -> Result<(), JournalError> {
    let sql = "UPDATE job SET cancelled = 1
        WHERE id = $1 AND EXISTS (SELECT 1 FROM job_item WHERE job = id AND state IN ('waiting', 'begun', 'unknown'))";
    journal.store.execute(sqlx::query(sql).bind(job)).await?;
    turns::stir(journal, job).await
}

/// The refused items wait again, and these `beside` them, each under another key. `anew`: what is live now is meant.
pub(super) async fn retry(journal: &Journal, job: &str, beside: &[i64], anew: bool) -> Result<(), JournalError> {
    journal.store.within(retry_now(journal, job, beside, anew)).await?;
    turns::stir(journal, job).await
}

async fn retry_now(journal: &Journal, job: &str, beside: &[i64], anew: bool) -> Result<(), JournalError> {
    let mut writer = journal.store.together().await?;
    let mut all = writer.begin().await.map_err(JournalError::writing)?;
    let sql = journal.store.sql(
        "UPDATE job_item SET state = 'waiting', attempt = attempt + 1, error = NULL, journal = NULL
            WHERE job = $1 AND (state = 'refused' OR state = 'done' AND n IN (SELECT value FROM json_each($2)))",
        "UPDATE job_item SET state = 'waiting', attempt = attempt + 1, error = NULL, journal = NULL
            WHERE job = $1 AND (state = 'refused' OR state = 'done'
                AND n IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS json))))",
    );
    sqlx::query(sql).bind(job).bind(json!(beside).to_string()).execute(&mut *all).await.map_err(JournalError::writing)?;
    if anew {
        sqlx::query("UPDATE job SET asked_anew = $1 WHERE id = $2")
            .bind(micros())
            .bind(job)
            .execute(&mut *all)
            .await
            .map_err(JournalError::writing)?;
    }
    all.commit().await.map_err(JournalError::writing)
}
