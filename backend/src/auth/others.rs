//! Sessions that other consoles begin and end, where several share a database.

use super::registry::{Registry, known, micros};
use super::ticket::now;
use crate::journal::{JournalError, row};
use sqlx::any::AnyRow;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// So often it is looked what others have begun and ended.
const EACH: Duration = Duration::from_secs(4);
/// How far back a look goes, in microseconds: further than any statement takes, and than one look or two that failed.
const BACK: i64 = 60_000_000;
/// So often a look takes in all of them: what took longer to be written than anything should is seen then.
const EVERY: Duration = Duration::from_secs(30);
/// The database may be gone for so long until nobody is believed any more to be still signed in.
const AT_MOST: Duration = Duration::from_secs(300);

/// When it was looked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    last: Instant,
    /// At all of them.
    whole: Instant,
}

impl Looked {
    pub(super) fn now() -> Self {
        Self { last: Instant::now(), whole: Instant::now() }
    }
}

impl Registry {
    /// Looks for as long as it is polled.
    pub(super) async fn follow(&self) {
        while self.journal.is_shared() {
            tokio::time::sleep(EACH).await;
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "whom other consoles have signed out cannot be told");
            }
        }
    }

    /// # Errors
    /// Nothing has been seen of the database for too long.
    pub(super) fn is_current(&self) -> Result<(), JournalError> {
        if !self.journal.is_shared() || self.looked().last.elapsed() < AT_MOST {
            return Ok(());
        }
        Err(JournalError::Unreadable("who is still signed in has not been known for five minutes".to_owned()))
    }

    /// Looks what others have begun and ended.
    ///
    /// # Errors
    /// The database cannot be read.
    pub(super) async fn look(&self) -> Result<(), JournalError> {
        if !self.journal.is_shared() {
            return Ok(());
        }
        let (began, looked) = (Instant::now(), self.looked());
        if looked.whole.elapsed() > EVERY {
            self.read_all().await?;
            self.has_looked(Looked { last: began, whole: began });
        } else {
            let changed = "SELECT * FROM session WHERE began > $1 AND changed > (SELECT micros() - CAST($2 AS BIGINT))";
            self.take_in(&self.journal.store.all(sqlx::query(changed).bind(self.since()).bind(BACK)).await?);
            self.has_looked(Looked { last: began, ..looked });
        }
        Ok(())
    }

    /// Reads those that may still last.
    ///
    /// # Errors
    /// They cannot be read.
    pub(super) async fn read_all(&self) -> Result<(), JournalError> {
        let all = sqlx::query("SELECT * FROM session WHERE began > $1").bind(self.since());
        self.take_in(&self.journal.store.all(all).await?);
        Ok(())
    }

    /// Reads one that is not known here: another console may have just begun it.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) async fn meet(&self, id: &str) -> Result<(), JournalError> {
        if !self.journal.is_shared() || self.lock().contains_key(id) {
            return Ok(());
        }
        let one = self.journal.store.one(sqlx::query("SELECT * FROM session WHERE id = $1").bind(id)).await?;
        self.take_in(one.as_slice());
        Ok(())
    }

    /// Those that began before do not last any more, in microseconds since 1970.
    fn since(&self) -> i64 {
        micros(now().saturating_sub(self.lasts.absolute.as_secs()))
    }

    fn take_in(&self, rows: &[AnyRow]) {
        for row in rows {
            let mut all = self.lock();
            match known(row) {
                // What was ended here while this was being read stays so.
                Ok((id, read)) if all.get(&id).is_none_or(|here| here.ended.is_none() || here.began != read.began) => {
                    all.insert(id, read);
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "a session cannot be read, and is none");
                    row::get::<String>(row, "id").ok().and_then(|id| all.remove(&id));
                }
            }
        }
    }

    fn looked(&self) -> Looked {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_looked(&self, looked: Looked) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = looked;
    }
}
