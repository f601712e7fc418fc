//! Calling IVS.

pub mod wire;
