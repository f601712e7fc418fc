//! Asking the backend. [`client`] holds the only fetch; pages use [`query`] to look and [`mutation`] to change.

pub(crate) mod client;
mod early;
mod fetch;
pub(crate) mod mutation;
pub(crate) mod problem;
pub(crate) mod query;
mod store;

pub(crate) use mutation::{Change, Mutation};
pub(crate) use problem::Problem;
pub(crate) use query::{Pages, Query, State};
pub(crate) use store::{forget, oldest_shown};

/// Where a call goes: a configured account and one of its regions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    /// The configured name, as in URLs.
    pub(crate) account: String,
    /// Such as `eu-west-1`.
    pub(crate) region: String,
}
