//! Asking the backend. [`client`] holds the calls, [`fetch`] the only fetch; pages use [`query`] to look and
//! [`mutation`] to change. What has a type is thin: it writes a request and reads a reply, and all that happens in
//! between is compiled once.

mod asked;
pub(crate) mod client;
mod early;
mod fetch;
mod json;
mod look;
pub(crate) mod mutation;
mod pages;
pub(crate) mod problem;
pub(crate) mod query;
mod state;
mod store;
mod wait;

pub(crate) use json::{Value as Json, read_each, tree, write};
pub(crate) use mutation::{Change, Mutation, new_key};
pub(crate) use pages::{Paged, Pages};
pub(crate) use problem::Problem;
pub(crate) use query::{Bare, Query};
pub(crate) use state::State;
pub(crate) use store::{catch_up, forget, oldest_shown};

/// Where a call goes: a configured account and one of its regions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Scope {
    /// The configured name, as in URLs.
    pub(crate) account: String,
    /// Such as `eu-west-1`.
    pub(crate) region: String,
}
