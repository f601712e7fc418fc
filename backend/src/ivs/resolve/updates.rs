//! Updates and tags: made if what was asked for is what is there.

use super::{Found, Look, Resolve, same};
use contract::Empty;
use contract::ad_configuration::{GetAdConfiguration, UpdateAdConfiguration};
use contract::channel::{GetChannel, UpdateChannel};
use contract::failover_slate_configuration::{GetFailoverSlateConfiguration, UpdateFailoverSlateConfiguration};
use contract::playback_restriction_policy::{GetPlaybackRestrictionPolicy, UpdatePlaybackRestrictionPolicy};
use contract::tag::{ListTagsForResource, TagResource, UntagResource};
use serde_json::Value;

/// Is everything that was asked for there? Members that were not asked for do not count.
fn holds(asked: &Value, there: &Value) -> bool {
    match (asked, there) {
        (Value::Object(asked), Value::Object(there)) => {
            asked.iter().filter(|(name, _)| *name != "arn").all(|(name, value)| there.get(name).is_some_and(|there| holds(value, there)))
        }
        _ => asked == there,
    }
}

macro_rules! updates {
    ($($update:ident seen by $get:ident;)*) => {
        $(impl Resolve for $update {
            async fn before(&self, look: &Look<'_>) -> Option<Value> {
                look.image($get { arn: self.arn.clone() }).await
            }

            async fn find_out(&self, look: &Look<'_>, _: &str) -> Found<Self::Response> {
                let Ok(reply) = look.read($get { arn: self.arn.clone() }).await else { return Found::NotSeen };
                let (asked, there) = (serde_json::to_value(self).unwrap_or_default(), serde_json::to_value(&reply).unwrap_or_default());
                let resource = there.as_object().and_then(|members| members.values().next());
                if resource.is_some_and(|resource| holds(&asked, resource)) {
                    return same::<_, Self>(&reply).map_or(Found::NotSeen, Found::Made);
                }
                Found::NotSeen
            }
        })*
    };
}

updates! {
    UpdateChannel seen by GetChannel;
    UpdatePlaybackRestrictionPolicy seen by GetPlaybackRestrictionPolicy;
    UpdateAdConfiguration seen by GetAdConfiguration;
    UpdateFailoverSlateConfiguration seen by GetFailoverSlateConfiguration;
}

impl Resolve for TagResource {
    async fn before(&self, look: &Look<'_>) -> Option<Value> {
        look.image(ListTagsForResource { resource_arn: self.resource_arn.clone() }).await
    }

    async fn find_out(&self, look: &Look<'_>, _: &str) -> Found<Empty> {
        let Ok(reply) = look.read(ListTagsForResource { resource_arn: self.resource_arn.clone() }).await else { return Found::NotSeen };
        if self.tags.iter().all(|(key, value)| reply.tags.get(key) == Some(value)) { Found::Made(Empty {}) } else { Found::NotSeen }
    }
}

impl Resolve for UntagResource {
    async fn before(&self, look: &Look<'_>) -> Option<Value> {
        look.image(ListTagsForResource { resource_arn: self.resource_arn.clone() }).await
    }

    async fn find_out(&self, look: &Look<'_>, _: &str) -> Found<Empty> {
        let Ok(reply) = look.read(ListTagsForResource { resource_arn: self.resource_arn.clone() }).await else { return Found::NotSeen };
        if self.tag_keys.iter().any(|key| reply.tags.contains_key(key)) { Found::NotSeen } else { Found::Made(Empty {}) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_was_asked_for_counts() {
        let there = json!({ "arn": "x", "name": "a", "multitrackInputConfiguration": { "enabled": false, "policy": "ALLOW" }, "tags": {} });
        assert!(holds(&json!({ "arn": "other", "name": "a", "multitrackInputConfiguration": { "enabled": false } }), &there));
        assert!(!holds(&json!({ "name": "b" }), &there));
        assert!(!holds(&json!({ "latencyMode": "LOW" }), &there));
    }
}
