//! IVS's values in words for people. A value of tomorrow shows as itself.

use contract::channel::{ChannelLatencyMode, TranscodePreset};

/// Who may watch: in a word, and what that means.
pub(crate) fn playback(authorized: Option<bool>, policy: Option<&str>) -> (&'static str, &'static str) {
    match (authorized == Some(true), policy.is_some_and(|arn| !arn.is_empty())) {
        (true, _) => ("Private", "viewers need a signed token"),
        (false, true) => ("Restricted", "its policy says who may watch"),
        (false, false) => ("Public", "anyone with the playback URL"),
    }
}

/// How near to real time.
pub(crate) fn latency(mode: &ChannelLatencyMode) -> String {
    match mode {
        ChannelLatencyMode::Low => "Low".to_owned(),
        ChannelLatencyMode::Normal => "Normal".to_owned(),
        ChannelLatencyMode::Unknown(other) => other.clone(),
    }
}

/// What a preset trades; empty where there is none.
pub(crate) fn preset(preset: &TranscodePreset) -> String {
    match preset {
        TranscodePreset::HigherBandwidthDelivery => "higher bandwidth".to_owned(),
        TranscodePreset::ConstrainedBandwidthDelivery => "constrained bandwidth".to_owned(),
        TranscodePreset::Unknown(other) => other.clone(),
    }
}
