//! Is the file as the migrations make it, and do its tables agree with each other? Whatever the rows say.

use super::store::MIGRATIONS;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// A question that counts what is wrong, and what that means.
type Question = (&'static str, &'static str);

/// Questions about the file as a whole.
pub(super) const WHOLE: [Question; 4] = [
    ("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", "SQLite finds the file damaged."),
    (
        "WITH expected AS (
             SELECT value AS arn, COALESCE((SELECT seq FROM journal AS i WHERE i.id = j.intent), j.seq) AS entry
             FROM journal AS j, json_each(j.targets))
         SELECT (SELECT count(*) FROM (SELECT arn, entry FROM expected EXCEPT SELECT arn, entry FROM journal_target))
              + (SELECT count(*) FROM (SELECT arn, entry FROM journal_target EXCEPT SELECT arn, entry FROM expected))",
        "The index of targets does not agree with the rows.",
    ),
    (
        "WITH expected AS (
             SELECT seq AS entry FROM journal AS i WHERE phase = 'intent'
               AND NOT EXISTS (SELECT 1 FROM journal AS o WHERE o.intent = i.id AND o.outcome <> 'unknown'))
         SELECT (SELECT count(*) FROM (SELECT entry FROM expected EXCEPT SELECT entry FROM journal_open))
              + (SELECT count(*) FROM (SELECT entry FROM journal_open EXCEPT SELECT entry FROM expected))",
        "The list of open intents does not agree with the rows.",
    ),
    LAST_ROWS,
];

/// SQLite remembers the number that it gave last.
pub(super) const LAST_ROWS: Question = (
    "SELECT count(*) FROM sqlite_sequence WHERE name = 'journal' AND seq <> (SELECT COALESCE(max(seq), 0) FROM journal)",
    "The last rows are missing.",
);

/// Are the triggers that keep rows from being changed there, word by word?
pub(super) async fn triggers_stand(read: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let version: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&mut *read).await?;
    let all = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_statement')";
    let found: Vec<(String, String)> = sqlx::query_as(all).fetch_all(&mut *read).await?;
    Ok(found.into_iter().collect::<BTreeMap<_, _>>() == triggers(version))
}

/// By name, the triggers as a schema has them, and as SQLite keeps their text.
fn triggers(version: i64) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for migration in MIGRATIONS.iter().filter(|migration| migration.version <= version) {
        let sql = migration.sql.as_str();
        let name = |rest: &str| rest.split([' ', ';']).next().unwrap_or_default().to_owned();
        for (at, _) in sql.match_indices("\nDROP TRIGGER ") {
            all.remove(&name(&sql[at + "\nDROP TRIGGER ".len()..]));
        }
        for created in sql.split("\nCREATE TRIGGER ").skip(1) {
            if let Some((trigger, _)) = created.split_once("\nEND;") {
                all.insert(name(trigger), format!("CREATE TRIGGER {trigger}\nEND"));
            }
        }
    }
    all
}
