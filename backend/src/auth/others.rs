//! Sessions that other consoles begin and end, where several share a database.

use super::registry::{Registry, known};
use super::ticket::now;
use crate::journal::JournalError;
use sqlx::Row as _;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// So often it is looked what others have begun and ended.
const EACH: Duration = Duration::from_secs(4);
/// Longer than any statement takes, in microseconds: what another wrote before the last look and could not be seen then is in the next.
const BACK: i64 = 60_000_000;
/// So often all of them are read.
const EVERY: Duration = Duration::from_secs(60);
/// The database may be gone for so long until nobody is believed any more to be still signed in.
const AT_MOST: Duration = Duration::from_secs(300);

impl Registry {
    /// Looks for as long as it is polled.
    pub(super) async fn follow(&self) {
        while self.journal.is_shared() {
            tokio::time::sleep(EACH).await;
            if let Err(error) = self.read_changed().await {
                tracing::warn!(%error, "whom other consoles have signed out cannot be told");
            }
        }
    }

    /// # Errors
    /// Nothing has been seen of the database for too long.
    pub(super) fn is_current(&self) -> Result<(), JournalError> {
        if !self.journal.is_shared() || self.as_of().elapsed() < AT_MOST {
            return Ok(());
        }
        Err(JournalError::Unreadable("who is still signed in has not been known for five minutes".to_owned()))
    }

    /// Reads what has changed since the last look; all that may still last, where that was long ago.
    pub(super) async fn read_changed(&self) -> Result<(), JournalError> {
        let began = Instant::now();
        // All of them once a minute, too: what took longer to be written than anything should is seen then.
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner).elapsed() > EVERY;
        whole |= self.as_of().elapsed() > Duration::from_micros(BACK.unsigned_abs() / 2);
        let back = if whole { i64::MAX } else { BACK };
        let since = super::registry::micros(now().saturating_sub(self.lasts.absolute.as_secs()));
        let readers = self.journal.store.readers();
        let rows = sqlx::query("SELECT * FROM session WHERE began > $1 AND changed > (SELECT micros() - CAST($2 AS BIGINT))")
            .bind(since)
            .bind(back)
            .fetch_all(&readers);
        for row in tokio::time::timeout(EACH, rows).await.map_err(JournalError::reading)?.map_err(JournalError::reading)? {
            let (id, read) = match known(&row) {
                Ok(known) => known,
                Err(error) => {
                    tracing::error!(%error, "a session cannot be read, and is none");
                    row.try_get::<String, _>("id").ok().and_then(|id| self.lock().remove(&id));
                    continue;
                }
            };
            let mut all = self.lock();
            // What was ended here while this was being read stays so.
            if all.get(&id).is_none_or(|here| here.ended.is_none() || here.began != read.began) {
                all.insert(id, read);
            }
        }
        if whole {
            *self.whole.lock().unwrap_or_else(PoisonError::into_inner) = began;
        }
        *self.as_of.lock().unwrap_or_else(PoisonError::into_inner) = began;
        Ok(())
    }

    /// Reads this one, if there is one.
    pub(super) async fn read_one(&self, id: &str) -> Result<(), JournalError> {
        let readers = self.journal.store.readers();
        let row = sqlx::query("SELECT * FROM session WHERE id = $1").bind(id).fetch_optional(&readers);
        let row = tokio::time::timeout(EACH, row).await.map_err(JournalError::reading)?.map_err(JournalError::reading)?;
        if let Some(row) = row {
            let (id, known) = known(&row)?;
            self.lock().entry(id).or_insert(known);
        }
        Ok(())
    }

    fn as_of(&self) -> Instant {
        *self.as_of.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
