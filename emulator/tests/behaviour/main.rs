//! What `docs/ivs-behaviour.md` 8 lists, at least a test for each line, named after it: over a real socket with the Rust
//! SDK, or with raw HTTP where the SDK would not say it. Below the lines: signatures and STS.

mod fixture;
#[path = "../../../contract/tests/support/mod.rs"]
mod support;

mod live;
mod recording;
mod resources;
mod signing;
mod sts;
mod tags;
mod wire;
