//! Work of more than one call, done by the backend: it outlives the browser and the process, shows each item, can be
//! cancelled, and retries only what failed.

use crate::call::Outcome;
use crate::constraint::{Check, Findings};
use crate::error::ApiError;
use crate::tag::Tags;
pub use crate::task::Task;
use crate::viewer_session::BatchStartViewerSessionRevocationError as NotTaken;
use crate::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use serde::{Deserialize, Serialize};

/// How many items a task has at most: as many channels as the console shows of a region.
pub const MOST: usize = 10_000;

/// How many bytes a request may have that starts a job: so many viewers with ids of the longest, and room; ARNs are shorter.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

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
    /// What the one resource that it is about is called, as the person sees it: at most 200 characters of printable ASCII. It is for people
    /// to read, and nothing is found by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Starts it once, however often it is asked with the same key: 8 to 64 letters, digits or `-`.
    pub key: String,
}

impl Check for StartJob {
    fn look(&self, e: &mut Findings) {
        // A copy may be told from what it was copied from, as `night (abcdABCDefgh)`.
        e.given("name", self.name.as_deref(), |e, at, name| {
            e.length(at, name, 0, 200);
            if name.chars().any(|letter| letter != ' ' && !letter.is_ascii_graphic()) {
                e.add(at, "Use printable ASCII only.");
            }
        });
    }
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
    /// What it does, as [`Task::outline`] has it.
    pub task: Task,
    /// What the one resource that it is about was called, where whoever started it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
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
    /// The channels that a reset has left without a stream key so far: the old one is deleted, and there is no other yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_key: Vec<String>,
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Whose sessions it revokes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub viewers: Vec<ViewerSession>,
    /// Whom of these IVS did not take, at the last attempt. It took the others, if there was one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_taken: Vec<NotTaken>,
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
    /// AWS's id of its request, by which AWS's support finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
