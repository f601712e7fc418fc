//! Times as people read them: relative, with the exact time and UTC on hover.

use super::{dom, locale};
use crate::view::prelude::*;

/// A time as `3 minutes ago`; hovering says when exactly, here and in UTC.
#[component]
pub(crate) fn Ago(
    /// Milliseconds since 1970.
    #[prop(into)]
    at: Signal<f64>,
    /// The time now, shared by all that shows it.
    now: Signal<f64>,
) -> View {
    // Nobody hovers over what is not painted yet, and the browser takes long to make the formats of a date.
    let late = RwSignal::new(false);
    dom::after_paint(move || late.set(true));
    let exactly = move || format!("{} · {}", locale::date_time(at.get()), locale::utc(at.get()));
    view! {
        <time class="ago" title=move || late.get().then(exactly)>
            {move || locale::ago(at.get(), now.get())}
        </time>
    }
}
