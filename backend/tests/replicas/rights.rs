//! The role that consoles sign in as, as the page on deploying makes it: it adds rows, and cannot change one, nor the rules.

use crate::pair::name;
use crate::postgres::Database;
use backend::journal::{Ending, Intent, Journal, Location, Server};
use contract::call::Outcome;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};

const PAGE: &str = include_str!("../../../docs/deploying/replicas.md");

/// What the page has in blocks of SQL: the roles and their database, then what the one may.
fn blocks() -> [&'static str; 2] {
    let blocks: Vec<&str> = PAGE.split("```sql\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    blocks.try_into().unwrap()
}

#[tokio::test]
async fn it_keeps_a_journal_and_can_change_nothing_of_it() {
    let database = Database::new().await;
    // The server is everybody's: the roles are this test's alone.
    let (owner, console) = (format!("{}_o", name(&database)), format!("{}_c", name(&database)));
    let named = |sql: &str| {
        sql.replace("DATABASE tally", &format!("DATABASE {}", name(&database)))
            .replace("tally_owner", &owner)
            .replace("tally;", &format!("{console};"))
            .replace("ROLE tally ", &format!("ROLE {console} "))
    };
    let [roles, rights] = blocks();
    let mut raw = database.raw().await;
    for sql in named(roles).lines().filter(|line| line.starts_with("CREATE ROLE")) {
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut raw).await.unwrap();
    }
    sqlx::query(AssertSqlSafe(format!("ALTER DATABASE {} OWNER TO {owner}", name(&database)))).execute(&mut raw).await.unwrap();
    let as_role = |role: &str| database.url.as_str().replace("postgres://postgres@", &format!("postgres://{role}@"));
    let place = |role: &str| Location::Server(Server::parse(&as_role(role)).unwrap());
    assert!(Journal::open(place(&console)).await.is_err(), "it can make no tables");
    Journal::open(place(&owner)).await.unwrap().close().await;
    let mut raw = AnyConnection::connect(&as_role(&owner)).await.unwrap();
    for sql in named(rights).lines() {
        sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut raw).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    let journal = Journal::open(place(&console)).await.unwrap();
    let intent = Intent { operation: "DeleteChannel".to_owned(), targets: vec!["arn".to_owned()], ..Intent::default() };
    let id = journal.intent(&intent).await.unwrap();
    journal.outcome(id, &Ending::of(Outcome::Done)).await.unwrap();
    journal.say_if_copied().await.unwrap();
    assert_eq!(journal.verify().await.unwrap().faults, []);

    let mut raw = AnyConnection::connect(&as_role(&console)).await.unwrap();
    let refused = [
        "UPDATE journal SET reason = 'x'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "DELETE FROM journal_statement",
        "DELETE FROM journal_open",
        "DELETE FROM journal_target",
        "INSERT INTO journal_open (entry) VALUES (1)",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_takes ON journal",
        "CREATE OR REPLACE FUNCTION journal_takes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (a int)",
        "CREATE TEMPORARY TABLE journal_open (entry bigint)",
    ];
    for sql in refused {
        assert!(sqlx::query(sql).execute(&mut raw).await.is_err(), "{sql}");
    }
    assert_eq!(journal.verify().await.unwrap().rows, 2);
}
