//! How old what is on the screen is.

use crate::api::oldest_shown;
use crate::shared::clock;
use crate::view::prelude::*;

/// From this age on it says so in another tone, in milliseconds: longer than anything here is polled.
const OLD: f64 = 150_000.0;

#[component]
pub(super) fn Age() -> View {
    let now = clock::now();
    let age = Memo::new(move |_| {
        let now = now.get();
        oldest_shown().map(|oldest| ((now - oldest.at).max(0.0), oldest.failed))
    });
    let words = move || match age.get() {
        Some((_, true)) => "not all up to date".to_owned(),
        Some((age, false)) => in_words(age),
        None => String::new(),
    };
    view! {
        <span
            class="age"
            class:old=move || age.get().is_some_and(|(age, failed)| failed || age > OLD)
            class:unknown=move || age.get().is_none()
            title="The age of the oldest fact on this page"
        >
            {words}
        </span>
    }
}

/// Coarser with age, so that it does not flicker.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an age is small and not negative")]
fn in_words(millis: f64) -> String {
    let seconds = (millis / 1000.0) as u32;
    match seconds {
        0..10 => "updated now".to_owned(),
        10..60 => format!("updated {} s ago", seconds / 10 * 10),
        60..3600 => format!("updated {} min ago", seconds / 60),
        3600.. => format!("updated {} h ago", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn an_age_gets_coarser() {
        assert_eq!(
            [0.0, 9_999.0, 59_999.0, 60_000.0, 7_200_000.0].map(in_words),
            ["updated now", "updated now", "updated 50 s ago", "updated 1 min ago", "updated 2 h ago"]
        );
    }
}
