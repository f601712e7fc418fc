//! What one of the consoles is changing, so that no other does at the same time.

use super::{Replicas, here};
use crate::journal::{Journal, JournalError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;

/// Between two looks whether another console is done.
const AGAIN: Duration = Duration::from_millis(60);

/// Resources that this console holds against the others, until it is dropped; and the locks within this one, which go after.
#[derive(Debug, Default)]
pub(crate) struct Hold {
    arns: Vec<String>,
    within: Vec<OwnedMutexGuard<()>>,
    replicas: Option<Replicas>,
}

impl Replicas {
    /// Holds these resources against the other consoles, one after the other. They come in one order whoever asks, so two never wait
    /// for each other. Waits until it has them; whoever will not wait so long drops it.
    ///
    /// # Errors
    /// The database is not to be reached.
    pub(crate) async fn hold(&self, arns: &[&String], within: Vec<OwnedMutexGuard<()>>) -> Result<Hold, JournalError> {
        let mut held = Hold { arns: Vec::new(), within, replicas: Some(self.clone()) };
        let Some(journal) = &self.shared else { return Ok(held) };
        for arn in arns {
            // Before it is taken: a caller who goes away in the middle leaves nothing behind either.
            held.arns.push((*arn).clone());
            self.holding().insert((*arn).clone());
            while !take(journal, arn).await? {
                tokio::time::sleep(AGAIN).await;
            }
        }
        Ok(held)
    }
}

/// What is held by nobody who lives, or by this one: within it, another lock stands before.
async fn take(journal: &Journal, arn: &str) -> Result<bool, JournalError> {
    let sql = "INSERT INTO held (arn, replica) VALUES ($1, $2) ON CONFLICT (arn) DO UPDATE SET replica = excluded.replica
        WHERE held.replica = excluded.replica OR held.replica NOT IN (SELECT id FROM living)";
    here(journal).await?;
    Ok(journal.store.execute(sqlx::query(sql).bind(arn).bind(journal.replica())).await? > 0)
}

async fn free(journal: &Journal, arn: &str) -> Result<(), JournalError> {
    let free = sqlx::query("DELETE FROM held WHERE arn = $1 AND replica = $2").bind(arn).bind(journal.replica());
    journal.store.execute(free).await.map(drop)
}

impl Drop for Hold {
    fn drop(&mut self) {
        let (arns, within) = (std::mem::take(&mut self.arns), std::mem::take(&mut self.within));
        let Some(replicas) = self.replicas.take().filter(|_| !arns.is_empty()) else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            let Some(journal) = &replicas.shared else { return };
            for arn in &arns {
                if let Err(error) = free(journal, arn).await {
                    // The next beat does it.
                    tracing::warn!(%error, arn, "a resource could not be given free for the other consoles");
                }
                replicas.holding().remove(arn);
            }
            drop(within);
        });
    }
}
