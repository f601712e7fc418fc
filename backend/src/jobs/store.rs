//! The rows of jobs: in the journal's file, written through its one connection.

use super::plan;
use super::stored::{Counts, Item, ItemState, Stored, item, job, read_json, stored};
use crate::journal::{Actor, Journal, JournalError, Visibility, micros};
use contract::Code;
use contract::job::{Job, StartJob};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::{AnyConnection, Connection as _, Row as _};
use uuid::Uuid;

#[expect(clippy::needless_pass_by_value, reason = "given to map_err as it is")]
fn writing(error: sqlx::Error) -> JournalError {
    JournalError::Unwritable(error.to_string())
}

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
    let mut all = writer.begin().await.map_err(writing)?;
    let asked = Sha256::digest(json!([start.account, start.region, start.task]).to_string()).to_vec();
    let known: Option<(String, i64)> =
        sqlx::query_as("SELECT id, CASE WHEN asked = $1 THEN 1 ELSE 0 END FROM job WHERE subject = $2 AND key = $3")
            .bind(&asked)
            .bind(&actor.subject)
            .bind(&start.key)
            .fetch_optional(&mut *all)
            .await
            .map_err(writing)?;
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
    .map_err(writing)?;
    // In one go: ten thousand rows, each asked for by itself, would keep everybody else from the journal.
    let items: Vec<_> = plan::items(&start.task).into_iter().map(|item| (item.operation.name(), item.target, item.request)).collect();
    let insert = journal.store.sql(
        "INSERT INTO job_item (job, n, operation, target, request)
            SELECT $1, key, value ->> 0, value ->> 1, nullif(value -> 2, 'null') FROM json_each($2)",
        "INSERT INTO job_item (job, n, operation, target, request)
            SELECT $1, n - 1, item ->> 0, item ->> 1, nullif(CAST(item -> 2 AS TEXT), 'null')
            FROM json_array_elements(CAST($2 AS json)) WITH ORDINALITY AS items (item, n)",
    );
    sqlx::query(insert).bind(&id).bind(json!(items).to_string()).execute(&mut *all).await.map_err(writing)?;
    all.commit().await.map_err(writing)?;
    Ok(Inserted::Job(id))
}

/// Keeps an item as it is now. Not where another console has taken the job over meanwhile: it knows better.
pub(super) async fn save(journal: &Journal, job: &str, item: &Item) -> Result<(), JournalError> {
    journal.store.within(save_now(journal, job, item)).await
}

async fn save_now(journal: &Journal, job: &str, item: &Item) -> Result<(), JournalError> {
    let mut writer = journal.store.writer().await?;
    let sql = journal.store.sql(
        "UPDATE job_item SET target = $1, request = $2, tags = $3, state = $4, attempt = $5, error = $6, journal = $7
         WHERE job = $8 AND n = $9 AND $10 IS NOT NULL",
        "UPDATE job_item SET target = $1, request = $2, tags = $3, state = $4, attempt = $5, error = $6, journal = $7
         WHERE job = $8 AND n = $9 AND EXISTS (SELECT 1 FROM job WHERE id = $8 AND worker = $10)",
    );
    let saved = sqlx::query(sql)
        .bind(&item.target)
        .bind(item.request.as_ref().map(Value::to_string))
        .bind(json!(item.tags).to_string())
        .bind(item.state.as_str())
        .bind(item.attempt)
        .bind(item.error.as_ref().map(|error| json!(error).to_string()))
        .bind(&item.journal)
        .bind(job)
        .bind(item.n)
        .bind(journal.replica())
        .execute(&mut *writer)
        .await
        .map_err(writing)?;
    if saved.rows_affected() == 0 {
        return Err(JournalError::Unwritable("another console works on this job".to_owned()));
    }
    Ok(())
}

/// No further item is begun, if there is one.
pub(super) async fn cancel(journal: &Journal, job: &str) -> Result<(), JournalError> {
    journal.store.within(cancel_now(journal, job)).await
}

