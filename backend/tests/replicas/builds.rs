//! One version takes the place of another: a console of the one is asked for the files of the other.

use crate::postgres::Database;
use axum::Router;
use axum::body::Body;
use backend::assets::Assets;
use backend::journal::Journal;
use http::Request;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

/// A build, as `cargo xtask finish-dist` names what is in it; and the name of its folder.
fn build(script: &'static str) -> (Vec<(String, axum::body::Bytes)>, String) {
    let mut hash = Sha256::new();
    for (name, content) in [("a.wasm", "wasm"), ("frontend.js", script)] {
        hash.update(name);
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    }
    let folder = format!("app-{}", &backend::hex::hex(&hash.finalize())[..16]);
    let files = [("index.html".to_owned(), "page"), (format!("{folder}/a.wasm"), "wasm"), (format!("{folder}/frontend.js"), script)];
    (files.map(|(name, content)| (name, content.into())).into(), folder)
}

/// Whoever may write to the database puts a folder of their own there, by its right name.
#[tokio::test]
async fn no_page_of_somebody_elses_is_one_of_the_consoles() {
    let database = Database::new().await;
    let (new, _) = console(&database, "new()").await;
    let mut hash = Sha256::new();
    for (name, content) in [("evil.html", "<p>"), ("evil.js", "evil()"), ("evil.svg", "<svg>")] {
        hash.update(name);
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    }
    let folder = format!("app-{}", &backend::hex::hex(&hash.finalize())[..16]);
    for (name, content) in [("evil.html", "<p>"), ("evil.js", "evil()"), ("evil.svg", "<svg>")] {
        let sql = "INSERT INTO asset (folder, path, bytes) VALUES ($1, $2, $3)";
        let put = sqlx::query(sql).bind(&folder).bind(format!("{folder}/{name}")).bind(content.as_bytes().to_vec());
        put.execute(&mut database.raw().await).await.unwrap();
    }
    assert_eq!(get(&new, &format!("/{folder}/evil.js")).await.0, 200, "the control: a file is one by its name");
    for page in ["evil.html", "evil.svg"] {
        assert_eq!(get(&new, &format!("/{folder}/{page}")).await.0, 404, "{page}");
    }
}

async fn console(database: &Database, script: &'static str) -> (Router, String) {
    let journal = Journal::open(database).await.unwrap();
    let (files, folder) = build(script);
    (Assets::new(files).sharing(&journal).await.unwrap().under(Router::new()), folder)
}

async fn get(console: &Router, path: &str) -> (u16, String, String) {
    let response = console.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let (status, kept, of) = (response.status().as_u16(), header("cache-control"), header("content-type"));
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, format!("{of} {kept}"), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn each_has_the_files_of_both() {
    let database = Database::new().await;
    let ((old, of_old), (new, of_new)) = (console(&database, "old()").await, console(&database, "new()").await);
    for (console, folder, script) in [(&old, &of_new, "new()"), (&new, &of_old, "old()"), (&new, &of_new, "new()")] {
        let (status, headers, body) = get(console, &format!("/{folder}/frontend.js")).await;
        assert_eq!((status, body.as_str()), (200, script));
        assert_eq!(headers, "text/javascript; charset=utf-8 public, max-age=31536000, immutable");
    }
    for nothing in [format!("/{of_old}/b.js"), "/app-0123456789abcdef/frontend.js".to_owned(), format!("/{of_old}.js")] {
        assert_eq!(get(&new, &nothing).await.0, 404, "{nothing}");
    }
    assert_eq!(get(&new, "/").await.2, "page", "its own");
}

/// A console of the next version has made more columns, and those of this one go on.
#[tokio::test]
async fn tables_with_more_columns_are_read_as_before() {
    let database = Database::new().await;
    let journal = Journal::open(&database).await.unwrap();
    let event = backend::journal::Intent { operation: "DeleteChannel".to_owned(), ..Default::default() };
    let id = journal.intent(&event).await.unwrap().to_string();
    let read = async || {
        let everyone = backend::journal::Visibility::Everyone;
        assert_eq!(journal.unresolved().await.unwrap().len(), 1);
        assert!(journal.detail(&id, &everyone).await.unwrap().is_some());
        assert_eq!(journal.verify().await.unwrap().faults, []);
    };
    for _ in 0..5 {
        read().await;
    }
    let mut raw = database.raw().await;
    for table in ["journal", "job", "job_item", "session", "replica"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("ALTER TABLE {table} ADD COLUMN later BIGINT"))).execute(&mut raw).await.unwrap();
    }
    for _ in 0..5 {
        read().await;
    }
}

#[tokio::test]
async fn what_is_not_what_its_name_says_is_not_served() {
    let database = Database::new().await;
    let (_, folder) = console(&database, "old()").await;
    let path = format!("/{folder}/frontend.js");
    for change in [
        "UPDATE asset SET bytes = 'evil()' WHERE path LIKE '%frontend.js'",
        "INSERT INTO asset (folder, path, bytes) SELECT folder, folder || '/evil.js', 'evil()' FROM asset LIMIT 1",
        "UPDATE asset SET path = replace(path, 'a.wasm', 'b.wasm')",
        "DELETE FROM asset WHERE path LIKE '%a.wasm'",
    ] {
        let mut raw = database.raw().await;
        sqlx::query("CREATE TABLE IF NOT EXISTS saved AS SELECT * FROM asset").execute(&mut raw).await.unwrap();
        sqlx::query(change).execute(&mut raw).await.unwrap();
        let (new, _) = console(&database, "new()").await;
        assert_eq!(get(&new, &path).await.0, 404, "{change}");
        for sql in ["DELETE FROM asset", "INSERT INTO asset SELECT * FROM saved"] {
            sqlx::query(sql).execute(&mut raw).await.unwrap();
        }
        let (new, _) = console(&database, "new()").await;
        assert_eq!(get(&new, &path).await.0, 200, "the control");
    }
}
