//! Updates and tags: made if what was asked for is what is there, and not made if what was there before still is. If it is
//! neither, somebody has changed it since, and what became of this change cannot be told.

use super::{Before, Found, Look, Resolve, Sent, gone, same};
use crate::error::Failure;
use contract::ad_configuration::{GetAdConfiguration, UpdateAdConfiguration};
use contract::call::Expect;
use contract::channel::{GetChannel, UpdateChannel};
use contract::failover_slate_configuration::{GetFailoverSlateConfiguration, UpdateFailoverSlateConfiguration};
use contract::playback_restriction_policy::{GetPlaybackRestrictionPolicy, UpdatePlaybackRestrictionPolicy};
use contract::tag::{ListTagsForResource, TagResource, Tags, UntagResource};
use contract::{Code, Empty, FieldError, FieldErrors};
use serde::Serialize;
use serde_json::Value;

/// Is everything that was asked for there? Members that were not asked for do not count.
fn holds(asked: &Value, there: &Value) -> bool {
    holds_or(asked, there, |_| false)
}

/// The same, where a member that IVS leaves out may still be what was asked for.
fn holds_or(asked: &Value, there: &Value, absent: fn(&Value) -> bool) -> bool {
    match (asked, there) {
        (Value::Object(asked), Value::Object(there)) => asked
            .iter()
            .filter(|(name, _)| *name != "arn")
            .all(|(name, value)| there.get(name).map_or_else(|| absent(value), |there| holds_or(value, there, absent))),
        _ => asked == there,
    }
}

/// IVS's defaults of a channel (`docs/ivs-behaviour.md` 2.3).
const DEFAULTS: [&str; 3] = ["STANDARD", "LOW", "TS"];

/// And numbers: the seconds of a failover slate and of a post-roll (`docs/ivs-behaviour.md` 2.12 and 2.13).
const DEFAULT_NUMBERS: [u64; 3] = [3, 15, 60];

/// What is off, not associated with anything, or at its default, IVS may leave out.
fn left_out(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(on) => !on,
        Value::Number(number) => number.as_u64().is_some_and(|number| DEFAULT_NUMBERS.contains(&number)),
        Value::String(text) => text.is_empty() || DEFAULTS.contains(&text.as_str()),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(left_out),
    }
}

