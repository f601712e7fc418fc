//! Choosing a resource of IVS by its name, from its own List operation.

use crate::api::{Pages, Query};
use crate::components::action::{Action, Look, Off, always};
use crate::components::fields::{Choose, SelectField};
use crate::components::follow::follow;
use contract::arn::Arn;
use leptos::prelude::*;

/// What a resource is called: its name, or where it has none the last part of its ARN; and what tells it apart.
pub(crate) fn named(arn: &str, name: Option<&String>, beside: Option<&str>) -> Choose {
    let name = name.filter(|name| !name.is_empty()).map_or_else(|| Arn::short(arn), String::as_str);
    let label = beside.map_or_else(|| name.to_owned(), |beside| format!("{name} · {beside}"));
    Choose { value: arn.to_owned(), label }
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
    /// From a list; `choose` names each of its items.
    pub(crate) fn new<T: Clone + Send + Sync + 'static>(query: Query<Pages<T>>, choose: fn(&T) -> Choose) -> Self {
        let choices = move || query.with(|state| state.value().map(|pages| pages.items.iter().map(choose).collect()).unwrap_or_default());
        Self {
            choices: Memo::new(move |_| choices()).into(),
            loading: Signal::derive(move || query.with(|state| state.value().is_none() && state.problem().is_none())),
            failed: Signal::derive(move || {
                query.with(|state| state.problem().map(|problem| format!("{}: {}", problem.title, problem.detail)))
            }),
            retry: Callback::new(move |()| query.refetch()),
        }
    }

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
) -> impl IntoView {
    let choices = Signal::derive(move || {
        let first = if offer.loading.get() { "Loading…" } else { none };
        let mut choices = vec![Choose { value: String::new(), label: first.to_owned() }];
        choices.extend(offer.choices.get());
        choices
    });
    let off = off.unwrap_or_else(always);
    view! {
        <SelectField label=label path=path value=value choices=choices help=help off=off/>
        {follow(move || {
            offer.failed.get().map(|failed| {
                view! {
                    <div class="note warn">
                        <p>{failed}</p>
                        <Action label="List again" look=Look::Quiet on=offer.retry/>
                    </div>
                }
            })
        })}
    }
}
