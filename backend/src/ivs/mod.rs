//! Calling IVS.

mod classify;
pub mod client;
pub mod wire;

mod ad_configuration;
mod channel;
mod failover_slate_configuration;
mod playback_key_pair;
mod playback_restriction_policy;
mod recording_configuration;
mod stream;
mod stream_key;
mod stream_session;
mod tag;
mod viewer_session;
