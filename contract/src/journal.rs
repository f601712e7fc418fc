//! The journal as it is read: what was asked, by whom, and how it ended.

use crate::call::Outcome;
use serde::{Deserialize, Serialize};

/// Lists entries, newest first. Without the auditor grant, only one's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListJournal {
    /// Only the entries about this ARN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    /// Only those whose end is open or unknown.
    #[serde(default)]
    pub unresolved: bool,
    /// Only those of this kind: `change`, `secret`, `auth`, `authz`, `config` or `admin`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Only those of this person, by [`JournalEntry::subject`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Only those before this entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// How many, 1 to 100. Default 50.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// What [`ListJournal`] answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JournalPage {
    /// Newest first.
    pub entries: Vec<JournalEntry>,
    /// Is there more before the last?
    pub more: bool,
}

/// An intent together with its outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JournalEntry {
    /// The id of the intent, a UUID of version 7; receipts name it.
    pub id: String,
    /// When it was asked, in milliseconds since 1970.
    pub at: u64,
    /// `change`, `secret`, `auth`, `authz`, `config` or `admin`.
    pub kind: String,
    /// Who, for people.
    pub person: String,
    /// Who, for the machine.
    #[serde(default)]
    pub subject: String,
    /// IVS's operation, or the name of a route of ours.
    pub operation: String,
    /// The configured account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The ARNs it is about.
    pub targets: Vec<String>,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How it ended; absent while it is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The error's code, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// IVS's request id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// How often IVS was asked.
    pub attempts: u32,
    /// How long it took, in milliseconds.
    pub millis: u64,
}

/// Looks at one entry with all that is kept of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetJournalEntry {
    /// [`JournalEntry::id`].
    pub id: String,
}

/// An entry with all that is kept of it. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JournalDetail {
    /// As in the list.
    pub entry: JournalEntry,
    /// How they came in: `none`, `oidc`, `proxy-header`; `system` for the console itself.
    pub mode: String,
    /// What they held, in words: the role, then the grants.
    #[serde(default)]
    pub held: Vec<String>,
    /// From where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_ip: Option<String>,
    /// What their browser called itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Their session, where they signed in with a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The id of the request, as in the log.
    pub console_request_id: String,
    /// The request's members that are kept, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<String>,
    /// The resource before, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The resource after, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The error in words, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// IVS's request id of each attempt that was answered.
    #[serde(default)]
    pub request_ids: Vec<String>,
    /// Was the end found out by reading, since no answer said it?
    #[serde(default)]
    pub reconciled: bool,
}

/// Reads every row again: is each as it was written?
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyJournal {}

/// What [`VerifyJournal`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalVerified {
    /// How many rows were read.
    pub rows: u64,
    /// What to keep elsewhere: `tally journal verify --head` takes it, and sees later whether the rows up to here are still the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
    /// What is wrong, the first hundred; empty where every row is as it was written.
    #[serde(default)]
    pub faults: Vec<JournalFault>,
}

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalFault {
    /// The row's number; absent for the file as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// What.
    pub what: String,
}
