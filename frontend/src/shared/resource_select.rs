//! Choosing a resource of IVS by its name, from its own List operation.

use super::arn::called;
use crate::api::{Paged, Pages, Query, Scope, query};
use crate::components::action::{Action, Look, Off, always};
use crate::components::fields::{Choose, SelectField};
use crate::view::prelude::*;
use contract::recording_configuration::DestinationConfiguration;
use serde::Deserialize;

/// What a choice needs to know of a resource, of whichever kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    arn: String,
    name: Option<String>,
    /// Recording configurations have one: where they write to.
    destination_configuration: Option<DestinationConfiguration>,
}

impl Resource {
    /// Its name, or where it has none the last part of its ARN; and what tells it apart.
    fn choice(&self) -> Choose {
        let name = called(self.name.as_deref(), &self.arn);
        let bucket = self.destination_configuration.as_ref().and_then(|destination| destination.s3.as_ref());
        let label = bucket.map_or_else(|| name.to_owned(), |s3| format!("{name} · s3://{}", s3.bucket_name));
        Choose { value: self.arn.clone(), label }
    }
}

/// What there is to choose: a list, still arriving or failed.
#[derive(Clone, Copy)]
pub(crate) struct Offer {
    choices: Signal<Vec<Choose>>,
    loading: Signal<bool>,
    failed: Signal<Option<String>>,
    retry: Callback<()>,
}

impl Offer {
    /// From a list operation whose items have an ARN and a name.
    pub(crate) fn of<R: Paged>(ask: impl Fn() -> Option<(Scope, R)> + 'static) -> Self {
        Self::from(query::pages_of::<R, Resource>(ask))
    }
}

impl From<Query<Pages<Resource>>> for Offer {
    fn from(query: Query<Pages<Resource>>) -> Self {
        let choices = move |pages: &Pages<Resource>| pages.items.iter().map(Resource::choice).collect();
        Self {
            choices: Signal::derive(move || query.with(|state| state.value().map(choices).unwrap_or_default())),
            loading: Signal::derive(move || query.with(|state| state.value().is_none() && state.problem().is_none())),
            failed: Signal::derive(move || {
                query.with(|state| state.problem().map(|problem| format!("{}: {}", problem.title, problem.detail)))
            }),
            retry: Callback::new(move |()| query.refetch()),
        }
    }
}

impl Offer {
    /// The name of the resource of this ARN, once it is known.
    pub(crate) fn name(self, arn: &str) -> Option<String> {
        self.choices.with(|choices| choices.iter().find(|choice| choice.value == arn).map(|choice| choice.label.clone()))
    }
}

/// A select over an offer, with none as its first choice.
#[component]
pub(crate) fn ResourceSelect(
    /// What it is.
    label: &'static str,
    /// The member on IVS's wire.
    path: &'static str,
    /// The ARN that is chosen; `""` for none.
    value: RwSignal<String>,
    /// What choosing none means.
    none: &'static str,
    /// What there is to choose.
    offer: Offer,
    /// What to know before choosing.
    #[prop(default = "")]
    help: &'static str,
    /// Why it is off.
    #[prop(optional, into)]
    off: Option<Off>,
) -> View {
    let choices = Signal::derive(move || {
        let first = if offer.loading.get() { "Loading…" } else { none };
        let mut choices = vec![Choose { value: String::new(), label: first.to_owned() }];
        choices.extend(offer.choices.get());
        choices
    });
    let off = off.unwrap_or_else(always);
    view! {
        <SelectField label=label path=path value=value choices=choices help=help off=off/>
        {move || {
            offer.failed.get().map(|failed| {
                view! {
                    <div class="note warn">
                        <p>{failed}</p>
                        <Action label="List again" look=Look::Quiet on=offer.retry/>
                    </div>
                }
            })
        }}
    }
}
