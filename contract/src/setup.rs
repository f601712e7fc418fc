//! What `tally check` finds out, also shown on the Set-up page.

use crate::operation::Operation;
use serde::{Deserialize, Serialize};

/// Asks for the latest check, or for a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetSetup {
    /// Check again now instead of showing the last result.
    #[serde(default)]
    pub again: bool,
}

/// Everything that was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Setup {
    /// May changes be made: has the account check passed?
    pub ready: bool,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Each thing that was looked at, in order.
    pub findings: Vec<Finding>,
    /// The IAM policy with the missing actions, to paste; absent when none is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What, such as “Credentials” or “eu-west-1”.
    pub what: String,
    /// How it is.
    pub verdict: Verdict,
    /// What was seen, in words.
    pub detail: String,
    /// What to do about it; absent where nothing is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The operation that was tried, where it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<Operation>,
}

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Works, with a limit that is worth knowing.
    Warning,
    /// Does not work.
    Bad,
}
