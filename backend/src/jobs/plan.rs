//! From a task to its items, one call each, and from an item to its call.

use super::perform::Change;
use contract::channel::DeleteChannel;
use contract::job::{MOST, StartJob, Task};
use contract::stream_key::{CreateStreamKey, DeleteStreamKey};
use contract::tag::{TagResource, Tags, UntagResource};
use contract::{FieldErrors, Operation};
use std::collections::BTreeSet;

/// The calls of a task in their order, each with what it is about.
pub(super) fn items(task: &Task) -> Vec<(Operation, String)> {
    match task {
        // Which key it is about is known when the item is begun.
        Task::ResetStreamKey { channel_arn } => {
            vec![(Operation::DeleteStreamKey, channel_arn.clone()), (Operation::CreateStreamKey, channel_arn.clone())]
        }
        Task::DeleteChannels { arns } => each(Operation::DeleteChannel, arns),
        Task::TagResources { arns, .. } => each(Operation::TagResource, arns),
        Task::UntagResources { arns, .. } => each(Operation::UntagResource, arns),
    }
}

/// Once each, in the order they were given.
fn each(operation: Operation, arns: &[String]) -> Vec<(Operation, String)> {
    let mut seen = BTreeSet::new();
    arns.iter().filter(|arn| seen.insert(*arn)).map(|arn| (operation, arn.clone())).collect()
}

/// The call of an item. `tags` are those of the stream key that a reset has deleted.
pub(super) fn change(task: &Task, operation: Operation, target: &str, tags: &Tags) -> Change {
    match task {
        Task::ResetStreamKey { channel_arn } => {
            if operation == Operation::DeleteStreamKey {
                Change::DeleteStreamKey(DeleteStreamKey { arn: target.to_owned() })
            } else {
                Change::CreateStreamKey(CreateStreamKey { channel_arn: channel_arn.clone(), tags: tags.clone() })
            }
        }
        Task::DeleteChannels { .. } => Change::DeleteChannel(DeleteChannel { arn: target.to_owned() }),
        Task::TagResources { tags, .. } => Change::TagResource(TagResource { resource_arn: target.to_owned(), tags: tags.clone() }),
        Task::UntagResources { tag_keys, .. } => {
            Change::UntagResource(UntagResource { resource_arn: target.to_owned(), tag_keys: tag_keys.clone() })
        }
    }
}

/// The limits of a start: those of every call it would make, and those of its own.
pub(super) fn check(start: &StartJob) -> Result<(), FieldErrors> {
    contract::call::check_beside(start.reason.as_deref(), Some(&start.key))?;
    let items = items(&start.task);
    if items.is_empty() || items.len() > MOST {
        return Err(FieldErrors::one("task.arns", format!("Must be 1 to {MOST}.")));
    }
    for (operation, target) in items {
        // The key that a reset deletes comes from IVS itself.
        if operation != Operation::DeleteStreamKey {
            change(&start.task, operation, &target, &Tags::new()).check()?;
        }
    }
    Ok(())
}
