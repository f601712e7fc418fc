//! Signing in at a proxy that signs what it says of somebody, and everything that is no such token.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

#[expect(dead_code, reason = "others who share it use all of it")]
#[path = "../behind/mod.rs"]
mod behind;
mod lies;
mod presets;
mod signer;
mod world;
