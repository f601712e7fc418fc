//! Create failover slate.

use super::form::{create, fields, texts};
use super::slates;
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{PlainNew, plain_new};
use crate::view::prelude::*;
use contract::failover_slate_configuration::FailoverSlateConfiguration;

/// The form.
#[component]
pub(crate) fn New() -> View {
    let list = slates(place::scope());
    plain_new(PlainNew {
        noun: Noun::Slate,
        texts: texts(&FailoverSlateConfiguration::default()),
        create,
        named: |request| request.name.as_deref(),
        made: |reply| Some(reply.failover_slate_configuration.arn),
        again: Callback::new(move |()| list.refetch()),
        below: "IVS's interface has no field for its picture.",
        fields,
    })
}