async fn cancel_now(journal: &Journal, job: &str) -> Result<(), JournalError> {
    let mut writer = journal.store.writer().await?;
    let sql = "UPDATE job SET cancelled = 1
        WHERE id = $1 AND EXISTS (SELECT 1 FROM job_item WHERE job = id AND state IN ('waiting', 'begun', 'unknown'))";
    sqlx::query(sql).bind(job).execute(&mut *writer).await.map_err(writing)?;
    stir(journal, &mut writer, job).await
}

/// The refused items wait again, and these `beside` them, each under another key. `anew`: what is live now is meant.
pub(super) async fn retry(journal: &Journal, job: &str, beside: &[i64], anew: bool) -> Result<(), JournalError> {
    journal.store.within(retry_now(journal, job, beside, anew)).await
}

async fn retry_now(journal: &Journal, job: &str, beside: &[i64], anew: bool) -> Result<(), JournalError> {
    let mut writer = journal.store.together().await?;
    let mut all = writer.begin().await.map_err(writing)?;
    let sql = journal.store.sql(
        "UPDATE job_item SET state = 'waiting', attempt = attempt + 1, error = NULL, journal = NULL
            WHERE job = $1 AND (state = 'refused' OR state = 'done' AND n IN (SELECT value FROM json_each($2)))",
        "UPDATE job_item SET state = 'waiting', attempt = attempt + 1, error = NULL, journal = NULL
            WHERE job = $1 AND (state = 'refused' OR state = 'done'
                AND n IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS json))))",
    );
    sqlx::query(sql).bind(job).bind(json!(beside).to_string()).execute(&mut *all).await.map_err(writing)?;
    if anew {
        sqlx::query("UPDATE job SET asked_anew = $1 WHERE id = $2").bind(micros()).bind(job).execute(&mut *all).await.map_err(writing)?;
    }
    stir(journal, &mut all, job).await?;
    all.commit().await.map_err(writing)
}

/// Whichever console works on it looks at it again.
async fn stir(journal: &Journal, writer: &mut AnyConnection, job: &str) -> Result<(), JournalError> {
    if !journal.is_shared() {
        return Ok(());
    }
    let sql = "UPDATE job SET stirred = stirred + 1 WHERE id = $1";
    sqlx::query(sql).bind(job).execute(writer).await.map(drop).map_err(writing)
}

/// Takes a job for this console, unless another that lives works on it.
pub(super) async fn claim(journal: &Journal, job: &str) -> Result<bool, JournalError> {
    journal.store.within(claim_now(journal, job)).await
}

async fn claim_now(journal: &Journal, job: &str) -> Result<bool, JournalError> {
    if !journal.is_shared() {
        return Ok(true);
    }
    let sql = "UPDATE job SET worker = $2 WHERE id = $1
        AND (worker IS NULL OR worker = $2 OR worker NOT IN (SELECT id FROM living))";
    let mut writer = journal.store.writer().await?;
    crate::replicas::here(journal, &mut writer).await?;
    let claimed = sqlx::query(sql).bind(job).bind(journal.replica()).execute(&mut *writer).await;
    Ok(claimed.map_err(writing)?.rows_affected() > 0)
}

/// Gives it free.
pub(super) async fn release(journal: &Journal, job: &str) -> Result<(), JournalError> {
    journal.store.within(release_now(journal, job)).await
}

async fn release_now(journal: &Journal, job: &str) -> Result<(), JournalError> {
    if !journal.is_shared() {
        return Ok(());
    }
    let sql = "UPDATE job SET worker = NULL WHERE id = $1 AND worker = $2";
    let mut writer = journal.store.writer().await?;
    sqlx::query(sql).bind(job).bind(journal.replica()).execute(&mut *writer).await.map(drop).map_err(writing)
}

/// Of what is unfinished, what this console works on, and what no console that lives does: each with who works on it, or did, and how
/// often it was stirred.
pub(super) async fn here(journal: &Journal) -> Result<Vec<(String, Option<String>, i64)>, JournalError> {
    journal.store.within(here_now(journal)).await
}

