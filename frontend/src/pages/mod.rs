//! The pages. Each is a recipe from shared parts: query, columns, actions, view.
//!
//! The list of channels comes with the app itself, since people open it in a hurry; the others come with parts of the app
//! that are loaded when somebody goes there, or is about to.

mod about;
mod ads;
mod channels;
mod home;
mod jobs;
mod journal;
mod not_found;
mod playback_keys;
mod policies;
mod recordings;
mod sessions;
mod setup;
mod signed_in;
mod slates;
mod streams;
mod tags;
mod tokens;
mod viewers;
mod welcome;

use crate::components::part::{Part, in_part, part};
use crate::routes::{At, Noun, Page};
use crate::shared::place;
use crate::view::prelude::*;

in_part! { channel:
    DETAIL = detail or fetch_detail => view! { <channels::Detail/> };
    NEW = new or fetch_new => view! { <channels::New/> };
    EDIT = edit or fetch_edit => view! { <channels::Edit/> };
    STREAM_KEYS = stream_keys or fetch_stream_keys => view! { <channels::StreamKeys/> };
    TAGS = tags or fetch_tags => view! { <tags::Tags/> };
    WELCOME = welcome or fetch_welcome => view! { <welcome::Welcome/> };
}

in_part! { configure:
    CONFIGURE = configure or fetch_configure => configured();
    TOKENS = tokens or fetch_tokens => view! { <tokens::Tokens/> };
    PROVISION = provision or fetch_provision => view! { <channels::Provision/> };
}

in_part! { broadcast:
    STREAMS = streams or fetch_streams => view! { <streams::List/> };
    VIEWERS = viewers or fetch_viewers => view! { <viewers::Viewers/> };
    SESSIONS = sessions or fetch_sessions => view! { <sessions::List/> };
    SESSION = session or fetch_session => view! { <sessions::One/> };
}

in_part! { console:
    SETUP = setup or fetch_setup => view! { <setup::Setup/> };
    JOBS = jobs or fetch_jobs => view! { <jobs::List/> };
    JOB = job or fetch_job => view! { <jobs::One/> };
    NOT_FOUND = not_found or fetch_not_found => view! { <not_found::NotFound/> };
    JOURNAL = journal or fetch_journal => view! { <journal::Journal/> };
    SIGNED_IN = signed_in or fetch_signed_in => view! { <signed_in::SignedIn/> };
    ABOUT = about or fetch_about => view! { <about::About/> };
}

/// What a page comes with.
enum With {
    /// The app itself.
    App(fn() -> View),
    /// A part of it.
    Part(Part),
}

fn with(page: &Page) -> With {
    match page {
        Page::Home => With::App(|| view! { <home::Home/> }),
        Page::Channels(_) => With::App(|| view! { <channels::List/> }),
        Page::NewChannel(_) => With::Part(NEW),
        Page::Provision(_) => With::Part(PROVISION),
        Page::Channel(..) => With::Part(DETAIL),
        Page::EditChannel(..) => With::Part(EDIT),
        Page::Welcome(_) => With::Part(WELCOME),
        Page::StreamKeys(_) => With::Part(STREAM_KEYS),
        Page::Streams(_) => With::Part(STREAMS),
        Page::Viewers(_) => With::Part(VIEWERS),
        Page::Sessions(_) => With::Part(SESSIONS),
        Page::Session(..) => With::Part(SESSION),
        Page::Resource(..) => With::Part(CONFIGURE),
        Page::Tokens(_) => With::Part(TOKENS),
        Page::Jobs => With::Part(JOBS),
        Page::Job(_) => With::Part(JOB),
        Page::Tags => With::Part(TAGS),
        Page::Setup => With::Part(SETUP),
        Page::About => With::Part(ABOUT),
        Page::SignIn => With::App(|| view! { <home::Home/> }),
        Page::Journal => With::Part(JOURNAL),
        Page::SignedIn => With::Part(SIGNED_IN),
    }
}

/// The page of the URL, where that is about what channels are configured with.
fn configured() -> View {
    let Some(Page::Resource(_, noun, at)) = place::page().get_untracked() else { return View::Nothing };
    match (noun, at) {
        (Noun::Recording, At::List) => view! { <recordings::List/> },
        (Noun::Recording, At::New) => view! { <recordings::New/> },
        (Noun::Recording, At::One(_)) => view! { <recordings::One/> },
        (Noun::Policy, At::List) => view! { <policies::List/> },
        (Noun::Policy, At::New) => view! { <policies::New/> },
        (Noun::Policy, At::One(_)) => view! { <policies::One/> },
        (Noun::Policy, At::Edit(_)) => view! { <policies::Edit/> },
        (Noun::Ads, At::List) => view! { <ads::List/> },
        (Noun::Ads, At::New) => view! { <ads::New/> },
        (Noun::Ads, At::One(_)) => view! { <ads::One/> },
        (Noun::Ads, At::Edit(_)) => view! { <ads::Edit/> },
        (Noun::Slate, At::List) => view! { <slates::List/> },
        (Noun::Slate, At::New) => view! { <slates::New/> },
        (Noun::Slate, At::One(_)) => view! { <slates::One/> },
        (Noun::Slate, At::Edit(_)) => view! { <slates::Edit/> },
        (Noun::PlaybackKey, At::List) => view! { <playback_keys::List/> },
        (Noun::PlaybackKey, At::New) => view! { <playback_keys::New/> },
        (Noun::PlaybackKey, At::One(_)) => view! { <playback_keys::One/> },
        // IVS changes none of these.
        (Noun::Recording | Noun::PlaybackKey, At::Edit(_)) => view! { <not_found::NotFound/> },
    }
}

/// A page; `None` for a URL that is none.
pub(crate) fn show(page: Option<&Page>) -> View {
    match page.map(with) {
        None => part(NOT_FOUND),
        Some(With::App(make)) => make(),
        Some(With::Part(coming)) => part(coming),
    }
}

/// Begins to load what a page comes with, as soon as somebody points at a link to it or comes to one with the keyboard.
pub(crate) fn load_ahead() {
    for event in ["pointerover", "focusin"] {
        let _kept_for_good = window_event_listener_untyped(event, |event| {
            if let Some(With::Part(part)) = linked(&event).as_ref().map(with) {
                part.begin();
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
