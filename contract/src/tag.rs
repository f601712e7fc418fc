//! Tags: names and values that people give to resources. Source: `model/model.json`.

use crate::constraint::{Check, Findings};
pub use crate::empty::Empty;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Tags of a resource, by key.
pub type Tags = BTreeMap<String, String>;

/// The key that a create carries while its end is unknown, so that a lost one can be found. The console's own: hidden in
/// the editor, left out of code, refused as a person's key.
pub const OPERATION_TAG: &str = "tally:op";

/// IVS's limit of tags, for any resource.
pub const MOST: usize = 50;

/// Is the key the console's own? Upper and lower case are the same here: what looks like ours is nobody else's.
pub fn is_ours(key: &str) -> bool {
    key.split_once(':').is_some_and(|(beginning, _)| beginning.eq_ignore_ascii_case("tally"))
}

/// Can AWS alone put it on, and take it off?
pub fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|beginning| beginning.eq_ignore_ascii_case("aws:"))
}

/// Those that a person can give: not the console's own, and not what AWS alone can put on.
pub fn given(tags: &Tags) -> Tags {
    let mut given = tags.clone();
    given.retain(|key, _| !is_ours(key) && !is_reserved(key));
    given
}

/// Lists the tags of any resource.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListTagsForResource {
    /// Any resource of IVS.
    pub resource_arn: String,
}

impl Check for ListTagsForResource {
    fn look(&self, e: &mut Findings) {
        e.any_arn("resourceArn", &self.resource_arn);
    }
}

/// What [`ListTagsForResource`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListTagsForResourceResponse {
    /// At most 50; keys to 128 characters, values to 256.
    pub tags: Tags,
}

/// Adds tags or overwrites their values; the others stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TagResource {
    /// Any resource of IVS.
    pub resource_arn: String,
    /// At most 50; keys to 128 characters, values to 256.
    pub tags: Tags,
}

impl Check for TagResource {
    fn look(&self, e: &mut Findings) {
        e.any_arn("resourceArn", &self.resource_arn);
        e.tags("tags", &self.tags);
    }
}

/// Removes tags.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UntagResource {
    /// Any resource of IVS.
    pub resource_arn: String,
    /// The keys to remove; absent ones are ignored.
    pub tag_keys: Vec<String>,
}

impl Check for UntagResource {
    fn look(&self, e: &mut Findings) {
        e.any_arn("resourceArn", &self.resource_arn);
        e.count("tagKeys", self.tag_keys.len(), 0, 50);
        e.each("tagKeys", &self.tag_keys, |e, at, v| e.tag_key(at, v));
    }
}
