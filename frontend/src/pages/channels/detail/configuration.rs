//! What the channel is made of, its connections by name.

use super::Shown;
use crate::api::Scope;
use crate::components::properties::{properties, property};
use crate::components::{action, page};
use crate::routes::{At, Noun, Page, of_channel};
use crate::shared::resource_select::Offer;
use crate::shared::{arn, resources, session, words};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::{Channel, MultitrackInputConfiguration, UpdateChannel};

pub(super) fn card(shown: Shown) -> View {
    let read = move |read: fn(&Channel) -> String| Memo::new(move |_| shown.channel.with(read));
    let recording = read(|channel| channel.recording_configuration_arn.clone().unwrap_or_default());
    let policy = read(|channel| channel.playback_restriction_policy_arn.clone().unwrap_or_default());
    let ads = read(|channel| channel.ad_configuration_arn.clone().unwrap_or_default());
    let slate = read(|channel| channel.failover_slate_configuration_arn.clone().unwrap_or_default());
    let scope = shown.scope;
    let there = |arn: Memo<String>| move || arn.with(|arn| !arn.is_empty());
    let list = vec![
        property("Type", read(kind)),
        property("Latency", read(|channel| channel.latency_mode.as_ref().map(words::latency).unwrap_or_default())),
        property("Playback", view! { {read(playback)} {of_private(shown)} }),
        property(
            "Restriction policy",
            connected(scope, Noun::Policy, policy, resources::playback_restriction_policies(scope, there(policy)), "None"),
        ),
        property(
            "Recording",
            connected(scope, Noun::Recording, recording, resources::recording_configurations(scope, there(recording)), "Not recorded"),
        ),
        property("Container", read(|channel| channel.container_format.as_ref().map(ToString::to_string).unwrap_or_default())),
        property("Multitrack input", read(|channel| multitrack(channel.multitrack_input_configuration.as_ref()))),
        property("Insecure ingest", read(|channel| if channel.insecure_ingest == Some(true) { "Allowed" } else { "Refused" }.to_owned())),
        property("Ads", connected(scope, Noun::Ads, ads, resources::ad_configurations(scope, there(ads)), "None")),
        property(
            "Failover slate",
            connected(scope, Noun::Slate, slate, resources::failover_slate_configurations(scope, there(slate)), "None"),
        ),
    ];
    let edit = Signal::derive(move || Page::EditChannel(shown.scope.get(), Arn::short(&shown.arn()).to_owned()).path());
    let off = session::off::<UpdateChannel>();
    let way = view! { <action::Way label="Edit" look=action::Look::Quiet off=off to=edit/> };
    page::card("Configuration", way, properties(list))
}

fn kind(channel: &Channel) -> String {
    let kind = channel.kind.as_ref().map(ToString::to_string).unwrap_or_default();
    let preset = channel.preset.as_ref().map(words::preset).filter(|preset| !preset.is_empty());
    preset.map_or_else(|| kind.clone(), |preset| format!("{kind} · {preset}"))
}

fn playback(channel: &Channel) -> String {
    let (word, means) = words::playback(channel.authorized, channel.playback_restriction_policy_arn.as_deref());
    format!("{word}: {means}")
}

/// Where a private channel's tokens are made, and its viewers disconnected.
fn of_private(shown: Shown) -> View {
    let private = Memo::new(move |_| shown.channel.with(|channel| channel.authorized == Some(true)));
    let way = move |page: fn(Scope) -> Page, label: &'static str| {
        let to = move || of_channel(&page(shown.scope.get()), Arn::short(&shown.arn()));
        view! { <a class="link" href=to>{label}</a> }
    };
    (move || private.get().then(|| view! { {way(Page::Tokens, "Token studio")} {way(Page::Viewers, "Viewer sessions")} })).into_view()
}

fn multitrack(configuration: Option<&MultitrackInputConfiguration>) -> String {
    let Some(on) = configuration.filter(|configuration| configuration.enabled == Some(true)) else { return "Off".to_owned() };
    let policy = on.policy.as_ref().map(ToString::to_string).unwrap_or_default();
    let most = on.maximum_resolution.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{policy} · up to {most}")
}

/// What it is connected with: its page, by the name once that is known, and always the ARN to copy.
fn connected(scope: Memo<Scope>, noun: Noun, arn: Memo<String>, offer: Offer, none: &'static str) -> View {
    let show = move || {
        let text = arn.get();
        if text.is_empty() {
            return none.into_view();
        }
        let to = Page::Resource(scope.get(), noun, At::One(Arn::short(&text).to_owned())).path();
        view! {
            {offer.name(&text).map(|name| view! { <a class="link" href=to>{name}</a> })}
            <span class="faint">{arn::arn(&text)}</span>
        }
    };
    show.into_view()
}
