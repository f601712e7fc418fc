//! Stream keys: what encoders sign in with. Source: `model/model.json`.

use crate::arn::Resource;
use crate::channel::BatchError;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::secret::Secret;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// What an encoder signs in with. One for each channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamKey {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// **Secret.** What an encoder signs in with. Opaque.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Secret>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_arn: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// What a list says of a stream key: never its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StreamKeySummary {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_arn: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// Looks up to 50 stream keys at once, with their values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BatchGetStreamKey {
    /// The ARNs to look up: 1 to 50.
    pub arns: Vec<String>,
}

impl BatchGetStreamKey {
    /// How many ARNs one call takes.
    pub const MOST: usize = 50;
}

impl Check for BatchGetStreamKey {
    fn look(&self, e: &mut Findings) {
        e.count("arns", self.arns.len(), 1, Self::MOST);
        e.each("arns", &self.arns, |e, at, v| e.arn(at, v, Resource::StreamKey));
    }
}

/// What [`BatchGetStreamKey`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BatchGetStreamKeyResponse {
    /// The stream keys.
    #[serde(default)]
    pub stream_keys: Vec<StreamKey>,
    /// Those that failed, by ARN.
    #[serde(default)]
    pub errors: Vec<BatchError>,
}

/// Creates the stream key of a channel that has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateStreamKey {
    /// The channel.
    pub channel_arn: String,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

impl Check for CreateStreamKey {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.tags("tags", &self.tags);
    }
}

/// What [`CreateStreamKey`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateStreamKeyResponse {
    /// The stream key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_key: Option<StreamKey>,
}

/// Deletes a stream key. A running stream goes on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteStreamKey {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeleteStreamKey {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::StreamKey);
    }
}

/// Looks up a stream key with its value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetStreamKey {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetStreamKey {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::StreamKey);
    }
}

/// What [`GetStreamKey`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetStreamKeyResponse {
    /// The stream key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_key: Option<StreamKey>,
}

/// Lists the stream keys of a channel. **One to a page unless asked for more.**
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListStreamKeys {
    /// The channel.
    pub channel_arn: String,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 50. **Default 1.**
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListStreamKeys {
    fn look(&self, e: &mut Findings) {
        e.arn("channelArn", &self.channel_arn, Resource::Channel);
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=50));
    }
}

/// What [`ListStreamKeys`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListStreamKeysResponse {
    /// The stream keys.
    pub stream_keys: Vec<StreamKeySummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

impl StreamKey {
    /// Removes the value.
    pub fn redact(&mut self) {
        self.value = None;
    }
}

impl BatchGetStreamKeyResponse {
    pub(crate) fn redact(&mut self) {
        self.stream_keys.iter_mut().for_each(StreamKey::redact);
    }
}

impl CreateStreamKeyResponse {
    pub(crate) fn redact(&mut self) {
        if let Some(key) = &mut self.stream_key {
            key.redact();
        }
    }
}

impl GetStreamKeyResponse {
    pub(crate) fn redact(&mut self) {
        if let Some(key) = &mut self.stream_key {
            key.redact();
        }
    }
}
