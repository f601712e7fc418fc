//! What can be done with one channel of the list. What asks a question first asks it on the channel's own page, which the
//! question's address leads to.

use super::Several;
use crate::components::action::Off;
use crate::components::table::item;
use crate::routes::{Ask, Page, ask};
use crate::shared::arn::copy_arn;
use crate::shared::session;
use crate::view::prelude::*;
use contract::channel::{DeleteChannel, UpdateChannel};
use contract::stream::StopStream;
use contract::stream_key::DeleteStreamKey;

/// The items, for the channel whose menu is open.
#[component]
pub(crate) fn Menu() -> View {
    let Several { source, menu, .. } = expect_context::<Several>();
    let channel = menu.of.get_untracked().and_then(|index| source.channels.with_untracked(|channels| channels.get(index).cloned()));
    let Some(channel) = channel else { return View::Nothing };
    let scope = source.scope.get_untracked();
    let id = channel.id().to_owned();
    let page = Page::Channel(scope.clone(), id.clone());
    let live = source.streams.with_untracked(|streams| streams.contains_key(channel.arn()));
    let arn = channel.arn().to_owned();
    let copy = Callback::new(move |()| copy_arn(arn.clone()));
    let offline = Signal::derive(move || (!live).then(|| "It is not live.".to_owned()));
    let stop: Off = Signal::derive({
        let role = session::off::<StopStream>();
        move || role.get().or_else(|| offline.get())
    });
    let always = Signal::stored(None);
    let items = view! {
        {item::link("Open", page.path(), always)}
        {item::link("Edit channel", Page::EditChannel(scope, id).path(), session::off::<UpdateChannel>())}
        {item::button("Copy ARN", always, copy)}
        {item::danger("Stop stream…", ask(&page, Ask::Stop), stop)}
        {item::danger("Take off air…", ask(&page, Ask::OffAir), session::off::<DeleteStreamKey>())}
        {item::danger("Reset stream key…", ask(&page, Ask::Reset), session::off::<DeleteStreamKey>())}
        {item::danger("Delete channel…", ask(&page, Ask::Delete), session::off::<DeleteChannel>())}
    };
    menu.shown(channel.called(), items)
}
