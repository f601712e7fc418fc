//! Channels: the list, one of them, and the forms that create and change one.

mod detail;
mod form;
mod list;
mod one;

pub(crate) use detail::Detail;
pub(crate) use form::{Edit, New};
pub(crate) use list::List;
