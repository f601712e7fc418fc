//! Create ad configuration.

use super::ads;
use super::form::{create, fields, texts};
use crate::routes::Noun;
use crate::shared::place;
use crate::shared::resource::{Making, new_page};
use crate::shared::sheet::Plain;
use crate::shared::tag_editor::{TagEditor, TagsTyped};
use crate::view::prelude::*;
use contract::ad_configuration::{AdConfiguration, CreateAdConfigurationResponse};

/// The form.
#[component]
pub(crate) fn New() -> View {
    let scope = place::scope();
    let list = ads(scope);
    let values = Plain::values::<5>(&texts(&AdConfiguration::default()));
    let tags = TagsTyped::for_new();
    let read = move || create(&values.map(|value| value.get()), tags.tags());
    let request = Memo::new(move |_| read().0);
    new_page(Making {
        noun: Noun::Ads,
        scope,
        request,
        untouched: untrack(|| read().0),
        unread: Signal::derive(move || read().1),
        tags,
        named: |request| request.name.as_deref(),
        made: Callback::new(|reply: CreateAdConfigurationResponse| Some(reply.ad_configuration.arn)),
        leads: None,
        again: Callback::new(move |()| list.refetch()),
        below: "The MediaTailor playback configurations that it names must be there already, with the beginning of your playback URLs, to live-video.net/, as their content source.",
        fields: Box::new(move || view! { {fields(values)} <TagEditor tags=tags/> }),
        beside: View::Nothing,
    })
}
