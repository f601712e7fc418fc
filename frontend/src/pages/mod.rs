//! The pages. Each is a recipe from shared parts: query, columns, actions, view.
//!
//! The list of channels comes with the app itself, since people open it in a hurry; the others come with parts of the app
//! that are loaded when somebody goes there, or is about to.

mod about;
mod channels;
mod home;
mod not_found;
mod setup;
mod welcome;

use crate::components::part::{Part, in_part, part};
use crate::routes::Page;
use crate::view::prelude::*;

in_part! { channel:
    DETAIL = detail or fetch_detail => view! { <channels::Detail/> };
    NEW = new or fetch_new => view! { <channels::New/> };
    WELCOME = welcome or fetch_welcome => view! { <welcome::Welcome/> };
}

in_part! { console:
    SETUP = setup or fetch_setup => view! { <setup::Setup/> };
    ABOUT = about or fetch_about => view! { <about::About/> };
}

/// The part that a page comes with; `None` for those of the app itself.
fn part_of(page: &Page) -> Option<Part> {
    match page {
        Page::Home | Page::Channels(_) => None,
        Page::NewChannel(_) => Some(NEW),
        Page::Channel(..) => Some(DETAIL),
        Page::Welcome(_) => Some(WELCOME),
        Page::Setup => Some(SETUP),
        Page::About => Some(ABOUT),
    }
}

/// A page; `None` for a URL that is none.
pub(crate) fn show(page: Option<&Page>) -> View {
    match page {
        None => view! { <not_found::NotFound/> },
        Some(Page::Home) => view! { <home::Home/> },
        Some(Page::Channels(_)) => view! { <channels::List/> },
        Some(page) => part_of(page).map(part).into_view(),
    }
}

/// Begins to load what a page comes with, as soon as somebody points at a link to it or comes to one with the keyboard.
pub(crate) fn expect_the_next() {
    for event in ["pointerover", "focusin"] {
        let _kept_for_good = window_event_listener_untyped(event, |event| {
            if let Some(part) = linked(&event).as_ref().and_then(part_of) {
                part.expect();
            }
        });
    }
}

/// The page that the link leads to which an event comes from.
fn linked(event: &web_sys::Event) -> Option<Page> {
    use web_sys::wasm_bindgen::JsCast as _;
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    Page::parse(&link.pathname())
}
