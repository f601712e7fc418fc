//! Keeps this console within a part of IVS's call rates, which are not adjustable and are shared with everything else
//! that the account runs: a token bucket for each account, region and operation at 60 % of the documented rate. Metadata has
//! one more for each channel (`docs/ivs-behaviour.md` 2.6).
//!
//! What waits is served by lane: a change before a click before a poll, and in each lane first come, first served. When
//! the wait would be longer than anyone should sit through, the answer is an honest “busy” with the time to come back.

use crate::replicas::Replicas;
use contract::Operation;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The share of IVS's rate that this console allows itself.
const SHARE: f64 = 0.6;
/// The rate that is assumed where no page documents one: the lowest of its kind.
const UNDOCUMENTED: u32 = 3;
/// Calls of PutMetadata a second that IVS takes for one channel.
const METADATA: u32 = 5;
/// So many buckets of channels, and those that are full again are forgotten.
const CHANNELS: usize = 256;
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

impl Lane {
    /// As in the metrics.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Click => "click",
            Self::Poll => "poll",
        }
    }
}

/// Too much is waiting already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full {
    /// When there will be room.
    pub retry_after: Duration,
}

/// All the buckets.
#[derive(Debug)]
pub struct Governor {
    /// Those that have the same rates to share.
    replicas: Replicas,
    buckets: Mutex<HashMap<(String, String, Operation), Arc<Bucket>>>,
    /// For metadata, by the channel's ARN.
    channels: Mutex<HashMap<String, Arc<Bucket>>>,
}

impl Governor {
    /// Each of these consoles has the same part of the share.
    pub fn new(replicas: Replicas) -> Self {
        Self { replicas, buckets: Mutex::default(), channels: Mutex::default() }
    }

    /// Waits for a turn to call an operation.
    ///
    /// # Errors
    /// The wait would be longer than five seconds.
    pub async fn turn(&self, account: &str, region: &str, operation: Operation, lane: Lane) -> Result<(), Full> {
        self.bucket(account, region, operation).take(lane).await
    }

    /// Waits for a turn to put metadata on a channel, before the account's own.
    ///
    /// # Errors
    /// As [`Governor::turn`].
    pub async fn turn_of_channel(&self, arn: &str, lane: Lane) -> Result<(), Full> {
        self.of_channel(arn).take(lane).await
    }

    fn of_channel(&self, arn: &str) -> Arc<Bucket> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if channels.len() >= CHANNELS {
            channels.retain(|_, bucket| Arc::strong_count(bucket) > 1 || !bucket.full());
        }
        Arc::clone(channels.entry(arn.to_owned()).or_insert_with(|| Arc::new(Bucket::new(METADATA, self.replicas.clone()))))
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
        Arc::clone(
            buckets.entry(key).or_insert_with(|| Arc::new(Bucket::new(operation.rate().unwrap_or(UNDOCUMENTED), self.replicas.clone()))),
        )
    }
}

#[derive(Debug)]
struct Bucket {
    /// Tokens a second, and how many are kept at most, of all consoles together.
    whole: f64,
    replicas: Replicas,
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
    fn new(rate: u32, replicas: Replicas) -> Self {
        let whole = f64::from(rate) * SHARE;
        let part = whole / f64::from(replicas.count());
        Self {
            whole,
            replicas,
            level: Mutex::new(Level { tokens: part.max(1.0), at: Instant::now(), waiting: [0; 3], penalty_until: None }),
            queues: Default::default(),
        }
    }

    /// What this console has of it now.
    fn rate(&self) -> f64 {
        self.whole / f64::from(self.replicas.count())
    }

