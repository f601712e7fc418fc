//! The time, once a second while the tab can be seen: one timer for ages and polling of everything on the screen.

use crate::view::prelude::*;
use leptos::ev;
use std::time::Duration;

/// The time in milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
struct Clock(RwSignal<f64>);

/// Starts the clock of the app. Coming back to the tab is a tick at once, so that what is old is asked for again.
pub(crate) fn provide() {
    let clock = RwSignal::new(js_sys::Date::now());
    let tick = move || {
        if !document().hidden() {
            clock.set(js_sys::Date::now());
        }
    };
    set_interval(tick, Duration::from_secs(1));
    let seen = window_event_listener(ev::visibilitychange, move |_| tick());
    on_cleanup(move || seen.remove());
    provide_context(Clock(clock));
}

/// The time, reactively, in milliseconds since 1970.
pub(crate) fn now() -> Signal<f64> {
    expect_context::<Clock>().0.into()
}
