//! What is on the screen: the frame, and in it the page of the URL.

use crate::components::guard;
use crate::frame::Frame;
use crate::pages::{about, channels, home, not_found, setup, welcome};
use crate::shared::{clock, place, session, toasts};
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::path;

/// Takes the screen over from the skeleton of `index.html`.
pub(crate) fn start() {
    std::panic::set_hook(Box::new(crashed));
    toasts::provide();
    guard::provide();
    session::ask();
    mount_to_body(App);
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}

/// After a panic nothing of the app works: it says so, instead of standing still.
fn crashed(panic: &std::panic::PanicHookInfo<'_>) {
    leptos::logging::error!("{panic}");
    if let Some(notice) = document().get_element_by_id("crashed") {
        let _shown = notice.remove_attribute("hidden");
    }
}

#[component]
fn App() -> impl IntoView {
    clock::provide();
    view! {
        <Router>
            <Placed />
        </Router>
    }
}

/// What needs the router around it.
#[component]
fn Placed() -> impl IntoView {
    place::provide();
    view! {
        <Frame>
            <FlatRoutes fallback=not_found::NotFound>
                <Route path=path!("/") view=home::Home />
                <Route path=path!("/setup") view=setup::Setup />
                <Route path=path!("/about") view=about::About />
                <Route path=path!("/:account/:region/welcome") view=welcome::Welcome />
                <Route path=path!("/:account/:region/channels") view=channels::List />
                <Route path=path!("/:account/:region/channels/new") view=channels::New />
                <Route path=path!("/:account/:region/channels/:id") view=channels::Detail />
            </FlatRoutes>
        </Frame>
    }
}
