//! From a task to its items, one call each, and from an item to its call.

use super::perform::Change;
use super::viewers::{self, Viewers};
use contract::ad_configuration::DeleteAdConfiguration;
use contract::arn::{Arn, Resource};
use contract::channel::{DeleteChannel, UpdateChannel};
use contract::failover_slate_configuration::DeleteFailoverSlateConfiguration;
use contract::job::{MOST, MOST_KEYS, StartJob, Task};
use contract::playback_restriction_policy::DeletePlaybackRestrictionPolicy;
use contract::recording_configuration::DeleteRecordingConfiguration;
use contract::stream::StopStream;
use contract::stream_key::{CreateStreamKey, DeleteStreamKey};
use contract::tag::{TagResource, Tags, UntagResource};
use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use contract::{Check as _, FieldErrors, Operation};
use serde_json::Value;
use std::collections::BTreeSet;

/// A call that a task is to make.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Planned {
    pub(super) operation: Operation,
    /// What it is about; empty where it makes something.
    pub(super) target: String,
    /// What the task and the target do not say.
    pub(super) request: Option<Value>,
}

impl Planned {
    fn of(operation: Operation, target: &str) -> Self {
        Self { operation, target: target.to_owned(), request: None }
    }
}

/// The calls of a task in their order, each with what it is about.
pub(super) fn items(task: &Task) -> Vec<Planned> {
    // Which key it is about is known when the item is begun.
    let reset =
        |channel: &String| [Operation::DeleteStreamKey, Operation::CreateStreamKey].map(|operation| Planned::of(operation, channel));
    match task {
        Task::ResetStreamKey { channel_arn, .. } => reset(channel_arn).into(),
        Task::ResetStreamKeys { arns } => once(arns).flat_map(reset).collect(),
        Task::TakeOffAir { channel_arn, new_key, viewers, .. } => off_air(channel_arn, *new_key, viewers),
        Task::RevokeViewers { viewers } => viewers::items(viewers).collect(),
        Task::CreateChannels { channels } => {
            let request = |channel| serde_json::to_value(channel).ok();
            channels.iter().map(|channel| Planned { request: request(channel), ..Planned::of(Operation::CreateChannel, "") }).collect()
        }
        Task::DeleteChannels { arns } => each(Operation::DeleteChannel, arns),
        Task::TagResources { arns, .. } => each(Operation::TagResource, arns),
        Task::UntagResources { arns, .. } => each(Operation::UntagResource, arns),
        Task::DetachChannels { arn, arns, delete, .. } => {
            let mut items = each(Operation::UpdateChannel, arns);
            items.extend(delete.then(|| deletion(arn)).flatten().map(|operation| Planned::of(operation, arn)));
            items
        }
    }
}

/// The key goes first, so that no encoder comes back; that the stream stays down is seen by reading.
fn off_air(channel: &str, new_key: bool, viewers: &[ViewerSession]) -> Vec<Planned> {
    let mut steps = vec![Operation::DeleteStreamKey, Operation::StopStream, Operation::GetStream];
    steps.extend(new_key.then_some(Operation::CreateStreamKey));
    let mut items: Vec<Planned> = steps.into_iter().map(|operation| Planned::of(operation, channel)).collect();
    items.extend(viewers::items(viewers));
    items
}

/// What deletes this; `None` for what no channel is configured with.
fn deletion(arn: &str) -> Option<Operation> {
    match Arn::parse(arn)?.resource {
        Resource::RecordingConfiguration => Some(Operation::DeleteRecordingConfiguration),
        Resource::PlaybackRestrictionPolicy => Some(Operation::DeletePlaybackRestrictionPolicy),
        Resource::AdConfiguration => Some(Operation::DeleteAdConfiguration),
        Resource::FailoverSlateConfiguration => Some(Operation::DeleteFailoverSlateConfiguration),
        Resource::Channel | Resource::StreamKey | Resource::PlaybackKey => None,
    }
}

