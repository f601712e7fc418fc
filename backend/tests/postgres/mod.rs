//! A database for one test, of the server that the tests were given.

use backend::journal::{Location, Server};
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use url::Url;
use uuid::Uuid;

/// A URL of its superuser, as `cargo xtask test` starts one.
const VARIABLE: &str = "TEST_POSTGRES_URL";

/// An empty database, for as long as it is held.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) url: Url,
}

impl Database {
    pub(crate) async fn new() -> Self {
        let name = format!("tally_{}", Uuid::new_v4().simple());
        let mut url = given();
        let mut server = connect(&url).await;
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await.expect("a database");
        url.set_path(&name);
        Self { url }
    }

    /// Another hand on it: its superuser's.
    pub(crate) async fn raw(&self) -> AnyConnection {
        connect(&self.url).await
    }
}

/// As the console is told of it.
impl From<&Database> for Location {
    fn from(database: &Database) -> Self {
        Self::Server(Server::parse(database.url.as_str()).expect("it is near"))
    }
}

impl Drop for Database {
    /// Some hundred of them would fill a disk. Whoever is still connected is thrown out.
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.url.path().trim_start_matches('/'));
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let mut server = connect(&given()).await;
                let _ = sqlx::query(AssertSqlSafe(sql)).execute(&mut server).await;
            });
        });
        let _ = dropped.join();
    }
}

async fn connect(url: &Url) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url.as_str()).await.expect("PostgreSQL answers")
}

fn given() -> Url {
    let given = std::env::var(VARIABLE);
    let given = given.expect("TEST_POSTGRES_URL names no PostgreSQL: `cargo xtask postgres` starts one and says what to set");
    given.parse().expect("a URL")
}
