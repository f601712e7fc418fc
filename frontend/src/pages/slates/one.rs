//! One failover slate.

use super::{known, slate, slates, state};
use crate::components::action::{Look, Way};
use crate::components::badge::{Tone, badge};
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::{At, Noun, Page};
use crate::shared::resource::{
    Deletion, Plan, Shown, Users, delete_button, delete_dialog, detail_page, of_page, plan_dialog, used_by_card,
};
use crate::shared::{place, session};
use crate::view::prelude::*;
use contract::failover_slate_configuration::{
    DeleteFailoverSlateConfiguration, FailoverSlateConfiguration, FailoverSlateConfigurationState, UpdateFailoverSlateConfiguration,
};

/// What goes with it.
const LOSES: &[(Tone, &str)] = &[(Tone::Bad, "It cannot be brought back under its ARN: another one like it has another ARN.")];

/// The page.
#[component]
pub(crate) fn One() -> View {
    // Query
    let scope = place::scope();
    let (id, arn) = of_page(Noun::Slate, scope);
    let query = slate(scope, arn);
    let one =
        Memo::new(move |_| query.with(|state| state.value().map(|reply| reply.failover_slate_configuration.clone())).unwrap_or_default());
    let shown = Shown::of(Noun::Slate, scope, id, query, known);
    let list = slates(scope);

    // Actions
    let users = Users::of(Noun::Slate, scope);
    let plan = Plan::of(shown, users, Signal::stored(None));
    let deletion = Deletion::of(
        shown,
        |arn| DeleteFailoverSlateConfiguration { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn != arn));
        },
    );
    let edit = Signal::derive(move || Page::Resource(scope.get(), Noun::Slate, At::Edit(id.get())).path());
    let off = session::off::<UpdateFailoverSlateConfiguration>();

    // View
    let word = Memo::new(move |_| one.with(|one| one.state.clone()));
    let badges = move || {
        let (tone, word) = word.with(state);
        badge(tone, word)
    };
    let actions = move || view! { <Way label="Edit" look=Look::Plain off=off to=edit/> {delete_button(deletion, Some(plan))} };
    let failed = move || {
        let failed = word.with(|word| *word == FailoverSlateConfigurationState::CreateFailed);
        failed.then(|| view! { <div class="problem" role="alert"><b>"IVS could not make it"</b><p>"IVS does not say why. It stays as it is: make another one, and delete this one."</p></div> })
    };
    detail_page(shown, badges, actions, move || {
        view! {
            {failed}
            <div class="split">
                <div class="stack">{configuration(one)}</div>
                <div class="stack">{used_by_card(scope, users, Memo::new(move |_| shown.arn()))} {shown.tags_card()}</div>
            </div>
            {delete_dialog(deletion, Some(users), LOSES)}
            {plan_dialog(plan)}
        }
    })
}

fn configuration(one: Memo<FailoverSlateConfiguration>) -> View {
    let read = move |read: fn(&FailoverSlateConfiguration) -> String| Memo::new(move |_| one.with(read));
    let list = vec![
        property(
            "Shown",
            read(|one| format!("once nothing has come from the encoder for {} s", one.activation_threshold_seconds.unwrap_or(3))),
        ),
        property("For at least", read(|one| format!("{} s", one.min_slate_display_seconds.unwrap_or(3)))),
        property("For at most", read(|one| format!("{} s", one.max_slate_display_seconds.unwrap_or(60)))),
    ];
    card("Configuration", View::Nothing, properties(list))
}
