//! What can be set about an emulator.

use crate::clock::{Clock, Millis, SECOND, SteeredClock};
use contract::Operation;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything that can be set. The default is the service as documented, for account 123456789012, at the machine's time.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The account of every access key that no `AssumeRole` gave: 12 digits.
    pub account: String,
    /// The access keys that exist. `None`: any key is accepted and no signature is verified.
    pub keys: Option<Vec<Key>>,
    /// How many of each resource there may be.
    pub quotas: Quotas,
    /// How often operations may be called.
    pub rates: Rates,
    /// How long IVS takes for what it does in the background.
    pub delays: Delays,
    /// How long a page token lives. `None`: for ever.
    pub page_token_life: Option<Millis>,
    /// Where ids, secrets and viewers begin.
    pub seed: u64,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            account: "123456789012".to_owned(),
            keys: None,
            quotas: Quotas::default(),
            rates: Rates::Documented,
            delays: Delays::default(),
            page_token_life: None,
            seed: 0,
            clock: Arc::new(SteeredClock::default()),
        }
    }
}

/// An access key.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Such as `AKIAIOSFODNN7EXAMPLE`.
    pub id: String,
    /// What signs.
    pub secret: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How many there may be, for each account and region. Numbers and evidence: `docs/ivs-behaviour.md` 2.15. One stream key
/// for each channel and 50 tags for each resource cannot be set, as in IVS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Default 5,000 (unverified).
    pub channels: usize,
    /// Default 100 (one witness).
    pub concurrent_streams: usize,
    /// Default 3.
    pub playback_key_pairs: usize,
    /// Default 20 (unverified).
    pub recording_configurations: usize,
    /// Default 20 (no source).
    pub playback_restriction_policies: usize,
    /// Default 20 (no source).
    pub ad_configurations: usize,
    /// Default 20 (no source).
    pub failover_slate_configurations: usize,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            channels: 5_000,
            concurrent_streams: 100,
            playback_key_pairs: 3,
            recording_configurations: 20,
            playback_restriction_policies: 20,
            ad_configurations: 20,
            failover_slate_configurations: 20,
        }
    }
}

/// How often operations may be called, for each account and region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rates {
    /// As documented; [`crate::choices::UNDOCUMENTED_RATE`] where no page says.
    Documented,
    /// As often as one likes.
    Unlimited,
}

impl Rates {
    /// Calls a second, where there is a limit.
    pub(crate) fn of(self, operation: Operation) -> Option<u32> {
        match self {
            Self::Documented => Some(operation.rate().unwrap_or(crate::choices::UNDOCUMENTED_RATE)),
            Self::Unlimited => None,
        }
    }
}

/// How long IVS takes for what it does in the background. None of it is documented; these are believable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delays {
    /// A recording configuration from CREATING to ACTIVE or CREATE_FAILED. Default 4 s.
    pub recording_configuration: Millis,
    /// A failover slate from CREATING or UPDATING to CREATED. Default 3 s.
    pub failover_slate_configuration: Millis,
    /// From `Session Created` to `Stream Start`. Default 6 s (`docs/ivs-behaviour.md` 2.5).
    pub stream_start: Millis,
    /// From `Stream Start` to `Recording Start`. Default 1 s.
    pub recording_start: Millis,
}

impl Default for Delays {
    fn default() -> Self {
        Self {
            recording_configuration: 4 * SECOND,
            failover_slate_configuration: 3 * SECOND,
            stream_start: 6 * SECOND,
            recording_start: SECOND,
        }
    }
}
