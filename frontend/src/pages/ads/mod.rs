//! Ad configurations: which MediaTailor configurations a channel's ads come from.

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
use crate::shared::resource::Known;
use crate::view::prelude::*;
use contract::ad_configuration::{
    AdConfigurationSummary, GetAdConfiguration, GetAdConfigurationResponse, ListAdConfigurations, PostRollConfiguration,
};

/// All of a region.
fn ads(scope: Memo<Scope>) -> Query<Pages<AdConfigurationSummary>> {
    let all = ListAdConfigurations { max_results: Some(100), ..ListAdConfigurations::default() };
    query::pages(move || Some((scope.get(), all.clone()))).every(60_000.0)
}

/// One of them.
fn ad(scope: Memo<Scope>, arn: Memo<Option<String>>) -> Query<GetAdConfigurationResponse> {
    query::call(move || Some((scope.get(), GetAdConfiguration { arn: arn.get()? }))).every(15_000.0)
}

fn known(reply: &GetAdConfigurationResponse) -> Option<Known> {
    let one = reply.ad_configuration.as_ref()?;
    Some(Known { arn: one.arn.clone(), name: one.name.clone().unwrap_or_default(), tags: one.tags.clone(), unready: None })
}

/// What follows a stream.
fn post_roll(given: Option<&PostRollConfiguration>) -> String {
    given.filter(|given| given.enabled).map_or_else(|| "None".to_owned(), |given| format!("{} s", given.duration_seconds))
}
