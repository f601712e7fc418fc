//! Work of more than one call, done by the backend: it outlives the browser and the process, shows each item, can be
//! cancelled, and retries only what failed.

use crate::call::Outcome;
use crate::error::ApiError;
use crate::tag::Tags;
pub use crate::task::Task;
use serde::{Deserialize, Serialize};

/// How many items a task has at most: as many channels as the console shows of a region.
pub const MOST: usize = 10_000;

/// How many bytes a request may have that starts a job: so many ARNs of today's length, fifty tags of the longest, and room.
pub const MOST_BYTES: usize = 768 * 1024;

/// How many stream keys a job resets at most, and how many channels it creates: as many as their values can be revealed at once.
pub const MOST_KEYS: usize = crate::own::MOST_REVEALED;

/// Starts a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StartJob {
    /// The configured account.
    pub account: String,
    /// The region.
    pub region: String,
    /// What to do.
    pub task: Task,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Starts it once, however often it is asked with the same key: 8 to 64 letters, digits or `-`.
    pub key: String,
}

/// Lists jobs, newest first: one's own, and with the auditor grant everyone's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListJobs {}

/// What [`ListJobs`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Jobs {
    /// Newest first, without their items: [`Job::total`] counts.
    pub jobs: Vec<Job>,
}

/// Names a job: to look at it, to cancel it, or to retry what failed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneJob {
    /// Its id.
    pub id: String,
}

/// A job and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// A UUID of version 7.
    pub id: String,
    /// Who started it.
    pub person: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// The configured account.
    pub account: String,
    /// The region.
    pub region: String,
    /// What it does. What it lists (ARNs, channels to be created) is empty here: the items have it.
    pub task: Task,
    /// Where it stands.
    pub state: JobState,
    /// Has somebody cancelled it? What is under way then still ends.
    #[serde(default)]
    pub cancelled: bool,
    /// How many items there are, and how many ended each way.
    pub total: u32,
    /// Ended well.
    pub done: u32,
    /// Refused.
    pub refused: u32,
    /// Ended without a known outcome.
    pub unknown: u32,
    /// Each item, in order; empty in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<JobItem>,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobState {
    /// Being worked on, or waiting for the process to work on it again.
    Running,
    /// Every item has ended.
    Finished,
    /// Cancelled: items that were not begun stay so.
    Cancelled,
}

/// One item of a job: one call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JobItem {
    /// What it is about: an ARN; empty where it is to make something.
    pub target: String,
    /// What it made: ARNs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub made: Vec<String>,
    /// What that was called when the call was made, where IVS said so: what has been deleted has no other name any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// IVS's operation.
    pub operation: crate::Operation,
    /// What the stream key was tagged with that this item deletes. The one that follows it gets the same.
    #[serde(default, skip_serializing_if = "Tags::is_empty")]
    pub tags: Tags,
    /// Has its call been begun, and not ended?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begun: bool,
    /// How it ended; absent while it has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Why it did not succeed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ApiError>,
    /// Its row of the journal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journal: Option<String>,
}
