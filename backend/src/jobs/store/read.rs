//! Reading jobs: for people, and what comes next in one.

use crate::jobs::stored::{Counts, Item, ItemState, Stored, item, job, read_json, stored};
use crate::journal::{Journal, JournalError, Visibility, micros, row};
use contract::Code;
use contract::job::Job;
use sqlx::AssertSqlSafe;

/// The channels whose stream key a reset has deleted, with none in its place yet, as JSON. Where IVS says that there is one, there is.
fn without_key_of(journal: &Journal) -> String {
    let sql = |sqlite, postgres| journal.store.sql(sqlite, postgres);
    let all = sql("json_group_array(made.target)", "COALESCE(CAST(json_agg(made.target ORDER BY made.n) AS TEXT), '[]')");
    let kind = sql("job.task ->> '$.kind'", "CAST(job.task AS json) ->> 'kind'");
    let code = sql("made.error ->> '$.code'", "CAST(made.error AS json) ->> 'code'");
    format!(
        "SELECT {all} FROM job_item AS made JOIN job_item AS gone ON gone.job = made.job AND gone.n = made.n - 1
         WHERE made.job = job.id AND {kind} LIKE 'ResetStreamKey%' AND made.operation = 'CreateStreamKey'
             AND made.state <> 'done' AND gone.state = 'done' AND COALESCE({code}, '') <> 'ServiceQuotaExceededException'"
    )
}

/// Was a stream key deleted by this job, and none created in its place?
pub(in crate::jobs) async fn without_key(journal: &Journal, job: &str) -> Result<bool, JournalError> {
    let sql = format!("SELECT ({}) AS channels FROM job WHERE id = $1", without_key_of(journal));
    let found = journal.store.one(sqlx::query(AssertSqlSafe(sql)).bind(job)).await?;
    let found = found.map(|found| row::get::<String>(&found, "channels")).transpose()?;
    Ok(found.is_some_and(|channels| channels != "[]"))
}

/// Why items of a job were refused.
pub(in crate::jobs) async fn refusals(journal: &Journal, job: &str) -> Result<Vec<Code>, JournalError> {
    let sql = journal.store.sql(
        "SELECT DISTINCT error ->> '$.code' AS code FROM job_item WHERE job = $1 AND state = 'refused'",
        "SELECT DISTINCT CAST(error AS json) ->> 'code' AS code FROM job_item WHERE job = $1 AND state = 'refused'",
    );
    let refused = journal.store.all(sqlx::query(sql).bind(job)).await?;
    let code = |row| Ok(Code::from(row::get::<Option<String>>(row, "code")?.unwrap_or_default().as_str()));
    refused.iter().map(code).collect()
}

/// The jobs with something left to do, oldest first.
pub(in crate::jobs) async fn unfinished(journal: &Journal) -> Result<Vec<String>, JournalError> {
    let sql =
        "SELECT id FROM job WHERE EXISTS (SELECT 1 FROM job_item WHERE job = id AND state IN ('waiting', 'begun', 'unknown')) ORDER BY id";
    journal.store.all(sqlx::query(sql)).await?.iter().map(|job| row::get(job, "id")).collect()
}

/// The latest hundred jobs that somebody may see, newest first, without their items and without what their tasks list: every
/// open page asks every few seconds, and a hundred jobs may be about a hundred thousand resources.
pub(in crate::jobs) async fn latest(journal: &Journal, visibility: &Visibility) -> Result<Vec<Job>, JournalError> {
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
    let rows = journal.store.all(sqlx::query(AssertSqlSafe(sql)).bind(subject(visibility))).await?;
    let listed = rows.iter().map(|row| {
        let actor: serde_json::Value = read_json(row, "actor")?;
        let person = actor["display"].as_str().unwrap_or_default().to_owned();
        let count = |state: ItemState| Ok(u32::try_from(row::get::<i64>(row, state.as_str())?).unwrap_or(u32::MAX));
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
pub(in crate::jobs) async fn any(journal: &Journal, visibility: &Visibility) -> Result<bool, JournalError> {
    let sql = "SELECT count(*) FROM (SELECT 1 AS one WHERE
        EXISTS (SELECT 1 FROM job WHERE (CAST($1 AS TEXT) IS NULL OR subject = $1) AND at > $2)
        OR EXISTS (SELECT 1 FROM job_item JOIN job ON id = job
            WHERE (state IN ('begun', 'unknown') OR state = 'waiting' AND cancelled = 0)
                AND (CAST($1 AS TEXT) IS NULL OR subject = $1))) AS found";
    let since = micros() - 86_400_000_000;
    Ok(journal.store.number(sqlx::query(sql).bind(subject(visibility)).bind(since)).await? > 0)
}

/// A job with its items.
pub(in crate::jobs) async fn load(journal: &Journal, id: &str) -> Result<Option<Stored>, JournalError> {
    // What something was called stands in the journal, with the state before the change, which is one object in another; so does what
    // was made, with the answer.
    let name = journal.store.sql(
        "COALESCE((SELECT value -> '$.name' FROM json_each(begun.before) WHERE type = 'object'), request -> '$.name')",
        "CAST(COALESCE((SELECT value -> 'name' FROM json_each(CAST(begun.before AS json)) WHERE json_typeof(value) = 'object'),
            CAST(request AS json) -> 'name') AS TEXT)",
    );
    let request_id = journal.store.sql("ended.aws_request_ids -> '$[#-1]'", "CAST(CAST(ended.aws_request_ids AS json) -> -1 AS TEXT)");
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
/// what takes a channel off air all. Its counts are of these alone, and of channels without a key it knows none. It is read several
/// times for each item, so that a long job must not be read to its end: each part has its index.
pub(in crate::jobs) async fn next(journal: &Journal, id: &str) -> Result<Option<Stored>, JournalError> {
    read(journal, id, "'[]'", next_of(journal)).await
}

/// The columns of an item that are its own.
const ITEM: &str = "item.n, item.operation, item.target, item.request, item.tags, item.state, item.attempt, item.error, item.journal";

fn next_of(journal: &Journal) -> String {
    // PostgreSQL takes no hints.
    let index = |named| journal.store.sql(named, "");
    let (under_way, to_do) = (index("INDEXED BY job_item_under_way"), index("INDEXED BY job_item_to_do"));
    let kind = journal.store.sql("task ->> '$.kind'", "CAST(task AS json) ->> 'kind'");
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
    let sql = format!("SELECT *, {without_key} AS without_key FROM job WHERE id = $1");
    let Some(row) = journal.store.one(sqlx::query(AssertSqlSafe(sql)).bind(id)).await? else { return Ok(None) };
    let items = journal.store.all(sqlx::query(AssertSqlSafe(items)).bind(id)).await?;
    stored(&row, items.iter().map(item).collect::<Result<Vec<Item>, _>>()?).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::store::{Inserted, insert};
    use crate::journal::Actor;
    use contract::job::StartJob;
    use contract::job::Task;
    use sqlx::Row as _;

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
