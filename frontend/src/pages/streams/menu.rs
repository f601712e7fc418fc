//! What can be done with one stream of the list. What asks first asks on the channel's own page.

use super::Live;
use crate::components::action::{Off, always};
use crate::components::table::item;
use crate::routes::{Ask, Page, ask};
use crate::shared::arn::copy_arn;
use crate::shared::session;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::stream::{InsertAdBreak, PutMetadata, StopStream};
use contract::stream_key::DeleteStreamKey;

/// The items, for the row whose menu is open.
#[component]
pub(super) fn Menu() -> View {
    let Live { source, menu } = expect_context::<Live>();
    let row = menu.of.get_untracked().and_then(|index| source.rows.with_untracked(|rows| rows.get(index).cloned()));
    let Some(row) = row else { return View::Nothing };
    let page = Page::Channel(source.scope.get_untracked(), Arn::short(row.arn()).to_owned());
    // Of a channel that is not listed yet its own page says it.
    let without = row.channel.as_ref().is_some_and(|channel| channel.ad_configuration_arn.as_deref().unwrap_or_default().is_empty());
    let role = session::off::<InsertAdBreak>();
    let ads: Off = Signal::derive(move || role.get().or_else(|| without.then(|| "The channel has no ad configuration.".to_owned())));
    let arn = row.arn().to_owned();
    let items = view! {
        {item::link("Open channel", page.path(), always())}
        {item::link("Put metadata…", ask(&page, Ask::Metadata), session::off::<PutMetadata>())}
        {item::link("Insert ad break…", ask(&page, Ask::AdBreak), ads)}
        {item::button("Copy channel ARN", always(), Callback::new(move |()| copy_arn(arn.clone())))}
        {item::danger("Stop stream…", ask(&page, Ask::Stop), session::off::<StopStream>())}
        {item::danger("Take off air…", ask(&page, Ask::OffAir), session::off::<DeleteStreamKey>())}
    };
    menu.shown(row.called().to_owned(), items)
}
