//! What a job is to do: an object that says its `kind` and holds the members of that kind, no others.

use crate::channel::CreateChannel;
use crate::tag::Tags;
use crate::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use serde::{Deserialize, Serialize};

/// What a job is to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Task {
    /// Deletes the stream key of a channel and creates another: IVS has no such call.
    ResetStreamKey {
        /// The channel.
        channel_arn: String,
        /// The key that the person saw: where another has taken its place since, none is deleted. `None`: whichever there is.
        key_arn: Option<String>,
    },
    /// The same of many channels, one after the other. A key that somebody has made since the job was started stays.
    ResetStreamKeys {
        /// The channels.
        arns: Vec<String>,
    },
    /// Takes a channel off air and keeps it off: deletes its stream key, stops its stream, and watches that it stays down.
    TakeOffAir {
        /// The channel.
        channel_arn: String,
        /// The key that the person saw, as in [`Task::ResetStreamKey`].
        key_arn: Option<String>,
        /// Is another stream key created, once it has stayed down?
        new_key: bool,
        /// The viewers whose sessions are revoked. Empty in answers: the items have them.
        viewers: Vec<ViewerSession>,
    },
    /// Revokes the sessions of many viewers.
    RevokeViewers {
        /// Whose. Empty in answers: the items have them.
        viewers: Vec<ViewerSession>,
    },
    /// Creates channels.
    CreateChannels {
        /// Each as it is asked of IVS. Empty in answers: the items have them.
        channels: Vec<CreateChannel>,
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

impl Task {
    /// The ARN of the one resource that it is about; `None` where it is about many.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Self::ResetStreamKey { channel_arn, .. } | Self::TakeOffAir { channel_arn, .. } => Some(channel_arn),
            Self::DetachChannels { arn, .. } => Some(arn),
            Self::ResetStreamKeys { .. }
            | Self::RevokeViewers { .. }
            | Self::CreateChannels { .. }
            | Self::DeleteChannels { .. }
            | Self::TagResources { .. }
            | Self::UntagResources { .. } => None,
        }
    }

    /// The task without what it lists: the items of its job have that.
    #[must_use]
    pub fn outline(&self) -> Self {
        let mut task = self.clone();
        match &mut task {
            Self::ResetStreamKey { .. } => {}
            Self::ResetStreamKeys { arns }
            | Self::DeleteChannels { arns }
            | Self::TagResources { arns, .. }
            | Self::UntagResources { arns, .. }
            | Self::DetachChannels { arns, .. } => arns.clear(),
            Self::TakeOffAir { viewers, .. } | Self::RevokeViewers { viewers } => viewers.clear(),
            Self::CreateChannels { channels } => channels.clear(),
        }
        task
    }
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
    new_key: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    viewers: Option<Vec<ViewerSession>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channels: Option<Vec<CreateChannel>>,
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

impl Wire {
    /// Each member, and whether it is there.
    fn members(&self) -> [(&'static str, bool); 11] {
        [
            ("channelArn", self.channel_arn.is_some()),
            ("keyArn", self.key_arn.is_some()),
            ("newKey", self.new_key.is_some()),
            ("viewers", self.viewers.is_some()),
            ("channels", self.channels.is_some()),
            ("arns", self.arns.is_some()),
            ("tags", self.tags.is_some()),
            ("tagKeys", self.tag_keys.is_some()),
            ("arn", self.arn.is_some()),
            ("toArn", self.to_arn.is_some()),
            ("delete", self.delete.is_some()),
        ]
    }

    /// The members that a kind has, and those that it may have.
    fn known(kind: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
        Some(match kind {
            "ResetStreamKey" => (&["channelArn"], &["keyArn"]),
            "ResetStreamKeys" | "DeleteChannels" => (&["arns"], &[]),
            "TakeOffAir" => (&["channelArn"], &["keyArn", "newKey", "viewers"]),
            "RevokeViewers" => (&["viewers"], &[]),
            "CreateChannels" => (&["channels"], &[]),
            "TagResources" => (&["arns", "tags"], &[]),
            "UntagResources" => (&["arns", "tagKeys"], &[]),
            "DetachChannels" => (&["arn", "arns"], &["toArn", "delete"]),
            _ => return None,
        })
    }

    /// Does it have what its kind has, and nothing else?
    fn check(&self) -> Result<(), String> {
        let (has, may) = Self::known(&self.kind).ok_or_else(|| format!("{} is no task", self.kind))?;
        let fits =
            self.members().iter().all(|(name, there)| if *there { has.contains(name) || may.contains(name) } else { !has.contains(name) });
        if fits {
            return Ok(());
        }
        let may = if may.is_empty() { String::new() } else { format!("may have {}, ", may.join(", ")) };
        Err(format!("{} has {}, {may}and nothing else", self.kind, has.join(", ")))
    }
}

impl TryFrom<Wire> for Task {
    type Error = String;

