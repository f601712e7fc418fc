//! The way to the first stream of a region.

use crate::components::action::{Look, Way};
use crate::components::load::{load, skeleton_lines};
use crate::components::page::{Head, card};
use crate::routes::Page;
use crate::shared::{channels, place, session};
use crate::view::prelude::*;
use contract::channel::CreateChannel;

/// The page: what a channel is, and making one, whose own page leads on. It proposes none that is there: it may be in use.
#[component]
pub(crate) fn Welcome() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());

    // Actions
    let create = Signal::derive(move || Page::NewChannel(scope.get()).path());
    let off = session::off::<CreateChannel>();
    let above = Signal::derive(move || Page::Channels(scope.get()).path());

    // View
    let body = move |channels: usize| {
        let title = if channels == 0 { "Create the first channel" } else { "Create a channel" };
        let body = view! {
            <p>"A channel is where an encoder sends its stream and viewers watch it. It costs nothing until something is sent, and it comes with a stream key."</p>
            <p class="soft">"Its page then leads to the first frame: server and stream key, settings for the encoder, and when the picture arrives."</p>
            <Way label="Create channel" look=Look::Primary off=off to=create/>
        };
        let others = (channels > 0).then(|| {
            view! {
                <p class="soft">
                    "Or send to one that is there: each channel's page has its server, its stream key and the encoder's settings. "
                    <a class="link" href=move || above.get()>"Choose a channel"</a>
                </p>
            }
        });
        view! {
            <div class="stack">
                {card(title, View::Nothing, view! { <div class="stack start">{body}</div> })}
                {others}
            </div>
        }
    };
    view! {
        <Head above=("Channels", above) title=TextProp::from(move || format!("First stream in {}", scope.get().region))/>
        <div class="narrow">
            {load(list, || skeleton_lines(6), move |pages| {
                let count = Memo::new(move |_| pages.with(|pages| pages.items.len()));
                (move || body(count.get())).into_view()
            })}
        </div>
    }
}
