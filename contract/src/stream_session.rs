//! Stream sessions: what happened during each broadcast. Source: `model/model.json`.

use crate::arn::Resource;
use crate::channel::Channel;
use crate::constraint::{Check, Findings};
use crate::failover_slate_configuration::FailoverSlateConfiguration;
use crate::recording_configuration::RecordingConfiguration;
use serde::{Deserialize, Serialize};

/// One broadcast, kept for 60 days, even after its channel is deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamSession {
    /// `st-` and 23 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// When it began, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// When it ended, RFC 3339; absent while live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// The channel as it was at go-live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Track 0 only; deprecated, read `ingestConfigurations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingest_configuration: Option<IngestConfiguration>,
    /// What the encoder sends, by track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ingest_configurations: Option<IngestConfigurations>,
    /// The recording configuration as it was at go-live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording_configuration: Option<RecordingConfiguration>,
    /// What happened, newest first, at most 500.
    #[serde(default)]
    pub truncated_events: Vec<StreamEvent>,
    /// The slate as it was at go-live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failover_slate_configuration: Option<FailoverSlateConfiguration>,
}

/// What a list says of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamSessionSummary {
    /// `st-` and 23 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// When it began, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// When it ended, RFC 3339; absent while live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time: Option<String>,
    /// A quota was breached or something failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_error_event: Option<bool>,
}

/// Something that happened during a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamEvent {
    /// What happened: an event name, recording status or limit name, by type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The EventBridge detail-type it belongs to.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// When, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_time: Option<String>,
    /// Why, where IVS says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What the encoder sends on track 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IngestConfiguration {
    /// Video.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoConfiguration>,
    /// Audio.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<AudioConfiguration>,
}

/// What the encoder sends.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IngestConfigurations {
    /// Video, a track each.
    pub video_configurations: Vec<VideoConfiguration>,
    /// Audio, a track each.
    pub audio_configurations: Vec<AudioConfiguration>,
}

/// A video track.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VideoConfiguration {
    /// H.264 profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avc_profile: Option<String>,
    /// H.264 level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avc_level: Option<String>,
    /// RFC 6381 name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// What the broadcaster's software calls itself: text from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoder: Option<String>,
    /// Bits a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_bitrate: Option<i64>,
    /// Frames a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framerate: Option<i64>,
    /// Lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_height: Option<i64>,
    /// Pixels a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video_width: Option<i64>,
    /// Codec level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Its name, such as `Track0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// Codec profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// An audio track.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AudioConfiguration {
    /// RFC 6381 name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codec: Option<String>,
    /// Bits a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_bitrate: Option<i64>,
    /// Samples a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<i64>,
    /// Audio channels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<i64>,
    /// Its name, such as `Track0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
}

/// Looks up a session; the latest where no id is given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetStreamSession {
    /// The channel.
    pub channel_arn: String,
    /// `st-` and 23 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
}

impl Check for GetStreamSession {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.given("streamId", self.stream_id.as_ref(), |e, at, v| e.stream_id(at, v));
    }
}

/// What [`GetStreamSession`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetStreamSessionResponse {
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_session: Option<StreamSession>,
}

/// Lists the sessions of a channel, also of a deleted one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListStreamSessions {
    /// The channel.
    pub channel_arn: String,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListStreamSessions {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListStreamSessions`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListStreamSessionsResponse {
    /// The sessions, newest first.
    pub stream_sessions: Vec<StreamSessionSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl GetStreamSessionResponse {
    pub(crate) fn redact(&mut self) {
        if let Some(channel) = self.stream_session.as_mut().and_then(|session| session.channel.as_mut()) {
            channel.redact();
        }
    }
}
