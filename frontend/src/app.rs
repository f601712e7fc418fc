//! What is on the screen: the frame, and in it the page of the URL.

use crate::components::guard;
use crate::frame::Frame;
use crate::pages;
use crate::routes::Page;
use crate::shared::{clock, jobs, place, session, toasts};
use crate::view::prelude::*;
use leptos::children::ToChildren;
use leptos::component::{component_props_builder, component_view};
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, LocationProvider};

/// Takes the screen over from the skeleton of `index.html`.
pub(crate) fn start() {
    std::panic::set_hook(Box::new(crashed));
    toasts::provide();
    jobs::provide();
    guard::provide();
    session::ask();
    leptos::mount::mount_to_body(|| show(app()));
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}

/// For as long as the page is open.
fn show(app: View) {
    if let Some(body) = document().body() {
        app.insert(&body, None);
    }
    std::mem::forget(app);
}

/// After a panic nothing of the app works: it says so, instead of standing still.
fn crashed(panic: &std::panic::PanicHookInfo<'_>) {
    leptos::logging::error!("{panic}");
    if let Some(notice) = document().get_element_by_id("crashed") {
        let _shown = notice.remove_attribute("hidden");
    }
}

fn app() -> View {
    clock::provide();
    route();
    place::provide();
    pages::load_ahead();
    view! { <Frame>{page()}</Frame> }
}

/// Leptos's router keeps the URL and the history, and takes links over. Which page a URL is, `Page` alone knows: routes of
/// the router's own would say it a second time.
fn route() {
    let properties = component_props_builder(&Router).children(ToChildren::to_children(|| ())).build();
    let _nothing_to_show = component_view(Router, properties);
    let path = use_location().pathname;
    let browser = expect_context::<BrowserUrl>();
    // A link that was followed gets into the history only now: its page is there.
    effect(move || {
        let _path = path.get();
        browser.ready_to_complete();
    });
}

/// The page of the URL. One stays while only what it is about changes: it follows its own account, region and channel.
fn page() -> View {
    let page = place::page();
    let kind = Memo::new(move |_| page.with(|page| page.as_ref().map(Page::kind)));
    let show = move || {
        let _kind = kind.get();
        page.with_untracked(|page| pages::show(page.as_ref()))
    };
    show.into_view()
}
