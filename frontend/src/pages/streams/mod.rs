//! Live streams: what is on air in a region, how well and for how many.

mod menu;
mod rows;

use crate::api::{self, Paged, Pages, Query};
use crate::components::load::{Stage, failure, stage};
use crate::components::page::Head;
use crate::components::table::{RowMenu, Table, TableState};
use crate::components::time::Ago;
use crate::components::{action, locale};
use crate::routes::Page;
use crate::shared::export::{Export, panel};
use crate::shared::{channels, clock, place, session};
use crate::view::prelude::*;
use contract::channel::{ChannelSummary, CreateChannel};
use contract::stream::ListStreams;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use rows::{Only, Row, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the menu of a row needs.
#[derive(Clone, Copy)]
struct Live {
    source: Source,
    menu: RowMenu,
}

/// The list.
#[component]
pub(crate) fn List() -> View {
    // Query
    let scope = place::scope();
    let live = channels::streams(move || scope.get());
    let list = channels::channels(move || scope.get());
    let state = TableState::new(rows::USUAL);
    let source = Source::new(scope, live, list, state);
    name_what_is_new(source, list);

    // Actions
    let navigate = use_navigate();
    let open = Callback::new(move |index| {
        if let Some(id) = source.id(index) {
            navigate(&Page::Channel(scope.get_untracked(), id).path(), NavigateOptions::default());
        }
    });

    // View
    let menu = RowMenu::new(|| view! { <menu::Menu/> });
    provide_context(Live { source, menu });
    let listed = stage(live.bare());
    let now = clock::now();
    let at = Memo::new(move |_| live.with(crate::api::State::at));
    let count = move || said(source, listed.get());
    let below = move || {
        view! {
            <span role="status">{count}</span>
            {move || at.get().map(|at| view! { <span class="faint nowrap">"looked up " <Ago at=Signal::stored(at) now=now/></span> })}
        }
    };
    view! {
        <div class="list-page">
            <Head title="Live streams" below=below/>
            {failure(live.bare())}
            {failure(list.bare())}
            <Table
                label="Live streams"
                rows=rows::rows(source, open, menu)
                state=state
                loading=Signal::derive(move || listed.get() == Stage::Waiting)
                example="Channel, ARN, stream id…"
                tools=move || segments(source)
                more=move || panel(export(source))
                empty=move || (listed.get() == Stage::There).then(|| nothing(source))
            />
        </div>
    }
}

/// A channel that was made a moment ago and is live already is not in the list of channels yet: that is asked for again, once for
/// each, so that it is called by its name.
fn name_what_is_new(source: Source, list: Query<Pages<ChannelSummary>>) {
    let asked = StoredValue::new(BTreeSet::new());
    effect(move || {
        let new = |row: &Row| row.channel.is_none().then(|| row.arn().to_owned());
        let new: Vec<String> = source.rows.with(|rows| rows.iter().filter_map(new).collect());
        let complete = list.with(|state| state.value().is_some_and(|pages| pages.complete));
        if complete && new.into_iter().any(|arn| asked.try_update_value(|asked| asked.insert(arn)) == Some(true)) {
            list.refetch();
        }
    });
}

/// How many are live, and how many of them show.
fn said(source: Source, stage: Stage) -> String {
    let region = source.scope.get().region;
    if stage != Stage::There {
        return format!("in {region}");
    }
    let all = source.rows.with(|rows| rows.len());
    let mut text = format!("{} live{} in {region}", locale::count(all), if source.complete.get() { "" } else { " so far" });
    if source.table.filters() || source.only.get() != Only::All {
        text.push_str(&format!(" · {} match", locale::count(source.table.matched())));
    }
    text
}

/// All of them, or those in one health.
fn segments(source: Source) -> View {
    let button = move |choice: Only| {
        view! {
            <button type="button" aria-pressed=move || (source.only.get() == choice).to_string() on:click=move |_| source.table.show.set(choice.word().to_owned())>
                {choice.label()}
                <small>{move || source.count(choice).map(locale::count)}</small>
            </button>
        }
    };
    view! { <div class="segmented" role="group" aria-label="Which streams">{Only::ALL.map(button).into_iter().collect::<View>()}</div> }
}

/// What IVS lists of each, with what its channel is called.
fn export(source: Source) -> Export {
    let of = move |index: usize, write: fn(&Row) -> String| source.rows.with(|rows| rows.get(index).map(write).unwrap_or_default());
    Export {
        file: Signal::derive(move || format!("streams-{}", source.scope.get().region)),
        called: ("live stream", "live streams"),
        member: ListStreams::ITEMS,
        head: "name,channelArn,streamId,state,health,viewerCount,startTime",
        state: source.table,
        row: Arc::new(move |index| of(index, |row| api::write(&row.stream))),
        beside: Some(Arc::new(move |index| of(index, |row| row.channel.as_ref().map(api::write).unwrap_or_default()))),
        full: None,
    }
}

fn nothing(source: Source) -> View {
    let scope = source.scope;
    let to = Signal::derive(move || Page::NewChannel(scope.get()).path());
    let create = session::off::<CreateChannel>();
    let channels = move || Page::Channels(scope.get()).path();
    view! {
        <div class="empty">
            <h2>"Nothing is live in " {move || scope.get().region}</h2>
            <p>"A stream shows here some seconds after its encoder has connected. This page looks again by itself."</p>
            <p><a class="btn" href=channels>"Go to the channels"</a></p>
            <action::Way label="Create channel" look=action::Look::Quiet off=create to=to/>
        </div>
    }
}