async fn here_now(journal: &Journal) -> Result<Vec<(String, Option<String>, i64)>, JournalError> {
    let sql = "SELECT id, worker, stirred FROM job
        WHERE EXISTS (SELECT 1 FROM job_item WHERE job = id AND state IN ('waiting', 'begun', 'unknown'))
            AND (worker IS NULL OR worker = $1 OR worker NOT IN (SELECT id FROM living)) ORDER BY id";
    sqlx::query_as(sql).bind(journal.replica()).fetch_all(&journal.store.readers()).await.map_err(JournalError::reading)
}

/// The channels whose stream key a reset has deleted, with none in its place yet, as JSON. Where IVS says that there is one, there is.
fn without_key_of(journal: &Journal) -> String {
    let (all, kind, code) = journal.store.sql3(
        ("json_group_array(made.target)", "job.task ->> '$.kind'", "made.error ->> '$.code'"),
        (
            "COALESCE(CAST(json_agg(made.target ORDER BY made.n) AS TEXT), '[]')",
            "CAST(job.task AS json) ->> 'kind'",
            "CAST(made.error AS json) ->> 'code'",
        ),
    );
    format!(
        "SELECT {all} FROM job_item AS made JOIN job_item AS gone ON gone.job = made.job AND gone.n = made.n - 1
         WHERE made.job = job.id AND {kind} LIKE 'ResetStreamKey%' AND made.operation = 'CreateStreamKey'
             AND made.state <> 'done' AND gone.state = 'done' AND COALESCE({code}, '') <> 'ServiceQuotaExceededException'"
    )
}

/// Was a stream key deleted by this job, and none created in its place?
pub(super) async fn without_key(journal: &Journal, job: &str) -> Result<bool, JournalError> {
    journal.store.within(without_key_now(journal, job)).await
}

async fn without_key_now(journal: &Journal, job: &str) -> Result<bool, JournalError> {
    let sql = format!("SELECT ({}) FROM job WHERE id = $1", without_key_of(journal));
    let found: Result<String, _> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(job).fetch_one(&journal.store.readers()).await;
    found.map(|all| all != "[]").map_err(JournalError::reading)
}

/// Why items of a job were refused.
pub(super) async fn refusals(journal: &Journal, job: &str) -> Result<Vec<Code>, JournalError> {
    journal.store.within(refusals_now(journal, job)).await
}

async fn refusals_now(journal: &Journal, job: &str) -> Result<Vec<Code>, JournalError> {
    let sql = journal.store.sql(
        "SELECT DISTINCT error ->> '$.code' FROM job_item WHERE job = $1 AND state = 'refused'",
        "SELECT DISTINCT CAST(error AS json) ->> 'code' FROM job_item WHERE job = $1 AND state = 'refused'",
    );
    let codes: Vec<Option<String>> =
        sqlx::query_scalar(sql).bind(job).fetch_all(&journal.store.readers()).await.map_err(JournalError::reading)?;
    Ok(codes.into_iter().map(|code| Code::from(code.unwrap_or_default().as_str())).collect())
}

/// The jobs with something left to do, oldest first.
pub(super) async fn unfinished(journal: &Journal) -> Result<Vec<String>, JournalError> {
    let sql =
        "SELECT id FROM job WHERE EXISTS (SELECT 1 FROM job_item WHERE job = id AND state IN ('waiting', 'begun', 'unknown')) ORDER BY id";
    sqlx::query_scalar(sql).fetch_all(&journal.store.readers()).await.map_err(JournalError::reading)
}

