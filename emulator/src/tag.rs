//! Tags: names and values that people give to resources (`docs/ivs-behaviour.md` 2.14).

use crate::store::{Behave, Ctx, Region, not_found};
use contract::arn::{Arn, Resource};
use contract::tag::{Empty, ListTagsForResource, ListTagsForResourceResponse, TagResource, Tags, UntagResource};
use contract::{ApiError, Code};

/// Tags on a resource.
const MOST: usize = 50;

impl Region {
    /// The tags of any resource.
    fn tags(&mut self, arn: &str) -> Result<&mut Tags, ApiError> {
        let missing = || not_found(arn);
        let found = match Arn::parse(arn).ok_or_else(missing)?.resource {
            Resource::Channel => self.channels.get_mut(arn).map(|channel| &mut channel.tags),
            Resource::StreamKey => self.stream_keys.get_mut(arn).map(|key| &mut key.tags),
            Resource::PlaybackKey => self.playback_key_pairs.get_mut(arn).map(|pair| &mut pair.tags),
            Resource::RecordingConfiguration => self.recording_configurations.get_mut(arn).map(|made| &mut made.configuration.tags),
            Resource::PlaybackRestrictionPolicy => self.playback_restriction_policies.get_mut(arn).map(|policy| &mut policy.tags),
            Resource::AdConfiguration => self.ad_configurations.get_mut(arn).map(|configuration| &mut configuration.tags),
            Resource::FailoverSlateConfiguration => {
                self.failover_slate_configurations.get_mut(arn).map(|made| &mut made.configuration.tags)
            }
        };
        found.ok_or_else(missing)
    }
}

impl Behave for ListTagsForResource {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<ListTagsForResourceResponse, ApiError> {
        Ok(ListTagsForResourceResponse { tags: region.tags(&self.resource_arn)?.clone() })
    }
}

impl Behave for TagResource {
    /// Adds or overwrites; the others stay.
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        let tags = region.tags(&self.resource_arn)?;
        let new = self.tags.keys().filter(|key| !tags.contains_key(*key)).count();
        if tags.len() + new > MOST {
            return Err(ApiError::new(Code::ValidationException, format!("A resource may have at most {MOST} tags")));
        }
        tags.extend(self.tags);
        Ok(Empty {})
    }
}

impl Behave for UntagResource {
    /// Absent keys are ignored.
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        let tags = region.tags(&self.resource_arn)?;
        tags.retain(|key, _| !self.tag_keys.contains(key));
        Ok(Empty {})
    }
}
