//! IVS's values in words for people. A value of tomorrow shows as itself.

use contract::channel::{ChannelLatencyMode, TranscodePreset};

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