/// The latest hundred jobs that somebody may see, newest first, without their items and without what their tasks list: every
/// open page asks every few seconds, and a hundred jobs may be about a hundred thousand resources.
pub(super) async fn latest(journal: &Journal, visibility: &Visibility) -> Result<Vec<Job>, JournalError> {
    let sql = format!(
        "SELECT id, at, actor, account, region, task, name, cancelled, ({}) AS without_key,
            count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'begun') AS begun,
            count(*) FILTER (WHERE state = 'unknown') AS unknown, count(*) FILTER (WHERE state = 'done') AS done,
            count(*) FILTER (WHERE state = 'refused') AS refused
        FROM (SELECT * FROM job WHERE CAST($1 AS TEXT) IS NULL OR subject = $1 ORDER BY id DESC LIMIT 100) AS job
            JOIN job_item ON job_item.job = job.id
        GROUP BY id, at, actor, account, region, task, name, cancelled ORDER BY id DESC",
        without_key_of(journal)
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(subject(visibility))
        .fetch_all(&journal.store.readers())
        .await
        .map_err(JournalError::reading)?;
    let listed = rows.iter().map(|row| {
        let actor: serde_json::Value = read_json(row, "actor")?;
        let person = actor["display"].as_str().unwrap_or_default().to_owned();
        let count = |state: ItemState| {
            let count: i64 = row.try_get(state.as_str()).map_err(JournalError::reading)?;
            Ok(u32::try_from(count).unwrap_or(u32::MAX))
        };
        job(row, person, &Counts::of(count)?)
    });
    listed.collect()
}

/// Whose jobs; everyone's where there is nobody.
const fn subject(visibility: &Visibility) -> Option<&String> {
    match visibility {
        Visibility::Everyone => None,
        Visibility::Only(subject) => Some(subject),
    }
}

/// Does one go on that somebody may see, or was one started within the last day?
pub(super) async fn any(journal: &Journal, visibility: &Visibility) -> Result<bool, JournalError> {
    let sql = "SELECT count(*) FROM (SELECT 1 AS one WHERE
        EXISTS (SELECT 1 FROM job WHERE (CAST($1 AS TEXT) IS NULL OR subject = $1) AND at > $2)
        OR EXISTS (SELECT 1 FROM job_item JOIN job ON id = job
            WHERE (state IN ('begun', 'unknown') OR state = 'waiting' AND cancelled = 0)
                AND (CAST($1 AS TEXT) IS NULL OR subject = $1))) AS found";
    let since = micros() - 86_400_000_000;
    let found = sqlx::query_scalar(sql).bind(subject(visibility)).bind(since).fetch_one(&journal.store.readers()).await;
    found.map(|found: i64| found > 0).map_err(JournalError::reading)
}

/// A job with its items.
pub(super) async fn load(journal: &Journal, id: &str) -> Result<Option<Stored>, JournalError> {
    // What something was called stands in the journal, with the state before the change, which is one object in another; so does what
    // was made, with the answer.
    let (name, request_id) = journal.store.sql2(
        (
            "COALESCE((SELECT value -> '$.name' FROM json_each(begun.before) WHERE type = 'object'), request -> '$.name')",
            "ended.aws_request_ids -> '$[#-1]'",
        ),
        (
            "CAST(COALESCE((SELECT value -> 'name' FROM json_each(CAST(begun.before AS json)) WHERE json_typeof(value) = 'object'),
                CAST(request AS json) -> 'name') AS TEXT)",
            "CAST(CAST(ended.aws_request_ids AS json) -> -1 AS TEXT)",
        ),
    );
    let sql = format!(
        "SELECT {ITEM}, {name} AS name, {request_id} AS request_id,
            CASE WHEN item.operation IN ('CreateChannel', 'CreateStreamKey') AND item.state = 'done' THEN ended.targets END AS made
         FROM job_item AS item LEFT JOIN journal AS begun ON begun.id = item.journal
            LEFT JOIN journal AS ended ON ended.seq = (SELECT max(seq) FROM journal WHERE intent = item.journal)
         WHERE job = $1 ORDER BY n"
    );
    read(journal, id, &format!("({})", without_key_of(journal)), sql).await
}

/// A job with what comes next in it: what is under way and the first items that wait, of a reset each with the other half, and of
/// what takes a channel off air all. Its counts are of these alone, and of channels without a key it knows none. It is read several times for each item, so that a long job must
/// not be read to its end: each part has its index.
pub(super) async fn next(journal: &Journal, id: &str) -> Result<Option<Stored>, JournalError> {
    journal.store.within(next_now(journal, id)).await
}

async fn next_now(journal: &Journal, id: &str) -> Result<Option<Stored>, JournalError> {
    read(journal, id, "'[]'", next_of(journal)).await
}

/// The columns of an item that are its own.
const ITEM: &str = "item.n, item.operation, item.target, item.request, item.tags, item.state, item.attempt, item.error, item.journal";