/// Is what the person saw still there? `seen` has the members that are to be changed, as they were.
///
/// # Errors
/// The members that are not, in words and by name. Nothing was sent.
pub(in crate::ivs) fn as_seen(seen: &impl Serialize, before: &Before) -> Result<(), Failure> {
    // That there is no such resource IVS says better itself.
    if before.as_ref().is_err_and(gone) {
        return Ok(());
    }
    let seen = serde_json::to_value(seen).unwrap_or_default();
    let there = before.as_ref().ok().and_then(Option::as_ref).and_then(resource);
    let members = seen.as_object().into_iter().flatten().filter(|(name, _)| *name != "arn");
    let changed: Vec<&str> = members
        .filter(|(name, value)| {
            let there = there.and_then(|there| there.get(name.as_str()));
            !there.map_or_else(|| left_out(value), |there| holds_or(value, there, left_out))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let mut failure =
        Failure::refused(Code::StateChanged, format!("Somebody else changed {} meanwhile. Nothing was sent.", changed.join(", ")));
    let message = "Somebody else changed this meanwhile.";
    failure.api.fields =
        FieldErrors(changed.into_iter().map(|field| FieldError { field: field.to_owned(), message: message.to_owned() }).collect());
    Err(failure)
}

/// Is what was asked to change as it was before?
fn untouched(asked: &Value, before: Option<&Value>, there: &Value) -> bool {
    let members = asked.as_object().into_iter().flat_map(serde_json::Map::keys).filter(|name| *name != "arn");
    before.is_some_and(|before| members.into_iter().all(|name| before.get(name) == there.get(name)))
}

/// The resource in the reply of a Get operation: its only member.
fn resource(reply: &Value) -> Option<&Value> {
    reply.as_object()?.values().next()
}

/// What a read that failed says: that there is no such resource any more, or nothing at all.
fn missed<R>(failure: &Failure) -> Found<R> {
    if gone(failure) { Found::NotSeen } else { Found::Unreadable }
}

macro_rules! updates {
    ($($update:ident seen by $get:ident;)*) => {
        $(impl Resolve for $update {
            const COMPARES: bool = true;

            async fn before(&self, look: &Look<'_>) -> Before {
                look.image($get { arn: self.arn.clone() }).await
            }

            async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Self::Response> {
                let reply = match look.read($get { arn: self.arn.clone() }).await {
                    Ok(reply) => reply,
                    Err(failure) => return missed(&failure),
                };
                let (asked, there) = (serde_json::to_value(self).unwrap_or_default(), serde_json::to_value(&reply).unwrap_or_default());
                match resource(&there) {
                    Some(there) if holds(&asked, there) => same::<_, Self>(&reply).map_or(Found::Unreadable, Found::Made),
                    Some(there) if untouched(&asked, sent.before.and_then(resource), there) => Found::NotMade,
                    Some(_) | None => Found::NotSeen,
                }
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
    fn tag_keys(&self) -> Vec<&str> {
        self.tags.keys().map(String::as_str).collect()
    }

    async fn before(&self, look: &Look<'_>) -> Before {
        look.image(ListTagsForResource { resource_arn: self.resource_arn.clone() }).await
    }

    fn precondition(&self, before: &Before, expect: &Expect) -> Result<(), Failure> {
        tags_as_seen(before, expect, &self.tag_keys())
    }

    async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Empty> {
        let made = |tags: &Tags| self.tags.iter().all(|(key, value)| tags.get(key) == Some(value));
        tagged(look, &self.resource_arn, sent, self.tags.keys(), made).await
    }
}

impl Resolve for UntagResource {
    fn tag_keys(&self) -> Vec<&str> {
        self.tag_keys.iter().map(String::as_str).collect()
    }

    async fn before(&self, look: &Look<'_>) -> Before {
        look.image(ListTagsForResource { resource_arn: self.resource_arn.clone() }).await
    }

    fn precondition(&self, before: &Before, expect: &Expect) -> Result<(), Failure> {
        tags_as_seen(before, expect, &self.tag_keys())
    }

    async fn find_out(&self, look: &Look<'_>, sent: Sent<'_>) -> Found<Empty> {
        let made = |tags: &Tags| !self.tag_keys.iter().any(|key| tags.contains_key(key));
        tagged(look, &self.resource_arn, sent, &self.tag_keys, made).await
    }
}

/// Are the tags that are to be changed as the person saw them?
fn tags_as_seen(before: &Before, expect: &Expect, keys: &[&str]) -> Result<(), Failure> {
    super::no_stream(expect)?;
    super::was_read(before)?;
    let Some(seen) = &expect.tags else { return Ok(()) };
    if seen.keys().any(|key| !keys.contains(&key.as_str())) {
        return Err(FieldErrors::one("expect.tags", "Names tags that are not to be changed.").into());
    }
    let Ok(Some(image)) = before else { return Ok(()) };
    let there = |key: &str| image.get("tags").and_then(|tags| tags.get(key)).and_then(Value::as_str);
    let changed: Vec<&str> = seen.iter().filter(|(key, value)| there(key) != value.as_deref()).map(|(key, _)| key.as_str()).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let said = format!("Somebody else changed the tag {} meanwhile. Nothing was sent.", changed.join(", "));
    Err(Failure::refused(Code::StateChanged, said))
}

/// Were the tags changed? `keys` are those that it is about.
async fn tagged<'a>(
    look: &Look<'_>,
    arn: &str,
    sent: Sent<'_>,
    keys: impl IntoIterator<Item = &'a String>,
    made: impl Fn(&Tags) -> bool,
) -> Found<Empty> {
    let tags = match look.read(ListTagsForResource { resource_arn: arn.to_owned() }).await {
        Ok(reply) => reply.tags,
        Err(failure) => return missed(&failure),
    };
    let before = |key: &str| sent.before?.get("tags")?.get(key)?.as_str();
    if made(&tags) {
        Found::Made(Empty {})
    } else if sent.before.is_some() && keys.into_iter().all(|key| tags.get(key).map(String::as_str) == before(key)) {
        Found::NotMade
    } else {
        Found::NotSeen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_ivs_leaves_out_is_as_it_was_seen_at_its_default() {
        let bare: Before = Ok(Some(json!({ "channel": { "arn": "a" } })));
        let seen = json!({ "containerFormat": "TS", "authorized": false, "adConfigurationArn": "", "multitrackInputConfiguration": { "enabled": false } });
        assert!(as_seen(&seen, &bare).is_ok());
        for other in [json!({ "containerFormat": "FRAGMENTED_MP4" }), json!({ "name": "a" }), json!({ "authorized": true })] {
            assert!(as_seen(&other, &bare).is_err(), "{other}");
        }
    }

    #[test]
    fn numbers_at_their_default_may_be_left_out_too() {
        let bare: Before = Ok(Some(json!({ "adConfiguration": { "arn": "a" } })));
        assert!(as_seen(&json!({ "postRollConfiguration": { "enabled": false, "durationSeconds": 15 } }), &bare).is_ok());
        assert!(as_seen(&json!({ "maxSlateDisplaySeconds": 60 }), &bare).is_ok());
        for other in
            [json!({ "postRollConfiguration": { "enabled": true, "durationSeconds": 15 } }), json!({ "maxSlateDisplaySeconds": 90 })]
        {
            assert!(as_seen(&other, &bare).is_err(), "{other}");
        }
    }

    #[test]
    fn tags_that_somebody_else_changed_are_not_overwritten() {
        let there: Before = Ok(Some(json!({ "tags": { "env": "theirs", "team": "a" } })));
        let expect = |pairs: &[(&str, Option<&str>)]| Expect {
            tags: Some(pairs.iter().map(|(key, value)| ((*key).to_owned(), value.map(ToOwned::to_owned))).collect()),
            ..Expect::default()
        };
        for seen in [&[("env", Some("theirs"))][..], &[("new", None)], &[("env", Some("theirs")), ("team", Some("a"))]] {
            assert!(tags_as_seen(&there, &expect(seen), &["env", "new", "team"]).is_ok(), "{seen:?}");
        }
        for seen in [&[("env", Some("mine"))][..], &[("env", None)], &[("gone", Some("x"))]] {
            let refused = tags_as_seen(&there, &expect(seen), &["env", "gone"]).expect_err("it is another");
            assert_eq!(refused.api.code, Code::StateChanged, "{seen:?}");
        }
        assert!(tags_as_seen(&there, &Expect { stream_id: Some("st".into()), ..Expect::default() }, &[]).is_err());
        assert!(tags_as_seen(&there, &expect(&[("env", Some("theirs"))]), &["team"]).is_err(), "of what is to be changed alone");
    }

    #[test]
    fn only_what_was_asked_for_counts() {
        let there = json!({ "arn": "x", "name": "a", "multitrackInputConfiguration": { "enabled": false, "policy": "ALLOW" }, "tags": {} });
        assert!(holds(&json!({ "arn": "other", "name": "a", "multitrackInputConfiguration": { "enabled": false } }), &there));
        assert!(!holds(&json!({ "name": "b" }), &there));
        assert!(!holds(&json!({ "latencyMode": "LOW" }), &there));
    }
}
