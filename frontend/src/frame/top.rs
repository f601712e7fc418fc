//! The bar on top: where one is, how to find things, how old they are, and who looks.

use super::age::Age;
use super::jobs::Jobs;
use super::palette;
use super::place_switch::PlaceSwitch;
use super::who::Who;
use crate::view::prelude::*;

#[component]
pub(super) fn Top() -> View {
    view! {
        <header class="top">
            <button class="btn quiet small menu-button" type="button" popovertarget="drawer" aria-label="Menu">"☰"</button>
            <a class="brand" href="/" aria-label="Tally, home">
                <span class="tally"></span>
                <span class="brand-name">"Tally"</span>
            </a>
            <PlaceSwitch />
            <button class="search" type="button" aria-keyshortcuts="Control+K Meta+K" on:click=|_| palette::open()>
                <span class="search-words">"Search channels, ARNs, actions…"</span>
                <kbd>{shortcut()}</kbd>
            </button>
            <Jobs />
            <Age />
            <Who />
        </header>
    }
}

/// As this computer's keyboard has it.
pub(super) fn shortcut() -> &'static str {
    let agent = window().navigator().user_agent().unwrap_or_default();
    if agent.contains("Mac") || agent.contains("iPhone") || agent.contains("iPad") { "⌘ K" } else { "Ctrl K" }
}
