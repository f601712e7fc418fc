//! What is said of a stream, the same everywhere.

use crate::components::badge::{Tone, badge, none};
use crate::components::locale;
use crate::view::prelude::*;
use contract::stream::StreamHealth;

/// On air or not.
pub(crate) fn state(live: bool) -> View {
    if live { badge(Tone::Live, "LIVE") } else { badge(Tone::Plain, "Offline") }
}

/// Whether the encoder sends enough. A value of tomorrow shows as itself.
pub(crate) fn health(health: Option<&StreamHealth>) -> View {
    match health {
        Some(StreamHealth::Healthy) => badge(Tone::Good, "Healthy"),
        Some(StreamHealth::Starving) => badge(Tone::Warn, "Starving"),
        Some(StreamHealth::NotKnown) => badge(Tone::Plain, "Not known"),
        Some(StreamHealth::Unknown(other)) => badge(Tone::Plain, other.clone()),
        None => none(),
    }
}

/// People watching. IVS says -1 when it could not count in time.
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 people watch")]
pub(crate) fn viewers(count: Option<i64>) -> String {
    count.filter(|count| *count >= 0).map_or_else(|| "counting…".to_owned(), |count| locale::number(count as f64))
}
