//! Where the person is: the account and region of what is on the screen.

use super::session;
use crate::api::Scope;
use crate::components::remembered::{recall, remember};
use crate::routes::Page;
use crate::view::prelude::*;
use contract::session::Me;
use leptos_router::hooks::use_location;

const REMEMBERED: &str = "tally.place";

/// The account and region on the screen, and the page.
#[derive(Clone, Copy, Debug)]
struct Place {
    scope: Memo<Scope>,
    page: Memo<Option<Page>>,
}

/// Follows the URL. A page without an account and region leaves those of before.
pub(crate) fn provide() {
    let path = use_location().pathname;
    let page = Memo::new(move |_| Page::parse(&path.get()));
    let scope = Memo::new(move |before: Option<&Scope>| {
        let here = page.with(|page| page.as_ref().and_then(Page::scope).cloned());
        // Not one that is not there: the way out of it must not lead back in.
        let there = |scope: &&Scope| !scope.account.is_empty() && session::me().is_none_or(|me| offered(&me, scope));
        here.or_else(|| before.filter(there).cloned()).or_else(|| session::me().as_ref().and_then(last)).unwrap_or_default()
    });
    effect(move || scope.with(keep));
    provide_context(Place { scope, page });
}

/// The account and region of what is on the screen.
pub(crate) fn scope() -> Memo<Scope> {
    expect_context::<Place>().scope
}

/// The page on the screen; `None` where the URL names none.
pub(crate) fn page() -> Memo<Option<Page>> {
    expect_context::<Place>().page
}

/// The account and region of last time, if they still are to be had; else the first ones.
fn last(me: &Me) -> Option<Scope> {
    let remembered = recall(REMEMBERED);
    let (account, region) = remembered.as_deref().and_then(|text| text.split_once(' ')).unwrap_or_default();
    let scope = Scope { account: account.to_owned(), region: region.to_owned() };
    if offered(me, &scope) {
        return Some(scope);
    }
    me.accounts.first().and_then(|account| Some(Scope { account: account.name.clone(), region: account.regions.first()?.clone() }))
}

/// May the person look there?
pub(crate) fn offered(me: &Me, scope: &Scope) -> bool {
    me.accounts.iter().any(|account| account.name == scope.account && account.regions.contains(&scope.region))
}

fn keep(scope: &Scope) {
    session::look_at(scope);
    if !scope.account.is_empty() {
        remember(REMEMBERED, Some(&format!("{} {}", scope.account, scope.region)));
    }
}
