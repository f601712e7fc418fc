//! What `docs/ivs-behaviour.md` 8 lists, at least a test for each line, named after it: over a real socket with the Rust
//! SDK, or with raw HTTP where the SDK would not say it. Below the lines: signatures, STS, faults, scenarios
//! and the demo's account.

mod fixture;
#[path = "../../../contract/tests/support/mod.rs"]
mod support;

mod faults;
mod live;
mod playback;
mod recording;
mod resources;
mod scenarios;
mod seed;
mod signing;
mod sts;
mod tags;
mod wire;
