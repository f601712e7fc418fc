//! One playback restriction policy.

use super::{known, policies, policy};
use crate::components::badge::tag;
use crate::components::locale;
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::Noun;
use crate::shared::on_air::OnAir;
use crate::shared::resource::{Shown, Used, Users, detail_page, of_page};
use crate::shared::{channels, place};
use crate::view::prelude::*;
use contract::channel::ChannelSummary;
use contract::playback_restriction_policy::{DeletePlaybackRestrictionPolicy, PlaybackRestrictionPolicy, UpdatePlaybackRestrictionPolicy};

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Policy, scope);
    let query = policy(scope, arn);
    let one = Memo::new(move |_| {
        query.with(|state| state.value().and_then(|reply| reply.playback_restriction_policy.clone())).unwrap_or_default()
    });
    let shown = Shown::of(Noun::Policy, scope, id, query, known);
    let list = policies(scope);

    // Actions
    let used = Used::of(
        shown,
        |arn| DeletePlaybackRestrictionPolicy { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn != arn));
        },
    );

    // View
    let actions = move || view! { {used.edit::<UpdatePlaybackRestrictionPolicy>()} {used.delete()} };
    detail_page(
        shown,
        || View::Nothing,
        actions,
        move || {
            let main = view! { {notes(shown)} {configuration(one)} {shown.code_card(one)} };
            used.cards(main, View::Nothing, &[])
        },
    )
}

fn configuration(one: Memo<PlaybackRestrictionPolicy>) -> View {
    let countries = move || {
        let codes = one.with(|one| one.allowed_countries.clone());
        if codes.is_empty() {
            return "All: an empty list allows every country".into_view();
        }
        let chip = |(code, name): (&String, String)| tag(code, &name);
        view! { <div class="tags">{codes.iter().zip(locale::countries(&codes)).map(chip).collect::<View>()}</div> }
    };
    let origins = move || {
        let origins = one.with(|one| one.allowed_origins.clone());
        if origins.is_empty() {
            return "All: an empty list allows every web page".into_view();
        }
        view! { <ul>{origins.into_iter().map(|origin| view! { <li><code>{origin}</code></li> }).collect::<View>()}</ul> }
    };
    let strict = Memo::new(move |_| {
        let strict = one.with(|one| one.enable_strict_origin_enforcement == Some(true));
        if strict { "On: with every playlist and segment" } else { "Off: with the first playlist alone, when playback starts" }.to_owned()
    });
    let list = vec![property("Countries", countries), property("Origins", origins), property("Strict origin enforcement", strict)];
    card("Configuration", View::Nothing, properties(list))
}

/// Where it has no effect, or not yet.
pub(super) fn notes(shown: Shown) -> View {
    let (scope, users) = (shown.scope, Users::of(Noun::Policy, shown.scope));
    let live = channels::streams(move || scope.get());
    let counts = Memo::new(move |_| {
        let channels = users.channels(&shown.arn());
        let private = channels.iter().filter(|channel| channel.authorized == Some(true)).count();
        let on_air = live.with(|state| {
            let on_air = |channel: &&ChannelSummary| OnAir::of(state, channel.arn.as_deref().unwrap_or_default()).known() == Some(true);
            channels.iter().filter(|channel| channel.authorized != Some(true)).filter(on_air).count()
        });
        (private, on_air)
    });
    let channels = |many: usize| locale::counted(many, "channel", "channels");
    let said = move || {
        let (private, on_air) = counts.get();
        view! {
            {(private > 0).then(|| view! { <p class="note warn">{channels(private)} " that it is on " {if private == 1 { "is" } else { "are" }} " private: IVS ignores it there, and the viewer's token decides."</p> })}
            {(on_air > 0).then(|| view! { <p class="note">{channels(on_air)} " with it " {if on_air == 1 { "is" } else { "are" }} " live: what is changed here reaches a stream only when it starts again."</p> })}
        }
    };
    said.into_view()
}
