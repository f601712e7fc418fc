//! A database for one test, of the server that the tests were given.

use backend::journal::Server;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use uuid::Uuid;

/// A URL of its superuser, as `cargo xtask test` starts one.
const VARIABLE: &str = "TEST_POSTGRES_URL";

/// An empty database, for as long as it is held.
#[derive(Debug)]
pub(crate) struct Database(url::Url);

impl Drop for Database {
    /// Some hundred of them would fill a disk. Whoever is still connected is thrown out.
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.0.path().trim_start_matches('/'));
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

impl Database {
    pub(crate) async fn new() -> Self {
        let name = format!("tally_{}", Uuid::new_v4().simple());
        let mut url = given();
        let mut server = connect(&url).await;
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await.expect("a database");
        url.set_path(&name);
        Self(url)
    }

    #[allow(dead_code, reason = "of the tests that start a console")]
    pub(crate) fn name(&self) -> &str {
        self.0.path().trim_start_matches('/')
    }

    /// Where its socket is.
    #[allow(dead_code, reason = "of the tests that come between")]
    pub(crate) fn folder(&self) -> String {
        self.0.query_pairs().find_map(|(name, value)| (name == "host").then(|| value.into_owned())).expect("it has a socket")
    }

    /// The server, not this database.
    #[allow(dead_code, reason = "of the tests that start a console")]
    pub(crate) async fn server_itself() -> AnyConnection {
        connect(&given()).await
    }

    /// As the console is told of it.
    #[allow(dead_code, reason = "of the tests of the journal itself")]
    pub(crate) fn server(&self) -> Server {
        Server::parse(self.0.as_str()).expect("it is near")
    }

    #[allow(dead_code, reason = "of the tests that start a console")]
    pub(crate) fn url(&self) -> &str {
        self.0.as_str()
    }

    /// Another hand on it: its superuser's.
    #[allow(dead_code, reason = "not every suite looks behind it")]
    pub(crate) async fn raw(&self) -> AnyConnection {
        connect(&self.0).await
    }
}

async fn connect(url: &url::Url) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url.as_str()).await.expect("PostgreSQL answers")
}

fn given() -> url::Url {
    let given = std::env::var(VARIABLE);
    let given = given.expect("TEST_POSTGRES_URL names no PostgreSQL: `cargo xtask postgres` starts one and says what to set");
    given.parse().expect("a URL")
}
