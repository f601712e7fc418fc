//! One failover slate.

use super::{known, slate, slates, state};
use crate::components::badge::badge;
use crate::components::page::card;
use crate::components::properties::{properties, property};
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Shown, Used, detail_page, of_page};
use crate::view::prelude::*;
use contract::failover_slate_configuration::{
    DeleteFailoverSlateConfiguration, FailoverSlateConfiguration, FailoverSlateConfigurationState, UpdateFailoverSlateConfiguration,
};

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
    let used = Used::of(
        shown,
        |arn| DeleteFailoverSlateConfiguration { arn },
        move |arn| {
            list.update(|pages| pages.items.retain(|item| item.arn != arn));
        },
    );

    // View
    let word = Memo::new(move |_| one.with(|one| one.state.clone()));
    let badges = move || {
        let (tone, word) = word.with(state);
        badge(tone, word)
    };
    let actions = move || view! { {used.edit::<UpdateFailoverSlateConfiguration>()} {used.delete()} };
    let failed = move || {
        let failed = word.with(|word| *word == FailoverSlateConfigurationState::CreateFailed);
        failed.then(|| view! { <div class="problem" role="alert"><b>"IVS could not make it"</b><p>"IVS does not say why. It stays as it is: make another one, and delete this one."</p></div> })
    };
    detail_page(shown, badges, actions, move || {
        let main = view! { {configuration(one)} {shown.code_card(one)} };
        view! { {failed} {used.cards(main, View::Nothing, &[])} }
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
