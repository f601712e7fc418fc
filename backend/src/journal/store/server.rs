//! A database of PostgreSQL, which several processes share.

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, ConnectOptions as _, Executor as _};
use std::fmt;
use std::path::Path;
use url::{Host, Url};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Nobody waits long for a lock or for an answer, and a console that died without a word leaves nothing behind that holds up others.
pub(super) const SETTINGS: &[&str] = &[
    "SET synchronous_commit = on",
    "SET statement_timeout = '5s'",
    "SET lock_timeout = '2s'",
    "SET idle_in_transaction_session_timeout = '5s'",
    "SET tcp_keepalives_idle = 5",
    "SET tcp_keepalives_interval = 2",
    "SET tcp_keepalives_count = 3",
];

/// How to reach a database. Shown, it never shows a password.
#[derive(Clone)]
pub struct Server(Url);

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.socket().or_else(|| self.0.host_str().map(str::to_owned)).unwrap_or_default();
        let port = self.0.port().map(|port| format!(":{port}")).unwrap_or_default();
        write!(f, "the PostgreSQL database {} at {host}{port}", self.0.path().trim_start_matches('/'))
    }
}

impl Server {
    /// Variables by which PostgreSQL's clients are told what a URL does not say. A console is told by its configuration alone.
    pub const SAID_OTHERWISE: [&str; 8] =
        ["PGHOST", "PGHOSTADDR", "PGPORT", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGOPTIONS", "PGPASSWORD"];

    /// Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full`, the only line of a file.
    ///
    /// # Errors
    /// In words, what is wrong with it; never with what stands in it.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        Self::parse(text.trim()).map_err(|wrong| format!("{} {wrong}", path.display()))
    }

    /// As [`Self::read`], of the line itself.
    ///
    /// # Errors
    /// As there.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url: Url = text.parse().map_err(|_| "holds no URL: postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full.")?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err("holds a URL of something else: it begins with postgres://.");
        }
        let server = Self(url);
        if server.socket().is_none() && server.0.host().is_none() {
            return Err("names no host.");
        }
        if server.0.username().is_empty() {
            return Err("names no user.");
        }
        if server.0.path().trim_start_matches('/').is_empty() {
            return Err("names no database.");
        }
        let known = |name: &str| matches!(name, "sslmode" | "sslrootcert" | "host");
        if server.0.query_pairs().any(|(name, _)| !known(&name)) {
            return Err("has a parameter that is not one of sslmode, sslrootcert and host.");
        }
        if !server.is_near() && server.parameter("sslmode").as_deref() != Some("verify-full") {
            return Err("would send what the journal holds over the network to whoever answers: add sslmode=verify-full.");
        }
        Ok(server)
    }

    /// As it is connected to. Statements are not kept from one time to the next: a console of the next version may make more columns
    /// meanwhile, and what was prepared before would fail.
    pub(super) fn url(&self) -> Url {
        let mut url = self.0.clone();
        url.query_pairs_mut().append_pair("statement-cache-capacity", "0");
        url
    }

    fn parameter(&self, name: &str) -> Option<String> {
        self.0.query_pairs().find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    }

    /// The folder of a socket of this machine.
    fn socket(&self) -> Option<String> {
        self.parameter("host").filter(|host| host.starts_with('/'))
    }

    /// Does nothing leave this machine on the way there?
    fn is_near(&self) -> bool {
        let near = |host: Host<&str>| match host {
            Host::Domain(name) => name.parse::<std::net::IpAddr>().map_or(name == "localhost", |ip| ip.is_loopback()),
            Host::Ipv4(ip) => ip.is_loopback(),
            Host::Ipv6(ip) => ip.is_loopback(),
        };
        self.socket().is_some() || self.parameter("host").is_none() && self.0.host().is_some_and(near)
    }
}

/// A few connections that cannot write, each made when it is needed.
pub(super) fn readers(url: &Url) -> Result<AnyPool, sqlx::Error> {
    let options = AnyConnectOptions::from_url(url)?.disable_statement_logging();
    let readers = AnyPoolOptions::new()
        .max_connections(4)
        .acquire_timeout(super::PATIENCE)
        .after_connect(|connection, _| Box::pin(async { connection.execute("SET default_transaction_read_only = on").await.map(drop) }))
        .connect_lazy_with(options);
    Ok(readers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_machine_is_encrypted_to_whom_is_meant() {
        for (url, good) in [
            ("postgres://tally:s3cret@db.example/tally?sslmode=verify-full", true),
            ("postgresql://tally:s3cret@db.example:5433/tally?sslmode=verify-full&sslrootcert=/etc/ca.pem", true),
            ("postgres://tally:s3cret@127.0.0.1/tally", true),
            ("postgres://tally:s3cret@[::1]/tally", true),
            ("postgres://tally@localhost/tally?host=/run/postgresql", true),
            ("postgres://tally:s3cret@db.example/tally", false),
            ("postgres://tally:s3cret@db.example/tally?sslmode=require", false),
            ("postgres://tally:s3cret@db.example/tally?sslmode=verify-ca", false),
            ("postgres://tally:s3cret@127.0.0.1/tally?host=db.example", false),
            ("postgres://tally:s3cret@127.0.0.1.example/tally", false),
            ("postgres://tally:s3cret@127.0.0.1/tally?options=-c%20synchronous_commit%3Doff", false),
            ("postgres://tally:s3cret@127.0.0.1/", false),
            ("postgres://127.0.0.1/tally", false),
            ("mysql://tally:s3cret@127.0.0.1/tally", false),
            ("tally.db", false),
        ] {
            let parsed = Server::parse(url);
            assert_eq!(parsed.is_ok(), good, "{url}: {parsed:?}");
            let said = parsed.map_or_else(str::to_owned, |server| format!("{server} {server:?}"));
            assert!(!said.contains("s3cret"), "{said}");
        }
    }
}
