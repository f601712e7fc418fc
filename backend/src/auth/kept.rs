//! What was asked of somebody outside, kept: for an hour, and for a day where they cannot be reached. Where something is not in it,
//! they are asked again, once in half a minute.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::Instant;

const FRESH: Duration = Duration::from_secs(3600);
const STALE: Duration = Duration::from_secs(24 * 3600);
/// For what is not known yet.
const ANEW: Duration = Duration::from_secs(30);
/// After a failure.
const AGAIN: Duration = Duration::from_secs(5);

/// What was heard last.
#[derive(Debug)]
pub(super) struct Kept<T> {
    known: RwLock<Option<(Instant, Arc<T>)>>,
    /// Held by the one who asks: when that failed last, and how.
    asking: Mutex<Option<(Instant, String)>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { known: RwLock::new(None), asking: Mutex::new(None) }
    }
}

impl<T> Kept<T> {
    /// What is known, asked for if it is old. One asks at a time; the others go on with what is known for as long as it holds, and
    /// wait where nothing is.
    pub(super) async fn fresh<F: Future<Output = Result<T, String>>>(&self, ask: impl FnOnce() -> F) -> Result<Arc<T>, String> {
        if let Some(known) = self.younger_than(FRESH) {
            return Ok(known);
        }
        let asking = match (self.asking.try_lock(), self.younger_than(STALE)) {
            (Ok(asking), _) => asking,
            (Err(_), Some(known)) => return Ok(known),
            (Err(_), None) => self.asking.lock().await,
        };
        self.ask(asking, FRESH, ask).await
    }

    /// The same, asked anew if that was not done just now: something is not in it. Whoever needs that waits for it.
    pub(super) async fn anew<F: Future<Output = Result<T, String>>>(&self, ask: impl FnOnce() -> F) -> Result<Arc<T>, String> {
        self.ask(self.asking.lock().await, ANEW, ask).await
    }

    /// What was heard last, whatever its age.
    pub(super) fn known(&self) -> Option<Arc<T>> {
        self.younger_than(Duration::MAX)
    }

    /// How long ago that was.
    pub(super) fn age(&self) -> Option<Duration> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(at, _)| at.elapsed())
    }

    fn younger_than(&self, age: Duration) -> Option<Arc<T>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(at, _)| at.elapsed() < age).map(|(_, value)| Arc::clone(value))
    }

    async fn ask<F: Future<Output = Result<T, String>>>(
        &self,
        mut failed: MutexGuard<'_, Option<(Instant, String)>>,
        age: Duration,
        ask: impl FnOnce() -> F,
    ) -> Result<Arc<T>, String> {
        // Somebody may have asked while this one waited.
        if let Some(known) = self.younger_than(age) {
            return Ok(known);
        }
        let just_failed = failed.as_ref().filter(|(at, _)| at.elapsed() < AGAIN).map(|(_, error)| error.clone());
        let asked = match just_failed {
            Some(error) => Err(error),
            None => {
                let asked = ask().await;
                *failed = asked.as_ref().err().map(|error| (Instant::now(), error.clone()));
                asked
            }
        };
        match asked {
            Ok(value) => {
                let value = Arc::new(value);
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), Arc::clone(&value)));
                Ok(value)
            }
            Err(error) => self.younger_than(STALE).ok_or(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::time::advance;

    /// Somebody outside who counts how often they are asked, and answers the count or nothing.
    #[derive(Default)]
    struct Outside {
        asked: AtomicU32,
        kept: Kept<u32>,
    }

    impl Outside {
        async fn hear(&self, away: bool) -> Result<u32, String> {
            let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            if away { Err(format!("away {asked}")) } else { Ok(asked) }
        }

        async fn fresh(&self, away: bool) -> Result<u32, String> {
            self.kept.fresh(|| self.hear(away)).await.map(|heard| *heard)
        }

        async fn anew(&self) -> Result<u32, String> {
            self.kept.anew(|| self.hear(false)).await.map(|heard| *heard)
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_not_in_it_is_asked_for_once_in_half_a_minute_and_all_of_it_each_hour() {
        let outside = Outside::default();
        assert_eq!((outside.fresh(false).await, outside.fresh(false).await), (Ok(1), Ok(1)));
        assert_eq!(outside.anew().await, Ok(1), "it was asked just now");
        advance(ANEW).await;
        assert_eq!((outside.anew().await, outside.anew().await), (Ok(2), Ok(2)));
        advance(FRESH - Duration::from_secs(1)).await;
        assert_eq!(outside.fresh(false).await, Ok(2));
        advance(Duration::from_secs(1)).await;
        assert_eq!(outside.fresh(false).await, Ok(3));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_is_away_is_not_asked_by_everybody_and_what_they_said_holds_for_a_day() {
        let outside = Outside::default();
        assert_eq!(outside.fresh(true).await, Err("away 1".to_owned()));
        assert_eq!(outside.fresh(false).await, Err("away 1".to_owned()), "they were asked just now");
        advance(AGAIN).await;
        assert_eq!(outside.fresh(false).await, Ok(2));
        advance(FRESH).await;
        assert_eq!(outside.fresh(true).await, Ok(2), "what they said last");
        advance(STALE - FRESH - Duration::from_secs(1)).await;
        assert_eq!(outside.fresh(true).await, Ok(2));
        advance(Duration::from_secs(6)).await;
        assert_eq!(outside.fresh(true).await, Err("away 5".to_owned()), "and after a day no longer");
    }

    #[tokio::test(start_paused = true)]
    async fn while_one_asks_the_others_go_on_with_what_is_known() {
        let outside = Outside::default();
        assert_eq!(outside.fresh(false).await, Ok(1));
        advance(FRESH).await;
        let stuck = outside.kept.fresh(std::future::pending::<Result<u32, String>>);
        tokio::pin!(stuck);
        assert!(futures::poll!(&mut stuck).is_pending(), "it asks, and is not answered");
        assert_eq!(outside.fresh(false).await, Ok(1));
        advance(STALE).await;
        let waits = outside.fresh(false);
        tokio::pin!(waits);
        assert!(futures::poll!(&mut waits).is_pending(), "what is of a day ago does not do");
    }
}
