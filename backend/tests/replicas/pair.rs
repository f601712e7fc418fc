//! Two consoles on one database and one emulator.

use crate::postgres::Database;
use crate::support::{Console, emulated};
use backend::config::Config;
use emulator::Emulator;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::Duration;

pub(crate) struct Pair {
    pub(crate) database: Database,
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) first: Console,
    pub(crate) second: Console,
}

impl Pair {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(adjust: impl Fn(&mut Config)) -> Self {
        let (database, emulator) = (Database::new().await, emulated());
        let first = console(&database, &emulator, &adjust).await;
        let second = console(&database, &emulator, &adjust).await;
        // Each has counted before the other came.
        first.state.ivs.replicas().beat().await.unwrap();
        Self { database, emulator, first, second }
    }

    /// Runs SQL behind the consoles' backs; how many rows it was about.
    pub(crate) async fn sql(&self, sql: &str) -> u64 {
        run(&mut self.database.raw().await, sql).await
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.database.raw().await).await.unwrap()
    }

    /// As if this console had not said for half a minute that it is there.
    pub(crate) async fn silent(&self, console: &Console) {
        let silent = format!("UPDATE replica SET seen = seen - 30000000 WHERE id = '{}'", console.state.ivs.replicas().id().unwrap());
        assert_eq!(self.sql(&silent).await, 1);
    }

    /// Nobody but this test is let in until [`Self::back`], and whoever was in is thrown out.
    pub(crate) async fn away(&self) -> AnyConnection {
        let name = name(&self.database);
        let mut url = self.database.url.clone();
        url.set_path("postgres");
        let mut server = AnyConnection::connect(url.as_str()).await.unwrap();
        run(&mut server, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await;
        let others = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        sqlx::query(AssertSqlSafe(others)).fetch_all(&mut server).await.unwrap();
        server
    }

    pub(crate) async fn back(&self, server: &mut AnyConnection) {
        run(server, &format!("ALTER DATABASE {} WITH ALLOW_CONNECTIONS true", name(&self.database))).await;
    }
}

pub(crate) async fn console(database: &Database, emulator: &Arc<Emulator>, adjust: impl Fn(&mut Config)) -> Console {
    console_at(database.url.as_str(), emulator, adjust).await
}

pub(crate) async fn console_at(url: &str, emulator: &Arc<Emulator>, adjust: impl Fn(&mut Config)) -> Console {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("postgres_url");
    std::fs::write(&file, url).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    let shared = |config: &mut Config| {
        config.journal.postgres_url_file = Some(file.clone());
        adjust(config);
    };
    Console::configured(folder, Arc::clone(emulator), shared).await
}

pub(crate) fn name(database: &Database) -> &str {
    database.url.path().trim_start_matches('/')
}

async fn run(connection: &mut AnyConnection, sql: &str) -> u64 {
    sqlx::query(AssertSqlSafe(sql)).execute(connection).await.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected()
}

/// Looks until it is so, with a rest between two looks: they go to the database.
pub(crate) async fn until(so: impl AsyncFn() -> bool) {
    let mut turns = tokio::time::interval(Duration::from_millis(20));
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let look = async {
        while !so().await {
            turns.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(40), look).await.unwrap_or_else(|_| panic!("it does not come to that"));
}
