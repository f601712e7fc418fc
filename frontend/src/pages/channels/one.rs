//! The channel that a URL is about.

use crate::api::Scope;
use crate::routes::Page;
use crate::shared::{channels, place};
use crate::view::prelude::*;

/// Its id, and its ARN once that is known.
pub(super) fn of_page(scope: Memo<Scope>) -> (Memo<String>, Memo<Option<String>>) {
    let here = place::page();
    // On the way to another page this one is still there for a moment.
    let id = Memo::new(move |before: Option<&String>| {
        here.with(|page| page.as_ref().and_then(Page::channel).map(ToOwned::to_owned)).or_else(|| before.cloned()).unwrap_or_default()
    });
    (id, channels::arn(scope, id))
}
