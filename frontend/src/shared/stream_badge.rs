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

/// People watching. IVS says -1 when it could not count in time, and counts again for who asks again.
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 people watch")]
pub(crate) fn viewers(count: Option<i64>) -> String {
    count.filter(|count| *count >= 0).map_or_else(|| "unknown".to_owned(), |count| locale::number(count as f64))
}

/// The same in a sentence: `2,418 viewers`.
pub(crate) fn watching(count: Option<i64>) -> String {
    match count {
        Some(1) => "1 viewer".to_owned(),
        Some(0..) => format!("{} viewers", viewers(count)),
        Some(_) | None => "an unknown number of viewers".to_owned(),
    }
}
