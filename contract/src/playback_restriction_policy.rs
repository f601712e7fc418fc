//! Playback restriction policies: which countries and origins may watch. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// Countries and origins that may watch a public channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaybackRestrictionPolicy {
    /// The ARN of the resource.
    pub arn: String,
    /// ISO 3166-1 alpha-2. Empty: all.
    pub allowed_countries: Vec<String>,
    /// As in an Origin header, to 128 characters. Empty: all.
    pub allowed_origins: Vec<String>,
    /// Check the origin on every request, not only on the first playlist. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_strict_origin_enforcement: Option<bool>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// What a list says of a policy: everything.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaybackRestrictionPolicySummary {
    /// The ARN of the resource.
    pub arn: String,
    /// ISO 3166-1 alpha-2. Empty: all.
    pub allowed_countries: Vec<String>,
    /// As in an Origin header, to 128 characters. Empty: all.
    pub allowed_origins: Vec<String>,
    /// Check the origin on every request, not only on the first playlist. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_strict_origin_enforcement: Option<bool>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// Creates a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreatePlaybackRestrictionPolicy {
    /// ISO 3166-1 alpha-2. Empty: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_countries: Option<Vec<String>>,
    /// As in an Origin header, to 128 characters. Empty: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_origins: Option<Vec<String>>,
    /// Check the origin on every request, not only on the first playlist. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_strict_origin_enforcement: Option<bool>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

impl Check for CreatePlaybackRestrictionPolicy {
    fn look(&self, e: &mut Findings) {
        e.given("allowedCountries", self.allowed_countries.as_ref(), |e, at, v| {
            e.each(at, v, |e, at, v| e.country(at, v));
        });
        e.given("allowedOrigins", self.allowed_origins.as_ref(), |e, at, v| {
            e.each(at, v, |e, at, v| e.length(at, v, 0, 128));
        });
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.tags("tags", &self.tags);
    }
}

/// What [`CreatePlaybackRestrictionPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePlaybackRestrictionPolicyResponse {
    /// The policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_restriction_policy: Option<PlaybackRestrictionPolicy>,
}

/// Deletes a policy that no channel uses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeletePlaybackRestrictionPolicy {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeletePlaybackRestrictionPolicy {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::PlaybackRestrictionPolicy);
    }
}

/// Looks up a policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetPlaybackRestrictionPolicy {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetPlaybackRestrictionPolicy {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::PlaybackRestrictionPolicy);
    }
}

/// What [`GetPlaybackRestrictionPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetPlaybackRestrictionPolicyResponse {
    /// The policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_restriction_policy: Option<PlaybackRestrictionPolicy>,
}

/// Lists policies. **One to a page unless asked for more.**
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListPlaybackRestrictionPolicies {
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. **Default 1.**
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListPlaybackRestrictionPolicies {
    fn look(&self, e: &mut Findings) {
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListPlaybackRestrictionPolicies`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPlaybackRestrictionPoliciesResponse {
    /// The policies.
    pub playback_restriction_policies: Vec<PlaybackRestrictionPolicySummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

/// Changes a policy. What is absent stays; `[]` allows all. Reaches running streams after they restart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdatePlaybackRestrictionPolicy {
    /// The ARN of the resource.
    pub arn: String,
    /// ISO 3166-1 alpha-2. Empty: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_countries: Option<Vec<String>>,
    /// As in an Origin header, to 128 characters. Empty: all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_origins: Option<Vec<String>>,
    /// Check the origin on every request, not only on the first playlist. Default `false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_strict_origin_enforcement: Option<bool>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Check for UpdatePlaybackRestrictionPolicy {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::PlaybackRestrictionPolicy);
        e.given("allowedCountries", self.allowed_countries.as_ref(), |e, at, v| {
            e.each(at, v, |e, at, v| e.country(at, v));
        });
        e.given("allowedOrigins", self.allowed_origins.as_ref(), |e, at, v| {
            e.each(at, v, |e, at, v| e.length(at, v, 0, 128));
        });
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
    }
}

/// What [`UpdatePlaybackRestrictionPolicy`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePlaybackRestrictionPolicyResponse {
    /// The policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub playback_restriction_policy: Option<PlaybackRestrictionPolicy>,
}
