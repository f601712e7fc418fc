//! Channels: where encoders send and viewers watch. Source: `model/model.json`.

mod ingest;
mod kind;
mod rules;
mod shape;

pub use ingest::IngestLimits;
pub use kind::{ChannelLatencyMode, ChannelType, ContainerFormat, MultitrackMaximumResolution, MultitrackPolicy, TranscodePreset};
pub use rules::{Rules, locked};
pub use shape::{BatchError, Channel, ChannelSummary, MultitrackInputConfiguration, Srt};

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::stream_key::StreamKey;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// Looks up to 50 channels at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchGetChannel {
    /// The ARNs to look up: 1 to 50.
    pub arns: Vec<String>,
}

impl BatchGetChannel {
    /// How many ARNs one call takes.
    pub const MOST: usize = 50;
}

impl Check for BatchGetChannel {
    fn look(&self, e: &mut Findings) {
        e.count("arns", self.arns.len(), 1, Self::MOST);
        e.each("arns", &self.arns, |e, at, v| e.arn(at, v, Resource::Channel));
    }
}

/// What [`BatchGetChannel`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchGetChannelResponse {
    /// The channels.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Those that failed, by ARN.
    #[serde(default)]
    pub errors: Vec<BatchError>,
}

/// Creates a channel together with its stream key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateChannel {
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Default `LOW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_mode: Option<ChannelLatencyMode>,
    /// Default `STANDARD`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChannelType>,
    /// Private: viewers need a signed token. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized: Option<bool>,
    /// What records it; `""` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration_arn: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    /// Allows RTMP without TLS and SRT without a passphrase. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insecure_ingest: Option<bool>,
    /// ADVANCED types only; default there `HIGHER_BANDWIDTH_DELIVERY`, else `""`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<TranscodePreset>,
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

impl Check for CreateChannel {
    fn look(&self, e: &mut Findings) {
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.given("latencyMode", self.latency_mode.as_ref(), |e, at, v| e.known(at, v));
        e.given("type", self.kind.as_ref(), |e, at, v| e.known(at, v));
        e.given("recordingConfigurationArn", self.recording_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::RecordingConfiguration)
        });
        e.tags("tags", &self.tags);
        e.given("preset", self.preset.as_ref(), |e, at, v| e.known(at, v));
        e.given("playbackRestrictionPolicyArn", self.playback_restriction_policy_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::PlaybackRestrictionPolicy)
        });
        e.given("multitrackInputConfiguration", self.multitrack_input_configuration.as_ref(), |e, at, v| e.inside(at, v));
        e.given("containerFormat", self.container_format.as_ref(), |e, at, v| e.known(at, v));
        e.given("adConfigurationArn", self.ad_configuration_arn.as_ref(), |e, at, v| e.arn_or_empty(at, v, Resource::AdConfiguration));
        e.given("failoverSlateConfigurationArn", self.failover_slate_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::FailoverSlateConfiguration)
        });
        let rules = Rules {
            kind: self.kind.as_ref(),
            preset: self.preset.as_ref(),
            multitrack: self.multitrack_input_configuration.as_ref(),
            container: self.container_format.as_ref(),
            ad_configuration: self.ad_configuration_arn.as_deref(),
        };
        rules.look(e);
    }
}

/// What [`CreateChannel`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateChannelResponse {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The stream key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_key: Option<StreamKey>,
}

/// Deletes a channel and its stream key. Refused while live.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteChannel {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeleteChannel {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::Channel);
    }
}

/// Looks up a channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetChannel {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetChannel {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::Channel);
    }
}

/// What [`GetChannel`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetChannelResponse {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// Lists channels, 100 to a page; at most one filter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListChannels {
    /// Only the channels of exactly this name. At most one filter may be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by_name: Option<String>,
    /// Only the channels with this recording configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by_recording_configuration_arn: Option<String>,
    /// Only the channels with this policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by_playback_restriction_policy_arn: Option<String>,
    /// Only the channels with this ad configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by_ad_configuration_arn: Option<String>,
    /// Only the channels with this slate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by_failover_slate_configuration_arn: Option<String>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListChannels {
    fn look(&self, e: &mut Findings) {
        e.given("filterByName", self.filter_by_name.as_ref(), |e, at, v| e.name(at, v));
        e.given("filterByRecordingConfigurationArn", self.filter_by_recording_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::RecordingConfiguration)
        });
        e.given("filterByPlaybackRestrictionPolicyArn", self.filter_by_playback_restriction_policy_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::PlaybackRestrictionPolicy)
        });
        e.given("filterByAdConfigurationArn", self.filter_by_ad_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::AdConfiguration)
        });
        e.given("filterByFailoverSlateConfigurationArn", self.filter_by_failover_slate_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::FailoverSlateConfiguration)
        });
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListChannels`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListChannelsResponse {
    /// The channels.
    pub channels: Vec<ChannelSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Changes a channel. What is absent stays; `""` clears an association. Refused while live.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateChannel {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Default `LOW`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latency_mode: Option<ChannelLatencyMode>,
    /// Default `STANDARD`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChannelType>,
    /// Private: viewers need a signed token. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorized: Option<bool>,
    /// What records it; `""` for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration_arn: Option<String>,
    /// Allows RTMP without TLS and SRT without a passphrase. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insecure_ingest: Option<bool>,
    /// ADVANCED types only; default there `HIGHER_BANDWIDTH_DELIVERY`, else `""`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<TranscodePreset>,
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

impl Check for UpdateChannel {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::Channel);
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.given("latencyMode", self.latency_mode.as_ref(), |e, at, v| e.known(at, v));
        e.given("type", self.kind.as_ref(), |e, at, v| e.known(at, v));
        e.given("recordingConfigurationArn", self.recording_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::RecordingConfiguration)
        });
        e.given("preset", self.preset.as_ref(), |e, at, v| e.known(at, v));
        e.given("playbackRestrictionPolicyArn", self.playback_restriction_policy_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::PlaybackRestrictionPolicy)
        });
        e.given("multitrackInputConfiguration", self.multitrack_input_configuration.as_ref(), |e, at, v| e.inside(at, v));
        e.given("containerFormat", self.container_format.as_ref(), |e, at, v| e.known(at, v));
        e.given("adConfigurationArn", self.ad_configuration_arn.as_ref(), |e, at, v| e.arn_or_empty(at, v, Resource::AdConfiguration));
        e.given("failoverSlateConfigurationArn", self.failover_slate_configuration_arn.as_ref(), |e, at, v| {
            e.arn_or_empty(at, v, Resource::FailoverSlateConfiguration)
        });
    }
}

