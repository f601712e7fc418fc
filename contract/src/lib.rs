//! What Amazon IVS says, and what Tally says on top of it: the types that cross from the browser to the backend and
//! from the backend to IVS. Serde and nothing else, for the host and for wasm32.
//!
//! Start at [`operation`]: the table of all 46 operations. One file per noun holds their requests and replies; [`own`]
//! is the second, small table, of the routes that are ours.

pub mod access;
pub mod arn;
pub mod call;
pub mod constraint;
mod empty;
pub mod error;
pub mod job;
pub mod journal;
mod open;
pub mod operation;
pub mod origin;
pub mod own;
#[cfg(feature = "parse")]
pub mod parse;
pub mod public_key;
pub mod region;
pub mod secret;
pub mod session;
pub mod setup;
mod task;
pub mod time;
mod unicode;

pub mod ad_configuration;
pub mod channel;
pub mod failover_slate_configuration;
pub mod playback_key_pair;
pub mod playback_restriction_policy;
pub mod playback_token;
pub mod recording_configuration;
pub mod stream;
pub mod stream_key;
pub mod stream_session;
pub mod tag;
pub mod viewer_session;

pub use constraint::{Check, FieldError, FieldErrors};
pub use empty::Empty;
pub use error::{ApiError, Code};
pub use open::Open;
pub use operation::{Call, Effect, Operation};
pub use secret::Secret;
