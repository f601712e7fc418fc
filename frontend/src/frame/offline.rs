//! Says so when the computer has no network: what is on the screen grows old.

use crate::view::prelude::*;
use leptos::ev;

#[component]
pub(super) fn Offline() -> View {
    let offline = RwSignal::new(!window().navigator().on_line());
    let gone = window_event_listener(ev::offline, move |_| offline.set(true));
    let back = window_event_listener(ev::online, move |_| offline.set(false));
    on_cleanup(move || {
        gone.remove();
        back.remove();
    });
    view! {
        <div role="status">
            <Show when=move || offline.get()>
                <p class="panel tone-warn banner">
                    <b>"This computer is offline"</b>
                    "What you see is the last that was known. It is looked at again when the network is back."
                </p>
            </Show>
        </div>
    }
}
