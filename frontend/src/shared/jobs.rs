//! Jobs in words.

use contract::arn::Arn;
use contract::job::Task;

/// What a job does, as “Tag 48 resources”.
pub(crate) fn label(task: &Task) -> String {
    let of = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    match task {
        Task::ResetStreamKey { channel_arn } => format!("Reset the stream key of {}", Arn::short(channel_arn)),
        Task::DeleteChannels { arns } => format!("Delete {}", of(arns.len(), "channel")),
        Task::TagResources { arns, .. } => format!("Tag {}", of(arns.len(), "resource")),
        Task::UntagResources { arns, .. } => format!("Untag {}", of(arns.len(), "resource")),
    }
}
