//! Signing in at a provider: one that behaves, and one that does everything wrong that can be done wrong.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

#[path = "../behind/mod.rs"]
mod behind;
mod browser;
mod hostile;
mod logout;
#[path = "../postgres/mod.rs"]
mod postgres;
mod provider;
mod sessions;
mod shared;
