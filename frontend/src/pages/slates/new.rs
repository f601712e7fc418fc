//! Create failover slate.

use super::form::{create, fields, texts};
use super::slates;
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Making, new_page};
use crate::shared::sheet::Plain;
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::view::prelude::*;
use contract::failover_slate_configuration::{CreateFailoverSlateConfigurationResponse, FailoverSlateConfiguration};

/// The form.
#[component]
pub(crate) fn New() -> View {
    let scope = place::scope();
    let list = slates(scope);
    let values = Plain::values::<4>(&texts(&FailoverSlateConfiguration::default()));
    let tags = TagsTyped::for_new();
    let read = move || create(&values.map(|value| value.get()), tags.tags());
    let request = Memo::new(move |_| read().0);
    new_page(Making {
        noun: Noun::Slate,
        scope,
        request,
        untouched: untrack(|| read().0),
        unread: Signal::derive(move || read().1),
        tags,
        named: |request| request.name.as_deref(),
        made: Callback::new(|reply: CreateFailoverSlateConfigurationResponse| Some(reply.failover_slate_configuration.arn)),
        leads: None,
        again: Callback::new(move |()| list.refetch()),
        below: "IVS's interface has no field for its picture.",
        fields: Box::new(move || view! { {fields(values)} <TagEditor tags=tags/> }),
        beside: View::Nothing,
    })
}
