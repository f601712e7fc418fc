//! Signing in at a proxy that says in headers who it is, and everything that others may try to say in its place.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

#[path = "../behind/mod.rs"]
mod behind;
mod metrics;
mod spoofs;
mod world;
