//! Recording configurations: where broadcasts are kept, and how. IVS makes and deletes them; it changes none.

mod facts;
mod form;
mod list;
mod new;
mod one;
mod paths;
mod replace;
mod typed;

pub(super) use list::List;
pub(super) use new::New;
pub(super) use one::One;

use crate::api::{Pages, Query, Scope, query};
use crate::view::prelude::*;
use contract::recording_configuration::{ListRecordingConfigurations, RecordingConfigurationState, RecordingConfigurationSummary};

/// All of a region, looked at again every minute, and every few seconds while one is being made.
fn recordings(scope: Memo<Scope>) -> Query<Pages<RecordingConfigurationSummary>> {
    let ask = move || Some((scope.get(), ListRecordingConfigurations { max_results: Some(100), ..ListRecordingConfigurations::default() }));
    let list = query::pages(ask).every(60_000.0);
    let creating = |state: &_| *state == RecordingConfigurationState::Creating;
    list.every_while(3_000.0, move || {
        list.with(|state| state.value().is_some_and(|pages| pages.items.iter().any(|item| creating(&item.state))))
    })
}
