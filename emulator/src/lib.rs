//! Amazon IVS in memory: what real clients (the SDKs, the CLI) cannot tell from the service, on all 46 operations.
//!
//! The core is pure: [`Emulator::answer`] takes a request and gives a reply; the clock and the seed of all ids come with
//! [`Settings`], so a test is exact. [`Emulator::router`] and [`serve`] put it on HTTP, with the faults of [`fault`] around
//! it and the control API of [`control`] beside it. Streams come to life through [`Region`]: `go_live`, `starve`, `end`, …
//!
//! What an operation does stands in the file of its noun ([`store::Behave`]); where the real behaviour is unknown, in
//! [`choices`].

mod ad_configuration;
mod broadcast;
mod channel;
mod channel_settings;
pub mod choices;
pub mod clock;
pub mod control;
mod dispatch;
mod emulator;
pub mod encoder;
mod failover_slate_configuration;
pub mod fault;
mod http;
pub mod id;
mod page;
mod playback;
mod playback_key_pair;
mod playback_restriction_policy;
mod rate;
mod recording_configuration;
pub mod scenario;
pub mod seed;
pub mod settings;
mod shelf;
mod sign;
mod sigv4;
pub mod store;
mod stream;
mod stream_key;
mod stream_session;
mod sts;
mod tag;
mod viewer_session;
mod wire;

pub use clock::{Clock, ManualClock, Millis, Steer, SteeredClock, SystemClock};
pub use emulator::{Emulator, View};
pub use encoder::Encoder;
pub use failover_slate_configuration::MadeSlate;
pub use http::{Seen, serve};
pub use id::Ids;
pub use recording_configuration::MadeRecording;
pub use settings::{Delays, Key, Quotas, Rates, Settings};
pub use shelf::Shelf;
pub use store::{Behave, Ctx, Region};
pub use stream::Live;
pub use stream_session::{Event, EventKind, Session};
pub use wire::{Reply, Request};
