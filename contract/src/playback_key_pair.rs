//! Playback key pairs: what signs viewers' tokens. Source: `model/model.json`.

use crate::arn::Resource;
use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// The public half of a key that signs playback tokens. Three for each region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaybackKeyPair {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// MD5 over the DER public key, hex pairs with colons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// What a list says of a key pair: not its fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaybackKeyPairSummary {
    /// The ARN of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default)]
    pub tags: Tags,
}

/// Deletes a key pair: tokens it signed open nothing any more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeletePlaybackKeyPair {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for DeletePlaybackKeyPair {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::PlaybackKey);
    }
}

/// Looks up a key pair with its fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GetPlaybackKeyPair {
    /// The ARN of the resource.
    pub arn: String,
}

impl Check for GetPlaybackKeyPair {
    fn look(&self, e: &mut Findings) {
        e.arn("arn", &self.arn, Resource::PlaybackKey);
    }
}

/// What [`GetPlaybackKeyPair`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetPlaybackKeyPairResponse {
    /// The key pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_pair: Option<PlaybackKeyPair>,
}

/// Imports the public half of a key pair.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImportPlaybackKeyPair {
    /// PEM of one P-384 public key, with nothing but white space around it. Never a private one.
    pub public_key_material: String,
    /// A name for people: letters, digits, `-` and `_`, to 128. Not unique; `""` where none was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// At most 50; keys to 128 characters, values to 256.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
}

impl Check for ImportPlaybackKeyPair {
    fn look(&self, e: &mut Findings) {
        e.public_key("publicKeyMaterial", &self.public_key_material);
        e.given("name", self.name.as_ref(), |e, at, v| e.name(at, v));
        e.tags("tags", &self.tags);
    }
}

/// What [`ImportPlaybackKeyPair`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportPlaybackKeyPairResponse {
    /// The key pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_pair: Option<PlaybackKeyPair>,
}

/// Lists key pairs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListPlaybackKeyPairs {
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
    /// How many to a page: 1 to 100. Default 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_results: Option<i32>,
}

impl Check for ListPlaybackKeyPairs {
    fn look(&self, e: &mut Findings) {
        e.given("nextToken", self.next_token.as_ref(), |e, at, v| e.page_token(at, v));
        e.given("maxResults", self.max_results.as_ref(), |e, at, v| e.range(at, i64::from(*v), 1..=100));
    }
}

/// What [`ListPlaybackKeyPairs`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListPlaybackKeyPairsResponse {
    /// The key pairs.
    pub key_pairs: Vec<PlaybackKeyPairSummary>,
    /// Where the next page begins. Absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}
