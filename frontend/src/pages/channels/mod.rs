//! Channels: the list, one of them, the forms that create and change one, and the stream keys of all.

mod detail;
mod form;
mod keys;
mod list;
mod one;
mod provision;

pub(crate) use detail::Detail;
pub(crate) use form::{Edit, New};
pub(crate) use keys::StreamKeys;
pub(crate) use list::List;
pub(crate) use provision::Provision;
