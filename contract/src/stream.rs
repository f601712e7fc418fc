//! Live streams, and what can be done to them. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::open::open_enum;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};

open_enum! {
    /// Whether a stream is live. IVS answers `ChannelNotBroadcasting` instead of `OFFLINE`.
    StreamState {
        /// On air.
        Live = "LIVE",
        /// Off air.
        Offline = "OFFLINE",
    }
}

open_enum! {
    /// Whether the encoder sends as much as it should.
    StreamHealth {
        /// The encoder sends enough.
        Healthy = "HEALTHY",
        /// The encoder sends too little, most often because of its uplink.
        Starving = "STARVING",
        /// IVS does not know.
        NotKnown = "UNKNOWN",
    }
}

/// A live stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stream {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_arn: Option<String>,
    /// `st-` and 23 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// The HLS address for players.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_url: Option<String>,
    /// When it began, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StreamState>,
    /// Whether the encoder sends enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<StreamHealth>,
    /// People watching; `-1` when IVS could not count in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewer_count: Option<i64>,
}

/// What a list says of a live stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamSummary {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_arn: Option<String>,
    /// `st-` and 23 letters or digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<StreamState>,
    /// Whether the encoder sends enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<StreamHealth>,
    /// People watching; `-1` when IVS could not count in time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewer_count: Option<i64>,
    /// When it began, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_time: Option<String>,
}

/// Which streams to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StreamFilters {
    /// Only streams in this health.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<StreamHealth>,
}

impl Check for StreamFilters {
    fn look(&self, e: &mut Findings) {
        e.given("health", self.health.as_ref(), |e, at, v| e.known(at, v));
    }
}

/// Looks up the live stream of a channel; `ChannelNotBroadcasting` where there is none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetStream {
    /// The channel.
    pub channel_arn: String,
}

impl Check for GetStream {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
    }
}

/// What [`GetStream`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetStreamResponse {
    /// The stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
}

/// Starts an ad break on a live channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InsertAdBreak {
    /// The channel.
    pub channel_arn: String,
    /// Seconds, 1 to 300.
    pub duration_seconds: i32,
    /// 12 letters or digits; may be chosen by the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad_break_id: Option<String>,
    /// When it is to begin, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_start_at: Option<String>,
}

impl Check for InsertAdBreak {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.range("durationSeconds", i64::from(self.duration_seconds), 1..=300);
        e.given("adBreakId", self.ad_break_id.as_ref(), |e, at, v| e.ad_break_id(at, v));
        e.given("targetStartAt", self.target_start_at.as_ref(), |e, at, v| e.timestamp(at, v));
    }
}

/// What [`InsertAdBreak`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InsertAdBreakResponse {
    /// 12 letters or digits; may be chosen by the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad_break_id: Option<String>,
    /// When it is to begin, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_start_at: Option<String>,
}

/// Lists live streams.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListStreams {
    /// Which streams; all where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter_by: Option<StreamFilters>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListStreams {
    fn look(&self, e: &mut Findings) {
        e.given("filterBy", self.filter_by.as_ref(), |e, at, v| e.inside(at, v));
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListStreams`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListStreamsResponse {
    /// The streams.
    pub streams: Vec<StreamSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Sends timed metadata to every viewer of a live channel: five calls a second for each channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutMetadata {
    /// The channel.
    pub channel_arn: String,
    /// **Sensitive.** 1 to 1,024 bytes, sent to every viewer.
    pub metadata: Secret,
}

impl Check for PutMetadata {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.metadata("metadata", &self.metadata);
    }
}

/// Disconnects the encoder, which may reconnect by itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StopStream {
    /// The channel.
    pub channel_arn: String,
}

impl Check for StopStream {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
    }
}
