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
    /// Who.
    pub person: String,
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
