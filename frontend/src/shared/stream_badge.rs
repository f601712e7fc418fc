//! What is said of a stream, the same everywhere.

use crate::components::badge::{Tone, badge, none};
use crate::components::locale;
use crate::view::prelude::*;
use contract::stream::StreamHealth;

/// On air or not; a dash where that is not known.
pub(crate) fn state(live: Option<bool>) -> View {
    match live {
        Some(true) => badge(Tone::Live, "LIVE"),
        Some(false) => badge(Tone::Plain, "Offline"),
        None => view! { <span class="faint" role="img" aria-label="Not known" title="Not known">"–"</span> },
    }
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
