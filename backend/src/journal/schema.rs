//! Is it as the migrations make it, and do its tables agree with each other? Whatever the rows say.

use super::Location;
use sqlx::AnyConnection;
use std::collections::BTreeMap;

/// A question that counts what is wrong, and what that means.
pub(super) type Question = (&'static str, &'static str);

/// Questions about it as a whole.
pub(super) fn whole(location: &Location) -> Vec<Question> {
    let mut all = vec![
        (location.sql(targets!("json_each(j.targets)"), targets!("json_array_elements_text(j.targets::json)")), TARGETS),
        (OPEN, "The list of open intents does not agree with the rows."),
        last_rows(location),
    ];
    if let Location::File(_) = location {
        let sound = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
        all.insert(0, (sound, "SQLite finds the file damaged."));
    }
    all
}

const TARGETS: &str = "The index of targets does not agree with the rows.";

macro_rules! targets {
    ($each:literal) => {
        concat!(
            "WITH expected AS (
                 SELECT value AS arn, COALESCE((SELECT seq FROM journal AS i WHERE i.id = j.intent), j.seq) AS entry
                 FROM journal AS j, ",
            $each,
            ")
             SELECT (SELECT count(*) FROM (SELECT arn, entry FROM expected EXCEPT SELECT arn, entry FROM journal_target) AS missing)
                  + (SELECT count(*) FROM (SELECT arn, entry FROM journal_target EXCEPT SELECT arn, entry FROM expected) AS foreign_ones)"
        )
    };
}
use targets;

const OPEN: &str = "
    WITH expected AS (
        SELECT seq AS entry FROM journal AS i WHERE phase = 'intent'
          AND NOT EXISTS (SELECT 1 FROM journal AS o WHERE o.intent = i.id AND o.outcome <> 'unknown'))
    SELECT (SELECT count(*) FROM (SELECT entry FROM expected EXCEPT SELECT entry FROM journal_open) AS missing)
         + (SELECT count(*) FROM (SELECT entry FROM journal_open EXCEPT SELECT entry FROM expected) AS foreign_ones)";

/// SQLite remembers the number that it gave last; of a server, a checkpoint does.
pub(super) const fn last_rows(location: &Location) -> Question {
    let sql = location.sql(
        "SELECT count(*) FROM sqlite_sequence WHERE name = 'journal' AND seq <> (SELECT COALESCE(max(seq), 0) FROM journal)",
        "SELECT count(*) FROM journal_statement WHERE seq > (SELECT COALESCE(max(seq), 0) FROM journal)",
    );
    (sql, "The last rows are missing.")
}

/// The triggers as they are, by name.
const FOUND: [&str; 2] = [
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_statement')",
    "SELECT CAST(tgname AS TEXT), CASE WHEN tgenabled = 'O' THEN pg_get_triggerdef(t.oid, true) ELSE 'off' END
     FROM pg_trigger AS t WHERE NOT tgisinternal AND tgrelid IN ('journal'::regclass, 'journal_statement'::regclass)
     UNION ALL
     SELECT CAST(proname AS TEXT) || '()', prosrc FROM pg_proc WHERE oid IN
        (SELECT tgfoid FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN ('journal'::regclass, 'journal_statement'::regclass))",
];

/// Are the triggers that keep rows from being changed there, word by word?
pub(super) async fn triggers_stand(location: &Location, read: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let version: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&mut *read).await?;
    let found: Vec<(String, String)> = sqlx::query_as(location.sql(FOUND[0], FOUND[1])).fetch_all(&mut *read).await?;
    let sql = || location.migrations().iter().filter(|migration| migration.version <= version).map(|migration| migration.sql.as_str());
    let all = match location {
        Location::File(_) => of_a_file(sql()),
        Location::Server(_) => of_a_server(sql()),
    };
    Ok(found.into_iter().collect::<BTreeMap<_, _>>() == all)
}

fn name(rest: &str) -> String {
    rest.split([' ', ';', '(']).next().unwrap_or_default().to_owned()
}

/// By name, the triggers as a schema has them, and as SQLite keeps their text.
fn of_a_file<'a>(migrations: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for sql in migrations {
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

/// By name, the triggers as a schema has them, and as PostgreSQL says them again; and what their functions do.
fn of_a_server<'a>(migrations: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for sql in migrations {
        for created in sql.split("\nCREATE TRIGGER journal_").skip(1) {
            let trigger = created.split_once(';').map_or(created, |(trigger, _)| trigger);
            all.insert(format!("journal_{}", name(trigger)), format!("CREATE TRIGGER journal_{trigger}"));
        }
        for created in sql.split("\nCREATE FUNCTION journal_").skip(1) {
            let body = created.split("$$").nth(1).unwrap_or_default();
            all.insert(format!("journal_{}()", name(created)), body.to_owned());
        }
    }
    all
}
