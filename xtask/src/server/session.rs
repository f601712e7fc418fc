//! Who is signed in to a console, and asks it as a page of it would.

use anyhow::Context as _;
use serde_json::{Value, json};

use super::http::{Answer, Connection};

/// A session on one connection.
pub(crate) struct Session {
    connection: Connection,
    cookie: String,
}

impl Session {
    pub(super) fn open(mut connection: Connection, token: &str) -> anyhow::Result<Self> {
        let answer = connection.post("/api/session", "", &json!({ "token": token }).to_string())?.ok()?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).context("no session")?.to_owned();
        Ok(Self { connection, cookie })
    }

    /// What the console answers, whatever its status.
    pub(crate) fn post(&mut self, path: &str, body: &str) -> anyhow::Result<Answer> {
        self.connection.post(path, &self.cookie, body)
    }

    /// May changes be made: has the account check passed?
    pub(crate) fn is_ready(&mut self) -> anyhow::Result<bool> {
        Ok(self.connection.get("/readyz")?.status == 200)
    }

    /// What it answers when it does as asked.
    ///
    /// # Errors
    /// It refuses: the error holds its words.
    pub(crate) fn ask(&mut self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let answer = self.post(path, &body.to_string())?.ok().with_context(|| path.to_owned())?;
        serde_json::from_str(&answer.body).context("the console answered something that is not JSON")
    }
}