    /// Has nobody used it for so long that it is as a new one?
    fn full(&self) -> bool {
        let mut level = self.level.lock().unwrap_or_else(PoisonError::into_inner);
        level.refill(self.rate());
        level.tokens >= self.rate()
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
        let rate = level.refill(self.rate());
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
        let rate = level.refill(self.rate());
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

    /// Five a second, of which three are ours.
    fn bucket() -> Bucket {
        Bucket::new(5, Replicas::alone())
    }

    /// As if so much time had passed.
    fn later(bucket: &Bucket, time: Duration) {
        bucket.level.lock().unwrap().at -= time;
    }

    fn drained() -> Bucket {
        let bucket = bucket();
        while bucket.try_take(Lane::Change).is_none() {}
        bucket
    }

    #[test]
    fn it_spends_three_fifths_of_the_rate() {
        let bucket = bucket();
        assert_eq!((0..3).filter_map(|_| bucket.try_take(Lane::Click)).count(), 0, "a second's worth is saved up");
        let wait = bucket.try_take(Lane::Click).unwrap();
        assert!((0.30..0.34).contains(&wait.as_secs_f64()), "{wait:?}");
        later(&bucket, Duration::from_secs(60));
        let taken = std::iter::from_fn(|| bucket.try_take(Lane::Click).is_none().then_some(())).count();
        assert_eq!(taken, 3, "a minute saves up no more than a second");
    }

    #[test]
    fn several_consoles_spend_it_together() {
        let bucket = Bucket::new(5, Replicas::these(2));
        let taken = || std::iter::from_fn(|| bucket.try_take(Lane::Click).is_none().then_some(())).count();
        assert_eq!(taken(), 1, "half of three, saved up for a second");
        later(&bucket, Duration::from_secs(60));
        assert_eq!(taken(), 1);
        let wait = bucket.try_take(Lane::Click).unwrap();
        assert!((0.3..0.7).contains(&wait.as_secs_f64()), "{wait:?}");
    }

    #[test]
    fn a_change_goes_before_clicks_and_polls_that_came_earlier() {
        let bucket = drained();
        let _poll = bucket.queue(Lane::Poll).unwrap();
        let _click = bucket.queue(Lane::Click).unwrap();
        let change = bucket.queue(Lane::Change).unwrap();
        later(&bucket, Duration::from_millis(340));
        assert!(bucket.try_take(Lane::Poll).is_some());
        assert!(bucket.try_take(Lane::Click).is_some());
        assert!(bucket.try_take(Lane::Change).is_none());
        drop(change);
        later(&bucket, Duration::from_millis(340));
        assert!(bucket.try_take(Lane::Poll).is_some());
        assert!(bucket.try_take(Lane::Click).is_none());
    }

    #[test]
    fn a_full_queue_says_when_to_come_back() {
        let bucket = drained();
        let mut waiting = Vec::new();
        let full = loop {
            match bucket.queue(Lane::Poll) {
                Ok(place) => waiting.push(place),
                Err(full) => break full,
            }
        };
        assert_eq!(waiting.len(), 15, "five seconds at three a second");
        assert!(full.retry_after >= Duration::from_secs(1));
        assert!(bucket.queue(Lane::Change).is_ok(), "changes are not behind the polls");
    }

    #[test]
    fn a_place_that_is_no_longer_wanted_is_given_back() {
        let bucket = drained();
        drop(bucket.queue(Lane::Click).unwrap());
        assert_eq!(bucket.level.lock().unwrap().waiting, [0; 3]);
    }

    #[test]
    fn channels_do_not_wait_for_each_other_and_are_forgotten_when_idle() {
        let governor = Governor::new(Replicas::alone());
        let (a, b) = (governor.of_channel("a"), governor.of_channel("b"));
        while a.try_take(Lane::Change).is_none() {}
        assert!(b.try_take(Lane::Change).is_none(), "another channel is not behind it");
        drop((a, b));
        for channel in 0..CHANNELS {
            governor.of_channel(&channel.to_string());
        }
        let channels = governor.channels.lock().unwrap();
        assert!(channels.len() < CHANNELS && channels.contains_key("a"), "what is used up is kept");
    }

    #[test]
    fn a_throttled_operation_goes_on_at_half_the_rate() {
        let governor = Governor::new(Replicas::alone());
        let bucket = governor.bucket("a", "r", Operation::ListChannels);
        governor.throttled("a", "r", Operation::ListChannels);
        let wait = bucket.try_take(Lane::Change).unwrap();
        assert!((0.6..0.7).contains(&wait.as_secs_f64()), "{wait:?}");
        bucket.level.lock().unwrap().penalty_until = Some(Instant::now());
        let wait = bucket.try_take(Lane::Change).unwrap();
        assert!((0.2..0.34).contains(&wait.as_secs_f64()), "{wait:?}");
    }
}
