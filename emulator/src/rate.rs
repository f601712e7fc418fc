//! How often operations may be called: a token bucket for each account, region and operation; PutMetadata has one more for
//! each channel (`docs/ivs-behaviour.md` 1.2, 2.6).

use crate::choices::PUT_METADATA_PER_CHANNEL;
use crate::clock::{Millis, SECOND};
use crate::settings::Rates;
use contract::{ApiError, Code, Operation};
use std::collections::HashMap;

/// More buckets than an account needs.
const MANY: usize = 10_000;

/// A bucket holds a second's worth of calls, counted in thousandths so that it fills by whole milliseconds.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    thousandths: i64,
    filled: Millis,
}

impl Bucket {
    fn take(&mut self, rate: u32, now: Millis) -> bool {
        let full = i64::from(rate) * SECOND;
        let gained = now.saturating_sub(self.filled).max(0).saturating_mul(i64::from(rate));
        self.thousandths = self.thousandths.saturating_add(gained).min(full);
        self.filled = now;
        let enough = self.thousandths >= SECOND;
        if enough {
            self.thousandths -= SECOND;
        }
        enough
    }
}

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Buckets(HashMap<(String, Operation), Bucket>);

impl Buckets {
    /// Lets one call through, or answers as IVS does. `place` is the account and region, `target` the ARN it is about.
    pub(crate) fn pass(&mut self, rates: Rates, place: &str, operation: Operation, target: &str, now: Millis) -> Result<(), ApiError> {
        let Some(rate) = rates.of(operation) else { return Ok(()) };
        if operation == Operation::PutMetadata {
            self.one(target, operation, PUT_METADATA_PER_CHANNEL, target, now)?;
        }
        self.one(place, operation, rate, target, now)
    }

    fn one(&mut self, whose: &str, operation: Operation, rate: u32, target: &str, now: Millis) -> Result<(), ApiError> {
        // Whoever calls with ever new ARNs shall not fill the memory: a bucket left alone for a second is full again.
        if self.0.len() > MANY {
            self.0.retain(|_, bucket| now.saturating_sub(bucket.filled) < SECOND);
        }
        let full = Bucket { thousandths: i64::from(rate) * SECOND, filled: now };
        if self.0.entry((whose.to_owned(), operation)).or_insert(full).take(rate, now) {
            return Ok(());
        }
        let text = format!("Operation: ivs:{operation} exceeded call rate: {rate} for resource: {target}");
        Err(ApiError::new(Code::ThrottlingException, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_a_second_and_fills_evenly() {
        let mut buckets = Buckets::default();
        let mut pass = |now| buckets.pass(Rates::Documented, "here", Operation::GetChannel, "arn", now).is_ok();
        assert!((0..5).all(|_| pass(0)));
        assert!(!pass(0));
        assert!(!pass(199));
        assert!(pass(200), "five a second is one each 200 ms");
        assert!(!pass(200));
        assert!((0..5).all(|_| pass(9_000)) && !pass(9_000), "it does not grow beyond a second's worth");
    }

    #[test]
    fn metadata_has_a_bucket_for_each_channel() {
        let mut buckets = Buckets::default();
        let mut pass = |channel| buckets.pass(Rates::Documented, "here", Operation::PutMetadata, channel, 0);
        assert!((0..5).all(|_| pass("a").is_ok()));
        let refused = pass("a").expect_err("the sixth");
        assert_eq!(refused.message, "Operation: ivs:PutMetadata exceeded call rate: 5 for resource: a");
        assert!(pass("b").is_ok());
    }
}