/// The channel gets another in place of this one, while it still has this one; or this one is deleted.
fn detach(arn: &str, to: Option<&str>, operation: Operation, target: &str) -> Option<Change> {
    let kind = Arn::parse(arn)?.resource;
    if operation == Operation::UpdateChannel {
        let request = UpdateChannel::connecting(target.to_owned(), kind, to.unwrap_or_default())?;
        let seen = UpdateChannel::connecting(target.to_owned(), kind, arn)?;
        return Some(Change::UpdateChannel { request: Box::new(request), seen: Box::new(seen) });
    }
    let arn = arn.to_owned();
    match kind {
        Resource::RecordingConfiguration => Some(Change::DeleteRecordingConfiguration(DeleteRecordingConfiguration { arn })),
        Resource::PlaybackRestrictionPolicy => Some(Change::DeletePlaybackRestrictionPolicy(DeletePlaybackRestrictionPolicy { arn })),
        Resource::AdConfiguration => Some(Change::DeleteAdConfiguration(DeleteAdConfiguration { arn })),
        Resource::FailoverSlateConfiguration => Some(Change::DeleteFailoverSlateConfiguration(DeleteFailoverSlateConfiguration { arn })),
        Resource::Channel | Resource::StreamKey | Resource::PlaybackKey => None,
    }
}

/// Once each, in the order they were given.
fn once(arns: &[String]) -> impl Iterator<Item = &String> {
    let mut seen = BTreeSet::new();
    arns.iter().filter(move |arn| seen.insert(*arn))
}

fn each(operation: Operation, arns: &[String]) -> Vec<Planned> {
    once(arns).map(|arn| Planned::of(operation, arn)).collect()
}

/// The call of an item. `tags` are those of the stream key that a reset has deleted. `None`: there is none that fits, which a start
/// with it is refused for.
pub(super) fn change(task: &Task, planned: &Planned, tags: &Tags) -> Option<Change> {
    let Planned { operation, target, request } = planned;
    let target = || target.clone();
    Some(match task {
        Task::DetachChannels { arn, to, .. } => return detach(arn, to.as_deref(), *operation, &planned.target),
        Task::ResetStreamKey { .. } | Task::ResetStreamKeys { .. } | Task::TakeOffAir { .. } | Task::RevokeViewers { .. } => {
            return step(planned, tags);
        }
        Task::CreateChannels { .. } => Change::CreateChannel(Box::new(serde_json::from_value(request.clone()?).ok()?)),
        Task::DeleteChannels { .. } => Change::DeleteChannel(DeleteChannel { arn: target() }),
        Task::TagResources { tags, .. } => Change::TagResource(TagResource { resource_arn: target(), tags: tags.clone() }),
        Task::UntagResources { tag_keys, .. } => {
            Change::UntagResource(UntagResource { resource_arn: target(), tag_keys: tag_keys.clone() })
        }
    })
}

/// A step of a reset, of what takes a channel off air, or of what revokes viewers.
fn step(planned: &Planned, tags: &Tags) -> Option<Change> {
    let Planned { operation, target, request } = planned;
    let target = || target.clone();
    Some(if *operation == Operation::DeleteStreamKey {
        Change::DeleteStreamKey(DeleteStreamKey { arn: target() })
    } else if *operation == Operation::StopStream {
        Change::StopStream { request: StopStream { channel_arn: target() }, seen: stream_of(request.as_ref()) }
    } else if *operation == Operation::BatchStartViewerSessionRevocation {
        Change::BatchStartViewerSessionRevocation(Viewers::read(request.as_ref())?.due())
    } else {
        Change::CreateStreamKey(CreateStreamKey { channel_arn: target(), tags: tags.clone() })
    })
}

/// The stream that an item is to stop, once it was seen.
pub(super) fn stream_of(request: Option<&Value>) -> Option<String> {
    request?.get("streamId")?.as_str().map(str::to_owned)
}

/// The limits of a start: those of every call it would make, and those of its own.
pub(super) fn check(start: &StartJob) -> Result<(), FieldErrors> {
    contract::call::check_beside(start.reason.as_deref(), Some(&start.key))?;
    start.check()?;
    let items = items(&start.task);
    let (member, many, most) = match &start.task {
        Task::CreateChannels { channels } => ("channels", channels.len(), MOST_KEYS),
        Task::ResetStreamKeys { arns } => ("arns", arns.len(), MOST_KEYS),
        Task::RevokeViewers { viewers } => ("viewers", viewers.len(), MOST),
        // What it revokes is not all it does.
        Task::TakeOffAir { viewers, .. } => ("viewers", viewers.len().max(1), MOST_KEYS),
        // A plan may delete what nothing has any more.
        Task::DetachChannels { arns, delete, .. } => ("arns", arns.len().max(usize::from(*delete)), MOST),
        Task::ResetStreamKey { .. } | Task::DeleteChannels { .. } | Task::TagResources { .. } | Task::UntagResources { .. } => {
            ("arns", items.len(), MOST)
        }
    };
    if many == 0 || many > most {
        return Err(FieldErrors::one(&format!("task.{member}"), format!("Must be 1 to {most}.")));
    }
    if let Task::DetachChannels { arn, to, .. } = &start.task {
        check_detaching(arn, to.as_deref())?;
    }
    if let Task::TakeOffAir { channel_arn, viewers, .. } = &start.task
        && viewers.iter().any(|viewer| viewer.channel_arn != *channel_arn)
    {
        return Err(FieldErrors::one("task.viewers", "Must be viewers of the channel that is taken off air."));
    }
    for planned in items {
        // The key that a reset deletes comes from IVS itself, and a read is no change.
        if planned.operation != Operation::DeleteStreamKey && !planned.operation.reads() {
            let change = change(&start.task, &planned, &Tags::new());
            change.ok_or_else(|| FieldErrors::one("task", "Says nothing that can be called.")).and_then(|change| change.check())?;
        }
    }
    Ok(())
}

