//! One ad configuration.

use super::{ad, ads, known, post_roll};
use crate::components::badge::{Tone, badge};
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::Noun;
use crate::shared::resource::{Shown, Used, detail_page, of_page};
use crate::shared::{arn, place};
use crate::view::prelude::*;
use contract::ad_configuration::{AdConfiguration, DeleteAdConfiguration, MediaTailorPlaybackConfiguration, UpdateAdConfiguration};

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Ads, scope);
    let query = ad(scope, arn);
    let one = Memo::new(move |_| query.with(|state| state.value().and_then(|reply| reply.ad_configuration.clone())).unwrap_or_default());
    let shown = Shown::of(Noun::Ads, scope, id, query, known);
    let list = ads(scope);

    // Actions
    let used = Used::of(
        shown,
        |arn| DeleteAdConfiguration { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn != arn));
        },
    );

    // View
    let actions = move || view! { {used.edit::<UpdateAdConfiguration>()} {used.delete()} };
    detail_page(
        shown,
        || View::Nothing,
        actions,
        move || used.cards(view! { {configuration(one)} {shown.code_card(one)} }, View::Nothing, &[]),
    )
}

fn configuration(one: Memo<AdConfiguration>) -> View {
    let tailors = move || {
        let all = one.with(|one| one.media_tailor_playback_configurations.clone());
        let line = |(at, tailor): (usize, MediaTailorPlaybackConfiguration)| {
            let arn = tailor.playback_configuration_arn.unwrap_or_default();
            view! { <li class="row">{arn::arn(&arn)} {(at == 0).then(|| badge(Tone::Plain, "Default"))}</li> }
        };
        view! { <ol class="stack">{all.into_iter().enumerate().map(line).collect::<View>()}</ol> }
    };
    let roll = Memo::new(move |_| one.with(|one| post_roll(one.post_roll_configuration.as_ref())));
    card("Configuration", View::Nothing, properties(vec![property("MediaTailor", tailors), property("Post-roll", roll)]))
}