fn next_of(journal: &Journal) -> String {
    let (under_way, to_do, kind) = journal.store.sql3(
        ("INDEXED BY job_item_under_way", "INDEXED BY job_item_to_do", "task ->> '$.kind'"),
        // PostgreSQL takes no such hints.
        ("", "", "CAST(task AS json) ->> 'kind'"),
    );
    format!(
        "WITH due AS MATERIALIZED (
            SELECT n FROM job_item {under_way} WHERE job = $1 AND state IN ('begun', 'unknown')
            UNION SELECT n FROM (
                SELECT n FROM job_item {to_do}
                WHERE job = $1 AND state IN ('waiting', 'begun', 'unknown') AND state = 'waiting' ORDER BY n LIMIT 64) AS first_ones),
         kind AS MATERIALIZED (SELECT {kind} AS kind FROM job WHERE id = $1)
         SELECT {ITEM}, CAST(NULL AS TEXT) AS name, CAST(NULL AS TEXT) AS made, CAST(NULL AS TEXT) AS request_id
         FROM job_item AS item WHERE job = $1 AND n IN (
            SELECT n FROM due
            UNION SELECT n & ~1 FROM due, kind WHERE kind LIKE 'ResetStreamKey%'
            UNION SELECT four.n FROM (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3) AS four, kind WHERE kind = 'TakeOffAir')
         ORDER BY n"
    )
}

/// `without_key` is SQL, as `items` is.
async fn read(journal: &Journal, id: &str, without_key: &str, items: String) -> Result<Option<Stored>, JournalError> {
    let readers = journal.store.readers();
    let sql = format!("SELECT *, {without_key} AS without_key FROM job WHERE id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&readers).await.map_err(JournalError::reading)?;
    let Some(row) = row else { return Ok(None) };
    let items = sqlx::query(sqlx::AssertSqlSafe(items)).bind(id).fetch_all(&readers).await.map_err(JournalError::reading)?;
    let items = items.iter().map(item).collect::<Result<Vec<_>, _>>()?;
    stored(&row, items).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::job::Task;

    async fn started(journal: &Journal, task: Task) -> String {
        let start = StartJob { account: "a".into(), region: "eu-west-1".into(), task, name: None, reason: None, key: "start-0001".into() };
        let Inserted::Job(id) = insert(journal, &Actor::default(), "request", &start).await.unwrap() else { panic!("another job") };
        id
    }

    #[tokio::test]
    async fn what_is_under_way_comes_next_however_much_waits_before_it() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite3")).await.unwrap();
        let id = started(&journal, Task::DeleteChannels { arns: (0..300).map(|n| format!("arn-{n:03}")).collect() }).await;
        let mut writer = journal.store.writer().await.unwrap();
        for (state, items) in [("refused", "n < 50"), ("unknown", "n = 250"), ("begun", "n = 299"), ("done", "n BETWEEN 251 AND 298")] {
            let sql = format!("UPDATE job_item SET state = '{state}' WHERE {items}");
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *writer).await.unwrap();
        }
        drop(writer);
        let next = next(&journal, &id).await.unwrap().unwrap();
        let items: Vec<_> = next.items.iter().map(|item| item.n).collect();
        assert_eq!(items, (50..114).chain([250, 299]).collect::<Vec<_>>());
        assert_eq!(next.job.task, Task::DeleteChannels { arns: Vec::new() }, "the items have them");
    }

    #[tokio::test]
    async fn a_long_job_is_not_read_to_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.sqlite3")).await.unwrap();
        let sql = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", next_of(&journal)));
        let plan = sqlx::query(sql).bind("id").fetch_all(&journal.store.readers()).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|step| step.get("detail")).filter(|step: &String| step.contains("item")).collect();
        let how = [
            "item USING PRIMARY KEY (job=? AND n=?)",
            "job_item USING INDEX job_item_under_way (job=?)",
            "job_item USING INDEX job_item_to_do (job=?)",
        ];
        assert_eq!(steps, how.map(|how| format!("SEARCH {how}")));
    }
}
