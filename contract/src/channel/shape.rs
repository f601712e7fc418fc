//! A channel as IVS describes it.

use super::kind::{ChannelLatencyMode, ChannelType, ContainerFormat, MultitrackMaximumResolution, MultitrackPolicy, TranscodePreset};
use crate::constraint::{Check, Findings};
use crate::secret::Secret;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// Where an encoder sends and viewers watch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Default `LOW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_mode: Option<ChannelLatencyMode>,
    /// Default `STANDARD`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChannelType>,
    /// What records it; `""` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration_arn: Option<String>,
    /// Host that encoders send RTMPS (port 443) and RTMP to, without scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingest_endpoint: Option<String>,
    /// The HLS address for players.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_url: Option<String>,
    /// Private: viewers need a signed token. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized: Option<bool>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
    /// Allows RTMP without TLS and SRT without a passphrase. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insecure_ingest: Option<bool>,
    /// ADVANCED types only; default there `HIGHER_BANDWIDTH_DELIVERY`, else `""`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<TranscodePreset>,
    /// How to send with SRT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub srt: Option<Srt>,
    /// Which countries and origins may watch; `""` for all. Ignored on private channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_restriction_policy_arn: Option<String>,
    /// Several renditions from the encoder. Needs STANDARD and FRAGMENTED_MP4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multitrack_input_configuration: Option<MultitrackInputConfiguration>,
    /// Default `TS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_format: Option<ContainerFormat>,
    /// Server-side ads; `""` for none. Needs `TS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad_configuration_arn: Option<String>,
    /// What viewers see when the encoder fails; `""` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failover_slate_configuration_arn: Option<String>,
}

/// What a list says of a channel: no endpoints, container or multitrack settings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelSummary {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Default `LOW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_mode: Option<ChannelLatencyMode>,
    /// Private: viewers need a signed token. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized: Option<bool>,
    /// What records it; `""` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration_arn: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
    /// Allows RTMP without TLS and SRT without a passphrase. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insecure_ingest: Option<bool>,
    /// Default `STANDARD`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChannelType>,
    /// ADVANCED types only; default there `HIGHER_BANDWIDTH_DELIVERY`, else `""`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<TranscodePreset>,
    /// Which countries and origins may watch; `""` for all. Ignored on private channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_restriction_policy_arn: Option<String>,
    /// Server-side ads; `""` for none. Needs `TS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad_configuration_arn: Option<String>,
    /// What viewers see when the encoder fails; `""` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failover_slate_configuration_arn: Option<String>,
}

/// How to send with SRT.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Srt {
    /// Host for SRT, port 9000.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// **Secret.** Encrypts SRT; needed while insecure ingest is off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passphrase: Option<Secret>,
}

/// Whether the encoder may send several renditions itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MultitrackInputConfiguration {
    /// Whether it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Required when it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<MultitrackPolicy>,
    /// Required when it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_resolution: Option<MultitrackMaximumResolution>,
}

impl Check for MultitrackInputConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("policy", self.policy.as_ref(), |e, at, v| e.known(at, v));
        e.given("maximumResolution", self.maximum_resolution.as_ref(), |e, at, v| e.known(at, v));
    }
}

/// Why one ARN of a batch failed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchError {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// Why, where IVS says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl Channel {
    /// Removes the SRT passphrase.
    pub fn redact(&mut self) {
        if let Some(srt) = &mut self.srt {
            srt.passphrase = None;
        }
    }
}
