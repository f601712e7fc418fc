//! Several consoles on one database: they write one journal, hold resources and jobs against each other, share what they may ask of
//! IVS, and each is there without the others.

#![expect(clippy::unwrap_used, reason = "helpers of tests, too, say where they failed")]

mod between;
mod builds;
mod commands;
mod gone;
mod pair;
#[path = "../postgres/mod.rs"]
mod postgres;
mod rights;
#[expect(dead_code, reason = "some of it is of a console alone")]
#[path = "../console/support.rs"]
mod support;
mod together;
mod work;
