//! The channel that a URL is about.

use crate::api::{Pages, Query, Scope};
use crate::routes::Page;
use crate::shared::{channels, place, session};
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
use contract::channel::ChannelSummary;

/// Its id, and its ARN once that is known.
pub(super) fn of_page(scope: Memo<Scope>) -> (Memo<String>, Memo<Option<String>>) {
    let here = place::page();
    // On the way to another page this one is still there for a moment.
    let id = Memo::new(move |before: Option<&String>| {
        here.with(|page| page.as_ref().and_then(Page::channel).map(ToOwned::to_owned)).or_else(|| before.cloned()).unwrap_or_default()
    });
    let list = channels::channels(move || scope.get());
    let arn = Memo::new(move |_| of_account(&scope.get(), &id.get()).or_else(|| in_list(list, &id.get())));
    (id, arn)
}

/// The ARN of a channel of the configured account, once its digits are known.
fn of_account(scope: &Scope, id: &str) -> Option<String> {
    let me = session::me()?;
    let account = me.accounts.into_iter().find(|account| account.name == scope.account)?.id?;
    Some(Arn { region: scope.region.clone(), account, resource: Resource::Channel, id: id.to_owned() }.to_string())
}

/// The same where the account's digits are not known yet: some channel of the list has this id.
fn in_list(list: Query<Pages<ChannelSummary>>, id: &str) -> Option<String> {
    list.with(|state| state.value()?.items.iter().filter_map(|channel| channel.arn.clone()).find(|arn| Arn::short(arn) == id))
}
