//! Channels: the list, one of them, and the form that creates one.

mod detail;
mod form;
mod list;

pub(crate) use detail::Detail;
pub(crate) use form::New;
pub(crate) use list::List;
