//! Ad configurations: server-side ads. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// Server-side ads from AWS Elemental MediaTailor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdConfiguration {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 1 to 3; the first is the default.
    pub media_tailor_playback_configurations: Vec<MediaTailorPlaybackConfiguration>,
    /// An ad break after the stream. Default: off, 15 s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_roll_configuration: Option<PostRollConfiguration>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// What a list says of an ad configuration: everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdConfigurationSummary {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 1 to 3; the first is the default.
    pub media_tailor_playback_configurations: Vec<MediaTailorPlaybackConfiguration>,
    /// An ad break after the stream. Default: off, 15 s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_roll_configuration: Option<PostRollConfiguration>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// A MediaTailor playback configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MediaTailorPlaybackConfiguration {
    /// ARN of an AWS Elemental MediaTailor playback configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_configuration_arn: Option<String>,
}

impl Check for MediaTailorPlaybackConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("playbackConfigurationArn", self.playback_configuration_arn.as_ref(), |e, at, v| e.media_tailor_arn(at, v));
    }
}

/// An ad break after the stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PostRollConfiguration {
    /// Seconds, 1 to 300.
    pub duration_seconds: i32,
    /// Whether it is on.
    pub enabled: bool,
}

impl Check for PostRollConfiguration {
    fn look(&self, e: &mut Findings) {
        e.range("durationSeconds", i64::from(self.duration_seconds), 1..=300);
    }
}

/// Creates an ad configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateAdConfiguration {
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 1 to 3; the first is the default.
    pub media_tailor_playback_configurations: Vec<MediaTailorPlaybackConfiguration>,
    /// An ad break after the stream. Default: off, 15 s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_roll_configuration: Option<PostRollConfiguration>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

impl Check for CreateAdConfiguration {
    fn look(&self, e: &mut Findings) {
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.count("mediaTailorPlaybackConfigurations", self.media_tailor_playback_configurations.len(), 1, 3);
        e.each("mediaTailorPlaybackConfigurations", &self.media_tailor_playback_configurations, |e, at, v| e.inside(at, v));
        e.given("postRollConfiguration", self.post_roll_configuration.as_ref(), |e, at, v| e.inside(at, v));
        e.tags("tags", &self.tags);
    }
}

/// What [`CreateAdConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateAdConfigurationResponse {
    /// The ad configuration.
    pub ad_configuration: AdConfiguration,
}

/// Deletes an ad configuration that no channel uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeleteAdConfiguration {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeleteAdConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::AdConfiguration);
    }
}

/// Looks up an ad configuration.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetAdConfiguration {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetAdConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::AdConfiguration);
    }
}

/// What [`GetAdConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetAdConfigurationResponse {
    /// The ad configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad_configuration: Option<AdConfiguration>,
}

/// Lists ad configurations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListAdConfigurations {
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListAdConfigurations {
    fn look(&self, e: &mut Findings) {
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListAdConfigurations`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListAdConfigurationsResponse {
    /// The ad configurations.
    pub ad_configurations: Vec<AdConfigurationSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Changes an ad configuration. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateAdConfiguration {
    /// The ARN of the resource.
    pub arn: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// 1 to 3; the first is the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_tailor_playback_configurations: Option<Vec<MediaTailorPlaybackConfiguration>>,
    /// An ad break after the stream. Default: off, 15 s.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post_roll_configuration: Option<PostRollConfiguration>,
}

impl Check for UpdateAdConfiguration {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::AdConfiguration);
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.given("mediaTailorPlaybackConfigurations", self.media_tailor_playback_configurations.as_ref(), |e, at, v| {
            e.count(at, v.len(), 1, 3);
            e.each(at, v, |e, at, v| e.inside(at, v));
        });
        e.given("postRollConfiguration", self.post_roll_configuration.as_ref(), |e, at, v| e.inside(at, v));
    }
}

/// What [`UpdateAdConfiguration`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateAdConfigurationResponse {
    /// The ad configuration.
    pub ad_configuration: AdConfiguration,
}
