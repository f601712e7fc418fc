//! Keeps this console within a part of IVS's call rates, which are not adjustable and are shared with everything else
//! that the account runs: a token bucket for each account, region and operation at 60 % of the documented rate.
//!
//! What waits is served by lane: a change before a click before a poll, and in each lane first come, first served. When
//! the wait would be longer than anyone should sit through, the answer is an honest “busy” with the time to come back.

use contract::Operation;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The share of IVS's rate that this console allows itself.
const SHARE: f64 = 0.6;
/// The rate that is assumed where no page documents one: the lowest of its kind.
const UNDOCUMENTED: u32 = 3;
/// Longer than this nobody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// After IVS throttled a call all the same, others are using the rate too: for so long, half of it is left to them.
const PENALTY: Duration = Duration::from_secs(60);

/// Who goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Somebody changes something.
    Change,
    /// Somebody looks at something.
    Click,
    /// Nobody asked: refreshing what is shown.
    Poll,
}

/// Too much is waiting already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// When there will be room.
    pub retry_after: Duration,
}

/// All the buckets.
#[derive(Debug, Default)]
pub struct Governor {
    buckets: Mutex<HashMap<(String, String, Operation), Arc<Bucket>>>,
}

impl Governor {
    /// Waits for a turn to call an operation.
    ///
    /// # Errors
    /// The wait would be longer than five seconds.
    pub async fn turn(&self, account: &str, region: &str, operation: Operation, lane: Lane) -> Result<(), Full> {
        self.bucket(account, region, operation).take(lane).await
    }

    /// IVS throttled this operation: somebody else uses the rate too.
    pub fn throttled(&self, account: &str, region: &str, operation: Operation) {
        let bucket = self.bucket(account, region, operation);
        let mut level = bucket.level.lock().unwrap_or_else(PoisonError::into_inner);
        level.penalty_until = Some(Instant::now() + PENALTY);
        level.tokens = 0.0;
    }

    fn bucket(&self, account: &str, region: &str, operation: Operation) -> Arc<Bucket> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (account.to_owned(), region.to_owned(), operation);
        Arc::clone(buckets.entry(key).or_insert_with(|| Arc::new(Bucket::new(operation.rate().unwrap_or(UNDOCUMENTED)))))
    }
}

#[derive(Debug)]
struct Bucket {
    /// Tokens a second, and how many are kept at most.
    rate: f64,
    level: Mutex<Level>,
    /// One queue for each lane: whoever holds it is next in that lane.
    queues: [tokio::sync::Mutex<()>; 3],
}

#[derive(Debug)]
struct Level {
    tokens: f64,
    at: Instant,
    waiting: [u32; 3],
    penalty_until: Option<Instant>,
}

impl Bucket {
    fn new(rate: u32) -> Self {
        let rate = f64::from(rate) * SHARE;
        Self {
            rate,
            level: Mutex::new(Level { tokens: rate.max(1.0), at: Instant::now(), waiting: [0; 3], penalty_until: None }),
            queues: Default::default(),
        }
    }

    async fn take(&self, lane: Lane) -> Result<(), Full> {
        let _place = self.queue(lane)?;
        let _next = self.queues[lane as usize].lock().await;
        while let Some(wait) = self.try_take(lane) {
            sleep(wait).await;
        }
        Ok(())
    }

    /// Takes a place in the queue, unless it is too long.
    fn queue(&self, lane: Lane) -> Result<Place<'_>, Full> {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let rate = level.refill(self.rate);
        let ahead: u32 = level.waiting[..=lane as usize].iter().sum();
        let wait = (f64::from(ahead) + 1.0 - level.tokens) / rate;
        if wait > PATIENCE.as_secs_f64() {
            return Err(Full { retry_after: Duration::from_secs_f64(wait - PATIENCE.as_secs_f64() + 1.0) });
        }
        level.waiting[lane as usize] += 1;
        Ok(Place { bucket: self, lane })
    }

    /// Takes a token, or says how long to wait before asking again.
    fn try_take(&self, lane: Lane) -> Option<Duration> {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        let rate = level.refill(self.rate);
        let earlier: u32 = level.waiting[..lane as usize].iter().sum();
        if earlier == 0 && level.tokens >= 1.0 {
            level.tokens -= 1.0;
            return None;
        }
        Some(Duration::from_secs_f64(((f64::from(earlier) + 1.0 - level.tokens) / rate).max(0.001)))
    }
}

