//! One ad configuration.

use super::{ad, ads, known, post_roll};
use crate::components::action::{Look, Way};
use crate::components::badge::{Tone, badge};
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::{At, Noun, Page};
use crate::shared::resource::{
    Deletion, Plan, Shown, Users, delete_button, delete_dialog, detail_page, of_page, plan_dialog, used_by_card,
};
use crate::shared::{arn, place, session};
use crate::view::prelude::*;
use contract::ad_configuration::{AdConfiguration, DeleteAdConfiguration, MediaTailorPlaybackConfiguration, UpdateAdConfiguration};

/// What goes with it.
const LOSES: &[(Tone, &str)] = &[(Tone::Bad, "It cannot be brought back under its ARN: another one like it has another ARN.")];

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
    let users = Users::of(Noun::Ads, scope);
    let plan = Plan::of(shown, users, Signal::stored(None));
    let deletion = Deletion::of(
        shown,
        |arn| DeleteAdConfiguration { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn != arn));
        },
    );
    let edit = Signal::derive(move || Page::Resource(scope.get(), Noun::Ads, At::Edit(id.get())).path());
    let off = session::off::<UpdateAdConfiguration>();

    // View
    let actions = move || view! { <Way label="Edit" look=Look::Plain off=off to=edit/> {delete_button(deletion, Some(plan))} };
    detail_page(
        shown,
        || View::Nothing,
        actions,
        move || {
            view! {
                <div class="split">
                    <div class="stack">{configuration(one)}</div>
                    <div class="stack">{used_by_card(scope, users, Memo::new(move |_| shown.arn()))} {shown.tags_card()}</div>
                </div>
                {delete_dialog(deletion, Some(users), LOSES)}
            {plan_dialog(plan)}
            }
        },
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
