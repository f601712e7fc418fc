//! `tally journal` for a database, as a person types it.

use crate::pair::name;
use crate::postgres::Database;
use backend::journal::{Actor, Decision, Intent, Journal};
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

#[tokio::test]
async fn a_database_is_made_ready_verified_and_exported() {
    let (database, folder) = (Database::new().await, tempfile::tempdir().unwrap());
    let file = folder.path().join("url");
    std::fs::write(&file, format!("{}\n", database.url)).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let tally = |what: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_tally")).args(["journal", what, "--postgres-url-file"]).arg(&file).output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert!(!tally("verify").0, "there is nothing yet");
    let (made, said, error) = tally("migrate");
    assert!(made && said.contains("The tables are up to date") && said.contains(name(&database)), "{said}{error}");
    let journal = Journal::open(&database).await.unwrap();
    let event = Intent { actor: Actor::system(), operation: "Start".to_owned(), ..Intent::default() };
    journal.event(&event, &Decision::Allowed).await.unwrap();
    let (good, said, error) = tally("verify");
    assert!(good && said.starts_with("1 rows of chain "), "{said}{error}");
    let (_, rows, error) = tally("export");
    let row: serde_json::Value = serde_json::from_str(&rows).unwrap();
    assert_eq!((&row["operation"], &row["seq"], row["at"].as_str().map(str::len)), (&"Start".into(), &1.into(), Some(27)), "{rows}");
    assert!(error.contains("--after 1"), "{error}");
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused() {
    let database = Database::new().await;
    Journal::open(&database).await.unwrap().close().await;
    let later =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', true, '', 1)";
    sqlx::query(later).execute(&mut database.raw().await).await.unwrap();
    let refused = Journal::open(&database).await.unwrap_err().to_string();
    assert!(refused.contains("cannot be opened") && refused.contains("9999"), "{refused}");
}
