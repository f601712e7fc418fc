//! The SDK's clients of one region: one that reads and one that changes.

use super::clock::Clock;
use super::size::AnswerLimit;
use aws_config::SdkConfig;
use aws_sdk_ivs::Client;
use aws_sdk_ivs::config::retry::RetryConfig;
use aws_sdk_ivs::config::timeout::TimeoutConfig;
use aws_sdk_ivs::config::{Builder, Region, StalledStreamProtectionConfig};
use contract::Operation;
use std::time::{Duration, Instant};

/// How long a call may take, and how long a read waits before it is tried again. The SDK's own defaults wait for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// To connect.
    pub connect: Duration,
    /// Until the first byte of the answer.
    pub read: Duration,
    /// One attempt in all.
    pub attempt: Duration,
    /// The call in all, its attempts and the waits between them included.
    pub operation: Duration,
    /// The longest wait before a read's second attempt; it doubles for the third.
    pub backoff: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            read: Duration::from_secs(5),
            attempt: Duration::from_secs(6),
            operation: Duration::from_secs(15),
            backoff: Duration::from_secs(1),
        }
    }
}

/// How often a read is tried in all.
pub const READ_ATTEMPTS: u32 = 3;

/// The two clients of a region. They share the connections and the credentials of the [`SdkConfig`] they are made from.
#[derive(Clone, Debug)]
pub struct Clients {
    reads: Client,
    changes: Client,
    clock: Clock,
}

impl Clients {
    /// The clients for `region`, whatever region the configuration names.
    pub fn new(config: &SdkConfig, region: &str, timing: Timing) -> Self {
        let retried = RetryConfig::standard().with_max_attempts(READ_ATTEMPTS).with_initial_backoff(timing.backoff);
        let clock = Clock::default();
        let client = |retries| Client::from_conf(builder(config, region, timing).retry_config(retries).interceptor(clock.clone()).build());
        Self { reads: client(retried), changes: client(RetryConfig::disabled()), clock }
    }

    /// When an answer came last, and by how many seconds AWS's clock was ahead.
    pub(super) fn skew(&self) -> Option<(Instant, f64)> {
        self.clock.skew()
    }

    /// The client to call this operation with. IVS has no idempotency token, and the SDK would send a create three times
    /// when its answer is lost; so what is not a read is sent once. Our own table decides what is a read: IVS's model
    /// calls the revocation of viewer sessions one.
    pub fn of(&self, operation: Operation) -> &Client {
        if operation.reads() { &self.reads } else { &self.changes }
    }
}

fn builder(config: &SdkConfig, region: &str, timing: Timing) -> Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(timing.connect)
        .read_timeout(timing.read)
        .operation_attempt_timeout(timing.attempt)
        .operation_timeout(timing.operation)
        .build();
    // A body that stops flowing is given as long as an answer that does not begin.
    let stalled = StalledStreamProtectionConfig::enabled().grace_period(timing.read).build();
    Builder::from(config)
        .region(Region::new(region.to_owned()))
        .timeout_config(timeouts)
        .stalled_stream_protection(stalled)
        .interceptor(AnswerLimit)
}