/// What [`UpdateChannel`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateChannelResponse {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

impl UpdateChannel {
    /// Gives a channel this recording configuration, playback restriction policy, ad configuration or failover slate, and lets go
    /// of it with `""`. `None` for kinds that no channel names.
    pub fn connecting(channel: String, kind: Resource, to: &str) -> Option<Self> {
        let (mut update, to) = (Self { arn: channel, ..Self::default() }, Some(to.to_owned()));
        match kind {
            Resource::RecordingConfiguration => update.recording_configuration_arn = to,
            Resource::PlaybackRestrictionPolicy => update.playback_restriction_policy_arn = to,
            Resource::AdConfiguration => update.ad_configuration_arn = to,
            Resource::FailoverSlateConfiguration => update.failover_slate_configuration_arn = to,
            Resource::Channel | Resource::StreamKey | Resource::PlaybackKey => return None,
        }
        Some(update)
    }
}

impl BatchGetChannelResponse {
    pub(crate) fn redact(&mut self) {
        self.channels.iter_mut().for_each(Channel::redact);
    }
}

impl CreateChannelResponse {
    pub(crate) fn redact(&mut self) {
        if let Some(channel) = &mut self.channel {
            channel.redact();
        }
        if let Some(key) = &mut self.stream_key {
            key.redact();
        }
    }
}

impl GetChannelResponse {
    pub(crate) fn redact(&mut self) {
        if let Some(channel) = &mut self.channel {
            channel.redact();
        }
    }
}

impl UpdateChannelResponse {
    pub(crate) fn redact(&mut self) {
        if let Some(channel) = &mut self.channel {
            channel.redact();
        }
    }
}
