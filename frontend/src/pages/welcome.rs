//! The first channel, step by step: for a region that has none.

use crate::api::{Pages, query};
use crate::components::action::{Look, Way};
use crate::components::load::{load, skeleton_lines};
use crate::components::page::{Head, card};
use crate::routes::Page;
use crate::shared::arn::called;
use crate::shared::{channels, first_frame, place, session};
use crate::view::prelude::*;
use contract::access::Permission;
use contract::arn::Arn;
use contract::channel::{ChannelSummary, GetChannel};

/// The page: what a channel is, then making one, then its first frame.
#[component]
pub(crate) fn Welcome() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());

    // Actions
    let create = Signal::derive(move || Page::NewChannel(scope.get()).path());
    let off = Signal::derive(|| session::why_not(Permission::Manage).map(ToOwned::to_owned));

    // View
    let start = move || {
        let body = view! {
            <p>"A channel is where an encoder sends its stream and viewers watch it. It costs nothing until something is sent, and it comes with a stream key."</p>
            <Way label="Create channel" look=Look::Primary off=off to=create/>
        };
        card("Create the first channel", View::Nothing, view! { <div class="stack start">{body}</div> })
    };
    view! {
        <Head
            above=("Channels", Signal::derive(move || Page::Channels(scope.get()).path()))
            title=TextProp::from(move || format!("First stream in {}", scope.get().region))
        />
        <div class="narrow">
            {load(list, || skeleton_lines(6), move |pages| {
                let first = Memo::new(move |_| pages.with(first));
                let show = move || match first.get() {
                    Some(arn) => steps(scope, arn),
                    None => start(),
                };
                show.into_view()
            })}
        </div>
    }
}

/// The channel to begin with: the first one of the list.
fn first(channels: &Pages<ChannelSummary>) -> Option<String> {
    channels.items.first()?.arn.clone()
}

fn steps(scope: Memo<crate::api::Scope>, arn: String) -> View {
    let asked = arn.clone();
    let channel = query::call(move || Some((scope.get(), GetChannel { arn: asked.clone() })));
    let live = channels::streams(move || scope.get());
    let on_air = Memo::new(move |_| {
        live.with(|state| state.value().is_some_and(|pages| pages.items.iter().any(|stream| stream.channel_arn.as_ref() == Some(&arn))))
    });
    load(
        channel,
        || skeleton_lines(6),
        move |reply| {
            let channel = Memo::new(move |_| reply.with(|reply| reply.channel.clone().unwrap_or_default()));
            let arn = Memo::new(move |_| channel.with(|channel| channel.arn.clone().unwrap_or_default()));
            let name = move || channel.with(|channel| called(channel.name.as_deref(), &arn.get()).to_owned());
            let page = move || Page::Channel(scope.get(), Arn::short(&arn.get()).to_owned()).path();
            view! {
                <p class="soft">"With the channel " <a class="link" href=page>{name}</a> ", the first of the list."</p>
                {first_frame::steps(scope, channel.into(), on_air.into())}
            }
        },
    )
}