    fn try_from(wire: Wire) -> Result<Self, String> {
        wire.check()?;
        let (arns, channel_arn, key_arn) = (wire.arns.unwrap_or_default(), wire.channel_arn.unwrap_or_default(), wire.key_arn);
        Ok(match wire.kind.as_str() {
            "ResetStreamKey" => Self::ResetStreamKey { channel_arn, key_arn },
            "ResetStreamKeys" => Self::ResetStreamKeys { arns },
            "TakeOffAir" => {
                let viewers = wire.viewers.unwrap_or_default();
                Self::TakeOffAir { channel_arn, key_arn, new_key: wire.new_key == Some(true), viewers }
            }
            "RevokeViewers" => Self::RevokeViewers { viewers: wire.viewers.unwrap_or_default() },
            "CreateChannels" => Self::CreateChannels { channels: wire.channels.unwrap_or_default() },
            "DeleteChannels" => Self::DeleteChannels { arns },
            "TagResources" => Self::TagResources { arns, tags: wire.tags.unwrap_or_default() },
            "UntagResources" => Self::UntagResources { arns, tag_keys: wire.tag_keys.unwrap_or_default() },
            "DetachChannels" => {
                Self::DetachChannels { arn: wire.arn.unwrap_or_default(), arns, to: wire.to_arn, delete: wire.delete == Some(true) }
            }
            kind => return Err(format!("{kind} is no task")),
        })
    }
}

impl From<Task> for Wire {
    fn from(task: Task) -> Self {
        let of = |kind: &str| Self { kind: kind.to_owned(), ..Self::default() };
        match task {
            Task::ResetStreamKey { channel_arn, key_arn } => Self { channel_arn: Some(channel_arn), key_arn, ..of("ResetStreamKey") },
            Task::ResetStreamKeys { arns } => Self { arns: Some(arns), ..of("ResetStreamKeys") },
            Task::TakeOffAir { channel_arn, key_arn, new_key, viewers } => {
                let viewers = Some(viewers).filter(|viewers| !viewers.is_empty());
                Self { channel_arn: Some(channel_arn), key_arn, new_key: new_key.then_some(true), viewers, ..of("TakeOffAir") }
            }
            Task::RevokeViewers { viewers } => Self { viewers: Some(viewers), ..of("RevokeViewers") },
            Task::CreateChannels { channels } => Self { channels: Some(channels), ..of("CreateChannels") },
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

    fn viewer() -> ViewerSession {
        ViewerSession { channel_arn: "c".to_owned(), viewer_id: "v".to_owned(), ..ViewerSession::default() }
    }

    #[test]
    fn an_outline_lists_nothing() {
        let channel = CreateChannel { name: Some("n".to_owned()), ..CreateChannel::default() };
        let (arns, viewers) = (vec!["listed".to_owned()], vec![ViewerSession { viewer_id: "listed".to_owned(), ..viewer() }]);
        let all = [
            Task::ResetStreamKeys { arns: arns.clone() },
            Task::TakeOffAir { channel_arn: "c".to_owned(), key_arn: None, new_key: true, viewers: viewers.clone() },
            Task::RevokeViewers { viewers },
            Task::CreateChannels { channels: vec![CreateChannel { name: Some("listed".to_owned()), ..channel }] },
            Task::DeleteChannels { arns: arns.clone() },
            Task::TagResources { arns: arns.clone(), tags: Tags::from([("k".to_owned(), "v".to_owned())]) },
            Task::UntagResources { arns: arns.clone(), tag_keys: vec!["k".to_owned()] },
            Task::DetachChannels { arn: "r".to_owned(), arns, to: Some("s".to_owned()), delete: true },
        ];
        for task in all {
            let outline = serde_json::to_string(&task.outline()).expect("JSON");
            assert!(!outline.contains("listed"), "{outline}");
            let read = serde_json::from_str::<Task>(&outline).expect("a task still");
            assert_eq!(read, task.outline());
        }
    }

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
            (Task::ResetStreamKeys { arns: arns.clone() }, r#"{"kind":"ResetStreamKeys","arns":["a"]}"#),
            (
                Task::TakeOffAir { channel_arn: "c".to_owned(), key_arn: None, new_key: true, viewers: Vec::new() },
                r#"{"kind":"TakeOffAir","channelArn":"c","newKey":true}"#,
            ),
            (Task::RevokeViewers { viewers: vec![viewer()] }, r#"{"kind":"RevokeViewers","viewers":[{"channelArn":"c","viewerId":"v"}]}"#),
            (
                Task::CreateChannels { channels: vec![CreateChannel { name: Some("n".to_owned()), ..CreateChannel::default() }] },
                r#"{"kind":"CreateChannels","channels":[{"name":"n"}]}"#,
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
        assert!(refusal(r#"{"kind":"TagResources","arns":[]}"#).contains("TagResources has arns, tags, and nothing else"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"tags":{}}"#).contains("DeleteChannels has arns, and nothing else"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"keyArn":"k"}"#).contains("DeleteChannels has arns"));
        assert!(
            refusal(r#"{"kind":"TakeOffAir","channelArn":"c","delete":true}"#).contains("may have keyArn, newKey, viewers, and nothing")
        );
        assert!(refusal(r#"{"kind":"DetachChannels","arns":[]}"#).contains("DetachChannels has arn, arns, may have toArn, delete"));
        assert!(refusal(r#"{"kind":"Fly"}"#).contains("Fly is no task"));
        assert!(refusal(r#"{"arns":[]}"#).contains("missing field `kind`"));
        assert!(refusal(r#"{"kind":"DeleteChannels","arns":[],"new":1}"#).contains("unknown field `new`"));
    }
}
