//! What a job is to do: an object that says its `kind` and holds the members of that kind, no others.

use crate::tag::Tags;
use serde::{Deserialize, Serialize};

/// What a job is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Task {
    /// Deletes the stream key of a channel and creates another: IVS has no such call.
    ResetStreamKey {
        /// The channel.
        channel_arn: String,
        /// The key that the person saw: where another has taken its place since, none is deleted. `None`: whichever there is.
        key_arn: Option<String>,
    },
    /// Deletes channels.
    DeleteChannels {
        /// Which.
        arns: Vec<String>,
    },
    /// Adds the same tags to many resources.
    TagResources {
        /// Which.
        arns: Vec<String>,
        /// The tags.
        tags: Tags,
    },
    /// Removes the same tags from many resources.
    UntagResources {
        /// Which.
        arns: Vec<String>,
        /// The keys.
        tag_keys: Vec<String>,
    },
    /// Lets channels go of what they are configured with, or gives them another of its kind; and deletes it then.
    DetachChannels {
        /// The recording configuration, playback restriction policy, ad configuration or failover slate.
        arn: String,
        /// The channels: each is changed only while it still has that one. One that is live is waited for.
        arns: Vec<String>,
        /// What they get in its place; `None`: nothing.
        to: Option<String>,
        /// Is it deleted afterwards?
        delete: bool,
    },
}

/// The object. Serde's own way to read an enum by its `kind` keeps whatever it meets until that is known, with code for
/// all of JSON: that was 20 kB of the app.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Wire {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arns: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Tags>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_keys: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete: Option<bool>,
}

impl TryFrom<Wire> for Task {
    type Error = String;

    fn try_from(wire: Wire) -> Result<Self, String> {
        let Wire { kind, channel_arn, key_arn, arns, tags, tag_keys, arn, to_arn, delete } = wire;
        if kind == "DetachChannels" {
            return match (arn, arns, channel_arn, tags, tag_keys) {
                (Some(arn), Some(arns), None, None, None) if key_arn.is_none() => {
                    Ok(Self::DetachChannels { arn, arns, to: to_arn, delete: delete == Some(true) })
                }
                _ => Err("DetachChannels has arn, arns, may have toArn and delete, and nothing else".to_owned()),
            };
        }
        if arn.is_some() || to_arn.is_some() || delete.is_some() {
            return Err("arn, toArn and delete are for DetachChannels alone".to_owned());
        }
        if key_arn.is_some() && kind != "ResetStreamKey" {
            return Err("keyArn is for ResetStreamKey alone".to_owned());
        }
        match (kind.as_str(), channel_arn, arns, tags, tag_keys) {
            ("ResetStreamKey", Some(channel_arn), None, None, None) => Ok(Self::ResetStreamKey { channel_arn, key_arn }),
            ("DeleteChannels", None, Some(arns), None, None) => Ok(Self::DeleteChannels { arns }),
            ("TagResources", None, Some(arns), Some(tags), None) => Ok(Self::TagResources { arns, tags }),
            ("UntagResources", None, Some(arns), None, Some(tag_keys)) => Ok(Self::UntagResources { arns, tag_keys }),
            ("ResetStreamKey", ..) => Err("ResetStreamKey has channelArn, may have keyArn, and nothing else".to_owned()),
            ("DeleteChannels", ..) => Err("DeleteChannels has arns and nothing else".to_owned()),
            ("TagResources", ..) => Err("TagResources has arns, tags and nothing else".to_owned()),
            ("UntagResources", ..) => Err("UntagResources has arns, tagKeys and nothing else".to_owned()),
            _ => Err(format!("{kind} is no task")),
        }
    }
}

impl From<Task> for Wire {
    fn from(task: Task) -> Self {
        let of = |kind: &str| Self { kind: kind.to_owned(), ..Self::default() };
        match task {
            Task::ResetStreamKey { channel_arn, key_arn } => Self { channel_arn: Some(channel_arn), key_arn, ..of("ResetStreamKey") },
            Task::DeleteChannels { arns } => Self { arns: Some(arns), ..of("DeleteChannels") },
            Task::TagResources { arns, tags } => Self { arns: Some(arns), tags: Some(tags), ..of("TagResources") },
            Task::DetachChannels { arn, arns, to, delete } => {
                Self { arn: Some(arn), arns: Some(arns), to_arn: to, delete: delete.then_some(true), ..of("DetachChannels") }
            }
            Task::UntagResources { arns, tag_keys } => Self { arns: Some(arns), tag_keys: Some(tag_keys), ..of("UntagResources") },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_is_that_of_an_object_with_a_kind() {
        let (arns, tags) = (vec!["a".to_owned()], Tags::from([("k".to_owned(), "v".to_owned())]));
        let all = [
            (Task::ResetStreamKey { channel_arn: "c".to_owned(), key_arn: None }, r#"{"kind":"ResetStreamKey","channelArn":"c"}"#),
            (
                Task::ResetStreamKey { channel_arn: "c".to_owned(), key_arn: Some("k".to_owned()) },
                r#"{"kind":"ResetStreamKey","channelArn":"c","keyArn":"k"}"#,
            ),
            (
                Task::DetachChannels { arn: "r".to_owned(), arns: arns.clone(), to: None, delete: true },
                r#"{"kind":"DetachChannels","arns":["a"],"arn":"r","delete":true}"#,
            ),
            (
                Task::DetachChannels { arn: "r".to_owned(), arns: arns.clone(), to: Some("s".to_owned()), delete: false },
                r#"{"kind":"DetachChannels","arns":["a"],"arn":"r","toArn":"s"}"#,
            ),
            (Task::DeleteChannels { arns: arns.clone() }, r#"{"kind":"DeleteChannels","arns":["a"]}"#),
            (Task::TagResources { arns: arns.clone(), tags }, r#"{"kind":"TagResources","arns":["a"],"tags":{"k":"v"}}"#),
            (Task::UntagResources { arns: arns.clone(), tag_keys: arns }, r#"{"kind":"UntagResources","arns":["a"],"tagKeys":["a"]}"#),
        ];
        for (task, wire) in all {
            assert_eq!(serde_json::to_string(&task).expect("JSON"), wire);
            assert_eq!(serde_json::from_str::<Task>(wire).expect("a task"), task);
        }
    }

    #[test]
    fn what_does_not_fit_its_kind_is_refused() {
        let refusal = |wire| serde_json::from_str::<Task>(wire).expect_err(wire).to_string();
        assert!(refusal(r#"{"kind":"TagResources","arns":[]}"#).contains("TagResources has arns, tags and nothing else"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"tags":{}}"#).contains("DeleteChannels has arns and nothing else"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"keyArn":"k"}"#).contains("keyArn is for ResetStreamKey alone"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"delete":true}"#).contains("for DetachChannels alone"));
        assert!(refusal(r#"{"kind":"DetachChannels","arns":[]}"#).contains("DetachChannels has arn"));
        assert!(refusal(r#"{"kind":"Fly"}"#).contains("Fly is no task"));
        assert!(refusal(r#"{"arns":[]}"#).contains("missing field `kind`"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"new":1}"#).contains("unknown field `new`"));
    }
}
