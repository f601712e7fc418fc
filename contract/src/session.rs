//! Who is signed in, and what they may.

use crate::access::Rights;
use serde::{Deserialize, Serialize};

/// Exchanges the launch token, printed at start, for a session cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// From the URL's fragment; works once.
    pub token: crate::Secret,
}

/// Asks who one is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoAmI {}

/// In the demo: continues with another role and other grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActAs {
    /// The rights to continue with.
    pub rights: Rights,
}

/// The person, the place and the build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// What to call them.
    pub name: String,
    /// What they hold.
    pub rights: Rights,
    /// An emulator is behind it, no AWS account: rights can be switched, and a restart is a reset.
    pub demo: bool,
    /// The accounts and regions they may use, in the order of the configuration.
    pub accounts: Vec<Account>,
    /// The version of the backend.
    pub version: String,
    /// Do creates carry the operation tag (`tally:op`) that a lost one is found by?
    pub operation_tag: bool,
    /// May there be jobs to tell of? One that they may see goes on, or was started within the last day.
    pub jobs: bool,
}

/// An AWS account, as the configuration names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The configured name, as in URLs.
    pub name: String,
    /// Its 12 digits, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where an emulator plays it; absent for real AWS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint_url: Option<String>,
    /// The regions of IVS in use.
    pub regions: Vec<String>,
}
