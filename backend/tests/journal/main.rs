//! The journal keeps what it is told, says what it cannot keep, and finds what was changed behind its back.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod chain;
mod copies;
mod file;
mod home;
mod kept;
#[path = "../postgres/mod.rs"]
mod postgres;
mod rows;
mod support;
