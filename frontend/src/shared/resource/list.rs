//! The list of one kind: all of a region.

use super::listed::{self, Found, LookedUp, Source};
use super::used_by::Users;
use super::{many_of, one_of, purpose};
use crate::api::Scope;
use crate::components::action::{Look, Off, Way};
use crate::components::load::{Stage, failure, stage};
use crate::components::page::Head;
use crate::components::table::{Table, TableState, Usual};
use crate::routes::{At, Noun, Page};
use crate::shared::export::{Export, panel};
use crate::view::prelude::*;
use contract::arn::Arn;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What a list needs to be told.
pub(crate) struct ListPage {
    pub(crate) noun: Noun,
    pub(crate) scope: Memo<Scope>,
    /// Its columns.
    pub(crate) usual: Usual,
    /// What was found.
    pub(crate) found: Found,
    /// The columns of the file that it can be saved as: members of what IVS lists, by their paths.
    pub(crate) head: &'static str,
    /// Why there can be no other.
    pub(crate) off: Off,
    /// What they are for, in a sentence: said where there are none.
    pub(crate) what_for: &'static str,
    /// Above the table.
    pub(crate) above: View,
    /// What is looked up for each row by itself, by its ARN: the column `looked-up`.
    pub(crate) looked_up: Option<LookedUp>,
    /// What can be typed into the filter.
    pub(crate) example: &'static str,
}

/// The page.
pub(crate) fn page(list: ListPage) -> View {
    let ListPage { noun, scope, usual, found, head, off, what_for, above, looked_up, example } = list;
    let Found { query, rows, complete, member, row } = found;
    let source = Source { scope, noun, rows, users: Users::of(noun, scope), looked_up };
    let navigate = use_navigate();
    let open = Callback::new(move |index: usize| {
        let id = rows.with_untracked(|rows| rows.get(index).map(|row| Arn::short(&row.arn).to_owned()));
        if let Some(id) = id {
            navigate(&Page::Resource(scope.get_untracked(), noun, At::One(id)).path(), NavigateOptions::default());
        }
    });
    let create = move || purpose(noun).label();
    let to = Signal::derive(move || Page::Resource(scope.get(), noun, At::New).path());
    let listed = stage(query);
    let state = TableState::new(usual);
    let file = Signal::derive(move || format!("{}-{}", usual.list, scope.get().region));
    let export = Export { file, called: (one_of(noun), many_of(noun)), member, head, state, row, beside: None, full: None };
    let count = move || {
        let region = scope.get().region;
        if listed.get() != Stage::There {
            return format!("in {region}");
        }
        let mut text = format!("{}{} in {region}", rows.with(|rows| rows.len()), if complete.get() { "" } else { " so far" });
        if state.filters() {
            text.push_str(&format!(" · {} match", state.matched()));
        }
        text
    };
    let empty = move || {
        (listed.get() == Stage::There).then(|| {
            view! {
                <div class="empty">
                    <h2>"None in " {move || scope.get().region} " yet"</h2>
                    <p>{what_for}</p>
                    <Way label=create() look=Look::Plain off=off to=to/>
                </div>
            }
        })
    };
    view! {
        <div class="list-page">
            <Head
                title=noun.many()
                below=move || view! { <span role="status">{count}</span> }
                actions=move || view! { <Way label=create() look=Look::Primary off=off to=to/> }
            />
            {failure(query)}
            {above}
            <Table
                label=noun.many()
                rows=listed::rows(source, open)
                state=state
                loading=Signal::derive(move || listed.get() == Stage::Waiting)
                example=example
                more=move || panel(export.clone())
                empty=empty
            />
        </div>
    }
}
