//! The console as a whole, on the emulator: who may what, what becomes of a change whose answer is lost, that no secret
//! leaves but by the reveal route, and that no input makes it fail.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod access;
mod input;
mod jobs;
mod lost;
mod metrics;
mod secrets;
mod seen;
mod support;
mod turns;
mod unknown;
mod unwritable;
mod upstream;
