//! The same thing as code: what a form would send, or what a page shows, in the words of whoever does it by other means.
//!
//! What must not be in it is not: the operation tag, which is the console's own, is never in what a person typed, and
//! no request of IVS that is shown carries a secret.

mod again;
mod card;
mod cli;
mod cloudformation;
mod code;
mod json;
mod kind;
mod terraform;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use again::Again;
pub(crate) use card::{beside_form, of_page};
pub(crate) use cli::{command, line, quote};
pub(crate) use code::{member, text};
pub(crate) use json::pretty;
