//! Channels: where encoders send and viewers watch. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::open::open_enum;
use crate::secret::Secret;
use crate::stream_key::StreamKey;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

open_enum! {
    /// How near to real time viewers are.
    ChannelLatencyMode {
        /// Broadcast style, steadier on poor networks.
        Normal = "NORMAL",
        /// Near real time, for interaction. The default.
        Low = "LOW",
    }
}

open_enum! {
    /// What IVS does with the stream it receives; decides the input limits and the price.
    ChannelType {
        /// Delivered as sent, one rendition: to 1080p at 3.5 Mb/s, or 480p at 1.5 Mb/s.
        Basic = "BASIC",
        /// Transcoded to several renditions; input to 1080p60 and 8.5 Mb/s. The default.
        Standard = "STANDARD",
        /// Transcoded, output to 480p; input to 1080p60 and 8.5 Mb/s.
        AdvancedSd = "ADVANCED_SD",
        /// Transcoded, output to 720p; input to 1080p60 and 8.5 Mb/s.
        AdvancedHd = "ADVANCED_HD",
    }
}

open_enum! {
    /// How segments are packed for viewers.
    ContainerFormat {
        /// MPEG transport stream. The default; ads need it.
        Ts = "TS",
        /// Fragmented MP4; multitrack input needs it.
        FragmentedMp4 = "FRAGMENTED_MP4",
    }
}

open_enum! {
    /// The trade of quality against viewers' bandwidth on the ADVANCED types. `""` on the others.
    TranscodePreset {
        /// Better quality at more bandwidth. The default of the ADVANCED types.
        HigherBandwidthDelivery = "HIGHER_BANDWIDTH_DELIVERY",
        /// Less bandwidth for each quality.
        ConstrainedBandwidthDelivery = "CONSTRAINED_BANDWIDTH_DELIVERY",
    }
}

open_enum! {
    /// The largest rendition that an encoder may send itself.
    MultitrackMaximumResolution {
        /// To 480 lines.
        Sd = "SD",
        /// To 720 lines.
        Hd = "HD",
        /// To 1080 lines.
        FullHd = "FULL_HD",
    }
}

open_enum! {
    /// Whether encoders may or must send several renditions.
    MultitrackPolicy {
        /// One rendition or several.
        Allow = "ALLOW",
        /// Several only; a single one is refused.
        Require = "REQUIRE",
    }
}

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

/// Looks up to 50 channels at once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchGetChannel {
    /// The ARNs to look up: 1 to 50.
    pub arns: Vec<String>,
}

impl Check for BatchGetChannel {
    fn look(&self, e: &mut Findings) {
        e.count("arns", self.arns.len(), 1, 50);
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

impl Channel {
    /// Removes the SRT passphrase.
    pub fn redact(&mut self) {
        if let Some(srt) = &mut self.srt {
            srt.passphrase = None;
        }
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

/// The settings of a channel that limit each other (`docs/ivs-behaviour.md` 2.3), absent ones at their defaults. A create
/// checks what it sends; an update is checked after it is merged into the channel, by IVS and by the form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules<'a> {
    /// `type`
    pub kind: Option<&'a ChannelType>,
    /// `preset`
    pub preset: Option<&'a TranscodePreset>,
    /// `multitrackInputConfiguration`
    pub multitrack: Option<&'a MultitrackInputConfiguration>,
    /// `containerFormat`
    pub container: Option<&'a ContainerFormat>,
    /// `adConfigurationArn`
    pub ad_configuration: Option<&'a str>,
}

impl<'a> Rules<'a> {
    /// Those of a whole channel.
    pub fn of(channel: &'a Channel) -> Self {
        Self {
            kind: channel.kind.as_ref(),
            preset: channel.preset.as_ref(),
            multitrack: channel.multitrack_input_configuration.as_ref(),
            container: channel.container_format.as_ref(),
            ad_configuration: channel.ad_configuration_arn.as_deref(),
        }
    }
}

impl Check for Rules<'_> {
    fn look(&self, e: &mut Findings) {
        let kind = self.kind.unwrap_or(&ChannelType::Standard);
        let container = self.container.unwrap_or(&ContainerFormat::Ts);
        let advanced = matches!(kind, ChannelType::AdvancedSd | ChannelType::AdvancedHd);
        if self.preset.is_some_and(|preset| !preset.as_str().is_empty()) && !advanced {
            e.add("preset", "Only the ADVANCED types have a preset.");
        }
        if let Some(multitrack) = self.multitrack.filter(|multitrack| multitrack.enabled == Some(true)) {
            if *kind != ChannelType::Standard {
                e.add("multitrackInputConfiguration.enabled", "Multitrack input needs the type STANDARD.");
            }
            if *container != ContainerFormat::FragmentedMp4 {
                e.add("multitrackInputConfiguration.enabled", "Multitrack input needs the container format FRAGMENTED_MP4.");
            }
            if multitrack.policy.is_none() {
                e.add("multitrackInputConfiguration.policy", "Is required when multitrack input is on.");
            }
            if multitrack.maximum_resolution.is_none() {
                e.add("multitrackInputConfiguration.maximumResolution", "Is required when multitrack input is on.");
            }
        }
        if self.ad_configuration.is_some_and(|arn| !arn.is_empty()) && *container == ContainerFormat::FragmentedMp4 {
            e.add("adConfigurationArn", "Ads need the container format TS.");
        }
    }
}

/// Why a live channel cannot be changed or deleted, in IVS's own rule; `None` where it can.
pub fn locked(live: bool) -> Option<&'static str> {
    live.then_some("The channel is live. IVS changes and deletes only channels that are offline.")
}