/// What channels are configured with, and another of its kind.
fn check_detaching(arn: &str, to: Option<&str>) -> Result<(), FieldErrors> {
    if deletion(arn).is_none() {
        let said = "Must be the ARN of a recording configuration, playback restriction policy, ad configuration or failover slate.";
        return Err(FieldErrors::one("task.arn", said));
    }
    let kind = |arn: &str| Arn::parse(arn).map(|arn| arn.resource);
    match to {
        Some(to) if to == arn => Err(FieldErrors::one("task.toArn", "Is the one that the channels have.")),
        Some(to) if kind(to) != kind(arn) => Err(FieldErrors::one("task.toArn", "Must be of the same kind as what it takes the place of.")),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDING: &str = "arn:aws:ivs:eu-west-1:123456789012:recording-configuration/abcdABCDefgh";
    const CHANNEL: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh";

    fn start(arn: &str, to: Option<&str>, arns: &[&str], delete: bool) -> StartJob {
        let arns = arns.iter().map(|arn| (*arn).to_owned()).collect();
        let task = Task::DetachChannels { arn: arn.to_owned(), arns, to: to.map(ToOwned::to_owned), delete };
        StartJob { account: "a".into(), region: "eu-west-1".into(), task, name: None, reason: None, key: "start-0001".into() }
    }

    #[test]
    fn a_channel_is_changed_only_while_it_has_what_was_seen() {
        let task = start(RECORDING, None, &[CHANNEL, CHANNEL], true).task;
        let items = items(&task);
        assert_eq!(
            items.iter().map(|planned| planned.operation).collect::<Vec<_>>(),
            [Operation::UpdateChannel, Operation::DeleteRecordingConfiguration]
        );
        let Some(Change::UpdateChannel { request, seen }) = change(&task, &items[0], &Tags::new()) else { panic!("a channel is updated") };
        assert_eq!(
            (request.recording_configuration_arn.as_deref(), seen.recording_configuration_arn.as_deref()),
            (Some(""), Some(RECORDING))
        );
        assert_eq!(request.name, None, "and nothing else of it");
    }

    #[test]
    fn what_does_not_fit_together_is_refused_before_anything_is_done() {
        let policy = "arn:aws:ivs:eu-west-1:123456789012:playback-restriction-policy/abcdABCDefgh";
        let refused = |start: &StartJob| check(start).expect_err("it does not fit");
        assert!(check(&start(RECORDING, None, &[], true)).is_ok(), "it is deleted alone");
        assert!(refused(&start(RECORDING, None, &[], false)).at("task.arns").is_some());
        assert!(refused(&start(CHANNEL, None, &[CHANNEL], false)).at("task.arn").is_some());
        assert!(refused(&start(RECORDING, Some(policy), &[CHANNEL], false)).at("task.toArn").is_some());
        assert!(refused(&start(RECORDING, Some(RECORDING), &[CHANNEL], false)).at("task.toArn").is_some());
        assert!(check(&start(RECORDING, None, &["no ARN"], false)).is_err());
        assert!(check(&start(RECORDING, None, &[RECORDING], false)).is_err(), "what is not to be deleted is not taken for a channel");
        let channels: Vec<String> = (0..=MOST).map(|n| format!("arn:aws:ivs:eu-west-1:123456789012:channel/{n:012}")).collect();
        let channels: Vec<&str> = channels.iter().map(String::as_str).collect();
        assert!(check(&start(RECORDING, None, &channels[..MOST], true)).is_ok(), "so many channels, and the deletion");
        assert!(check(&start(RECORDING, None, &channels, false)).is_err());
    }
}
