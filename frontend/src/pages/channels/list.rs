//! Channels: the list of a region, with what is live in it.

mod bulk;
pub(super) mod columns;
pub(super) mod first_run;
mod meant;
mod menu;
pub(super) mod rows;

use crate::api::{Pages, Query};
use crate::components::load::{Stage, failure, stage};
use crate::components::page::Head;
use crate::components::part::{in_part, part};
use crate::components::table::{RowMenu, Rows, Selection, Table, TableState};
use crate::components::time::Ago;
use crate::components::{action, locale};
use crate::routes::Page;
use crate::shared::{channels, clock, place, session};
use crate::view::prelude::*;
use contract::channel::{ChannelSummary, CreateChannel};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use rows::{Only, Source};

// With the page of one channel: most of it is the same code, and who points at a row loads that anyway.
in_part! { channel:
    BULK = bulk or fetch_bulk => view! { <bulk::Bulk/> };
    FIRST_RUN = first_run or fetch_first_run => view! { <first_run::FirstRun/> };
    EXPORT = export or fetch_export => view! { <bulk::ExportShown/> };
    MENU = menu_of_row or fetch_menu => view! { <menu::Menu/> };
}

/// The channels that something is to be done with, and where they come from.
#[derive(Clone, Copy)]
struct Several {
    source: Source,
    selection: Selection,
    /// The one whose menu is open.
    menu: RowMenu,
}

/// The list.
#[component]
pub(crate) fn List() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());
    let live = channels::streams(move || scope.get());
    let state = TableState::new(columns::USUAL);
    let source = Source::new(scope, list, live, state);

    // Actions
    let navigate = use_navigate();
    let open = Callback::new(move |index| {
        if let Some(id) = source.id(index) {
            navigate(&Page::Channel(scope.get_untracked(), id).path(), NavigateOptions::default());
        }
    });
    // View
    let (selection, menu) = (Selection::new(), RowMenu::new(|| part(MENU)));
    provide_context(Several { source, selection, menu });
    let any = Memo::new(move |_| selection.chosen.with(|chosen| !chosen.is_empty()));
    let rows = Rows { open, selection: Some(selection), menu: Some(menu), ..columns::rows(source) };
    // Which ones are live is not known before the streams are.
    let (listed, streams) = (stage(list.bare()), stage(live.bare()));
    let loading =
        Signal::derive(move || listed.get() == Stage::Waiting || source.only.get() != Only::All && streams.get() == Stage::Waiting);
    let empty = move || if listed.get() == Stage::There { part(FIRST_RUN) } else { View::Nothing };
    view! {
        <div class="list-page">
            <Head title="Channels" below=move || below(scope.get().region, list, source) actions=create/>
            {failure(list.bare())}
            {failure(live.bare())}
            <Table
                label="Channels"
                rows=rows
                state=state
                loading=loading
                example="Name, ARN, live, tag:team=sports, type:STANDARD…"
                tools=move || segments(source)
                more=|| part(EXPORT)
                empty=empty
            />
            // Here before anything is selected: what is said in a region that has just come is not read out.
            <p class="unseen" role="status">{move || any.get().then(|| format!("{} selected", locale::count(selection.chosen.with(|chosen| chosen.len()))))}</p>
            {move || any.get().then(|| view! { <div class="bulk-place">{part(BULK)}</div> })}
        </div>
    }
}

/// The way to another one.
fn create() -> View {
    let scope = place::scope();
    let to = Signal::derive(move || Page::NewChannel(scope.get()).path());
    let off = session::off::<CreateChannel>();
    let many = Signal::derive(move || Page::Provision(scope.get()).path());
    view! {
        <action::Way label="Create from a file" off=off to=many/>
        <action::Way label="Create channel" look=action::Look::Primary off=off to=to/>
    }
}

/// How many there are, how many fit, and how old that is.
fn below(region: String, list: Query<Pages<ChannelSummary>>, source: Source) -> View {
    let now = clock::now();
    let count = move || {
        let (all, complete) = list.with(|state| state.value().map_or((None, true), |pages| (Some(pages.items.len()), pages.complete)));
        let Some(all) = all else { return format!("in {region}") };
        let mut text = format!("{}{} in {region}", locale::count(all), if complete { "" } else { " so far" });
        if source.table.filters() || source.only.get() != Only::All {
            text.push_str(&format!(" · {} match", locale::count(source.table.matched())));
        }
        text
    };
    let at = Memo::new(move |_| list.with(crate::api::State::at));
    view! {
        <span role="status">{count}</span>
        {move || at.get().map(|at| view! { <span class="faint nowrap">"looked up " <Ago at=Signal::stored(at) now=now/></span> })}
    }
}

/// All of them, those on air, those that want attention.
fn segments(source: Source) -> View {
    let button = move |choice: Only| {
        view! {
            <button type="button" aria-pressed=move || (source.only.get() == choice).to_string() on:click=move |_| source.table.show.set(choice.word().to_owned())>
                {choice.label()}
                <small>{move || source.count(choice).map(locale::count)}</small>
            </button>
        }
    };
    view! { <div class="segmented" role="group" aria-label="Which channels">{Only::ALL.map(button).into_iter().collect::<View>()}</div> }
}
