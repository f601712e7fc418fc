//! Failover slates: what viewers see while the encoder is gone.

mod edit;
mod form;
mod list;
mod new;
mod one;

pub(super) use edit::Edit;
pub(super) use list::List;
pub(super) use new::New;
pub(super) use one::One;

use crate::api::{Pages, Query, Scope, query};
use crate::components::badge::Tone;
use crate::shared::resource::{Known, MAKING, NOT_MADE};
use crate::view::prelude::*;
use contract::failover_slate_configuration::{
    FailoverSlateConfigurationState, FailoverSlateConfigurationSummary, GetFailoverSlateConfiguration,
    GetFailoverSlateConfigurationResponse, ListFailoverSlateConfigurations,
};

/// Is it on its way to another state?
const fn moves(state: &FailoverSlateConfigurationState) -> bool {
    matches!(state, FailoverSlateConfigurationState::Creating | FailoverSlateConfigurationState::Updating)
}

/// All of a region, looked at again every minute, and every few seconds while one is being made or changed.
fn slates(scope: Memo<Scope>) -> Query<Pages<FailoverSlateConfigurationSummary>> {
    let all = ListFailoverSlateConfigurations { max_results: Some(100), ..ListFailoverSlateConfigurations::default() };
    let list = query::pages(move || Some((scope.get(), all.clone()))).every(60_000.0);
    list.every_while(3_000.0, move || {
        list.with(|state| state.value().is_some_and(|pages| pages.items.iter().any(|item| moves(&item.state))))
    })
}

/// One of them, in the same way.
fn slate(scope: Memo<Scope>, arn: Memo<Option<String>>) -> Query<GetFailoverSlateConfigurationResponse> {
    let query = query::call(move || Some((scope.get(), GetFailoverSlateConfiguration { arn: arn.get()? }))).every(15_000.0);
    query.every_while(2_000.0, move || {
        query.with(|state| state.value().is_some_and(|reply| moves(&reply.failover_slate_configuration.state)))
    })
}

fn known(reply: &GetFailoverSlateConfigurationResponse) -> Option<Known> {
    let one = &reply.failover_slate_configuration;
    let unready = match &one.state {
        FailoverSlateConfigurationState::Creating => Some(MAKING),
        FailoverSlateConfigurationState::CreateFailed => Some(NOT_MADE),
        // One that is being changed is there all the same.
        FailoverSlateConfigurationState::Created
        | FailoverSlateConfigurationState::Updating
        | FailoverSlateConfigurationState::Unknown(_) => None,
    };
    Some(Known { arn: one.arn.clone(), name: one.name.clone().unwrap_or_default(), tags: one.tags.clone(), unready })
}

/// How far it is.
fn state(state: &FailoverSlateConfigurationState) -> (Tone, String) {
    let tone = match state {
        FailoverSlateConfigurationState::Created => Tone::Good,
        FailoverSlateConfigurationState::CreateFailed => Tone::Bad,
        FailoverSlateConfigurationState::Creating
        | FailoverSlateConfigurationState::Updating
        | FailoverSlateConfigurationState::Unknown(_) => Tone::Plain,
    };
    (tone, state.as_str().to_owned())
}