impl Level {
    /// Adds what has come since; returns the rate that holds now.
    fn refill(&mut self, full: f64) -> f64 {
        let now = Instant::now();
        let rate = if self.penalty_until.is_some_and(|until| now < until) { full / 2.0 } else { full };
        self.tokens = (self.tokens + now.duration_since(self.at).as_secs_f64() * rate).min(full.max(1.0));
        self.at = now;
        rate
    }
}

/// A place in a queue, given back when it is dropped: served, or no longer wanted.
struct Place<'b> {
    bucket: &'b Bucket,
    lane: Lane,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut level = self.bucket.level.lock().unwrap_or_else(PoisonError::into_inner);
        level.waiting[self.lane as usize] -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPERATION: Operation = Operation::ListChannels; // five a second, of which three are ours

    #[tokio::test(start_paused = true)]
    async fn it_spends_three_fifths_of_the_rate() {
        let governor = Arc::new(Governor::default());
        let start = Instant::now();
        for _ in 0..30 {
            governor.turn("a", "eu-west-1", OPERATION, Lane::Click).await.unwrap();
        }
        let seconds = start.elapsed().as_secs_f64();
        assert!((8.9..9.2).contains(&seconds), "30 calls, 3 of them saved up, took {seconds} s");
    }

    #[tokio::test(start_paused = true)]
    async fn a_change_goes_before_clicks_and_polls_that_came_earlier() {
        let governor = Arc::new(Governor::default());
        let order = Arc::new(Mutex::new(Vec::new()));
        for _ in 0..3 {
            governor.turn("a", "r", OPERATION, Lane::Click).await.unwrap();
        }
        let mut tasks = Vec::new();
        for lane in [Lane::Poll, Lane::Click, Lane::Change] {
            let (governor, order) = (Arc::clone(&governor), Arc::clone(&order));
            tasks.push(tokio::spawn(async move {
                governor.turn("a", "r", OPERATION, lane).await.unwrap();
                order.lock().unwrap().push(lane);
            }));
            tokio::task::yield_now().await;
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [Lane::Change, Lane::Click, Lane::Poll]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_says_when_to_come_back() {
        let governor = Arc::new(Governor::default());
        let mut waiting = Vec::new();
        let mut full = None;
        for _ in 0..30 {
            let governor = Arc::clone(&governor);
            let task = tokio::spawn(async move { governor.turn("a", "r", OPERATION, Lane::Poll).await });
            tokio::task::yield_now().await;
            if task.is_finished() {
                full = full.or(task.await.unwrap().err());
            } else {
                waiting.push(task);
            }
        }
        assert_eq!(waiting.len(), 15, "five seconds at three a second");
        assert!(full.unwrap().retry_after >= Duration::from_secs(1));
        // Changes are not behind the polls.
        governor.turn("a", "r", OPERATION, Lane::Change).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_that_is_no_longer_wanted_is_given_back() {
        let governor = Governor::default();
        for _ in 0..3 {
            governor.turn("a", "r", OPERATION, Lane::Change).await.unwrap();
        }
        let gone = tokio::time::timeout(Duration::from_millis(1), governor.turn("a", "r", OPERATION, Lane::Change)).await;
        assert!(gone.is_err());
        assert_eq!(governor.bucket("a", "r", OPERATION).level.lock().unwrap().waiting, [0; 3]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_throttled_operation_goes_on_at_half_the_rate() {
        let governor = Governor::default();
        governor.throttled("a", "r", OPERATION);
        let start = Instant::now();
        for _ in 0..6 {
            governor.turn("a", "r", OPERATION, Lane::Change).await.unwrap();
        }
        assert!(start.elapsed() > Duration::from_millis(3900), "{:?}", start.elapsed());
    }
}
