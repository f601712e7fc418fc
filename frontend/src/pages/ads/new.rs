//! Create ad configuration.

use super::ads;
use super::form::{create, fields, texts};
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{PlainNew, plain_new};
use crate::view::prelude::*;
use contract::ad_configuration::AdConfiguration;

/// The form.
#[component]
pub(crate) fn New() -> View {
    let list = ads(place::scope());
    plain_new(PlainNew {
        noun: Noun::Ads,
        texts: texts(&AdConfiguration::default()),
        create,
        named: |request| request.name.as_deref(),
        made: |reply| Some(reply.ad_configuration.arn),
        again: Callback::new(move |()| list.refetch()),
        below: "The MediaTailor playback configurations that it names must be there already, with the beginning of your playback URLs, to live-video.net/, as their content source.",
        fields,
    })
}
