//! The stream keys of a region. IVS lists them channel by channel, so that a key is looked up when its row is on the screen.

mod look;
mod menu;

use super::list::columns;
use super::list::first_run::FirstRun;
use super::list::rows::{Channel, Source, names};
use crate::api::{self, Mutation, Paged, Scope, client};
use crate::components::action::{Action, Look};
use crate::components::badge::{none, tag};
use crate::components::load::{Stage, failure, stage};
use crate::components::page::Head;
use crate::components::table::{Cells, Column, RowMenu, Rows, Table, TableState, Usual};
use crate::routes::Page;
use crate::shared::export::{Export, Full, panel};
use crate::shared::{arn, channels, jobs, place};
use crate::view::prelude::*;
use contract::job::{Job, Task};
use contract::stream_key::{ListStreamKeys, StreamKeySummary};
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use look::{Found, Looks};
use std::sync::Arc;

const USUAL: Usual = Usual {
    list: "stream-keys",
    sort: "name",
    columns: &[
        Column::usual("name", "Channel", "main"),
        Column::usual("state", "State", ""),
        Column::unsorted("key", "Stream key", ""),
        Column::unsorted("key-tags", "Tags of the key", "narrow-2"),
    ],
    names,
    fields: columns::HELP,
};

/// What the menu of a row needs.
#[derive(Clone, Copy)]
struct Keys {
    source: Source,
    looks: Looks,
    menu: RowMenu,
    create: Mutation,
    /// The channels whose newest reset ended by half, as far as it is one's own.
    half: Memo<Vec<String>>,
}

/// The page.
#[component]
pub(crate) fn StreamKeys() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());
    let live = channels::streams(move || scope.get());
    let state = TableState::new(USUAL);
    let source = Source::new(scope, list, live, state);
    let looks = Looks::new();

    // Actions
    let navigate = use_navigate();
    let open = Callback::new(move |index| {
        if let Some(id) = source.id(index) {
            navigate(&Page::Channel(scope.get_untracked(), id).path(), NavigateOptions::default());
        }
    });

    // View
    let menu = RowMenu::new(|| view! { <menu::Menu/> });
    let jobs = jobs::list();
    let half = Memo::new(move |_| jobs.with(|state| state.value().map(|list| half(&list.jobs)).unwrap_or_default()));
    let keys = Keys { source, looks, menu, create: Mutation::action(), half };
    provide_context(keys);
    let cells = Arc::new(move |index| cells(keys, scope, index));
    let rows = Rows { cells, open, menu: Some(menu), ..columns::rows(source) };
    let listed = stage(list.bare());
    let empty = move || (listed.get() == Stage::There).then(|| view! { <FirstRun/> });
    view! {
        <div class="list-page">
            <Head title="Stream keys" below=|| view! { <span>"One for each channel. IVS lists them channel by channel, so each is looked up when its row is on the screen."</span> }/>
            {failure(list.bare())}
            {failure(live.bare())}
            <Table
                label="Stream keys"
                rows=rows
                state=state
                loading=Signal::derive(move || listed.get() == Stage::Waiting)
                example="Channel, ARN, live, tag:team=sports…"
                more=move || panel(export(source))
                empty=empty
            />
        </div>
    }
}

/// The key of each channel that shows. Never its value: replies come without.
fn export(source: Source) -> Export {
    let of = move |index: usize, write: fn(&Channel) -> String| {
        source.channels.with(|all| all.get(index).map(|one| write(one)).unwrap_or_default())
    };
    let full = Full {
        scope: source.scope,
        choice: None,
        help: "IVS lists keys channel by channel: a call for each, some a second.",
        more: "",
        at_once: 1,
        ask: |scope, arns| {
            let channel_arn = arns.into_iter().next().unwrap_or_default();
            client::once(scope, &ListStreamKeys { channel_arn, max_results: Some(50), ..ListStreamKeys::default() })
        },
    };
    Export {
        file: Signal::derive(move || format!("stream-keys-{}", source.scope.get().region)),
        called: ("stream key", "stream keys"),
        member: ListStreamKeys::ITEMS,
        head: "name,channelArn,arn,tags",
        state: source.table,
        row: Arc::new(move |index| of(index, |channel| api::write(&channel.summary))),
        beside: Some(Arc::new(move |index| of(index, |channel| format!(r#"{{"name":{}}}"#, api::write(channel.name()))))),
        full: Some(full),
    }
}

/// The channels whose newest reset did not end well.
fn half(jobs: &[Job]) -> Vec<String> {
    let channel = |job: &Job| if let Task::ResetStreamKey { channel_arn, .. } = &job.task { Some(channel_arn.clone()) } else { None };
    let mut channels: Vec<String> = jobs.iter().filter_map(channel).collect();
    channels.retain(|channel| jobs::newest_reset(jobs, channel).is_some_and(jobs::failed));
    channels
}

fn cells(keys: Keys, scope: Memo<Scope>, index: Signal<usize>) -> Cells {
    let Keys { source, looks, half, .. } = keys;
    let channel = Memo::new(move |_| source.channels.with(|channels| channels.get(index.get()).cloned()));
    let arn = Memo::new(move |_| channel.with(|channel| channel.as_ref().map(|channel| channel.arn().to_owned()).unwrap_or_default()));
    let found = looks.look(scope, arn);
    let on_air = Memo::new(move |_| {
        let stream = source.streams.with(|streams| streams.get(&arn.get()).cloned());
        (source.on_air(stream.as_ref()), false)
    });
    Box::new(move |column| {
        let Some(channel) = channel.get() else { return View::Nothing };
        match column {
            "name" => columns::name(source, &channel),
            "state" => (move || columns::state(on_air.get())).into_view(),
            "key" => (move || key(looks, found.get(), &channel, half.with(|half| half.iter().any(|arn| arn == channel.arn())))).into_view(),
            _ => (move || found.with(tags)).into_view(),
        }
    })
}

/// `half`: was its reset interrupted?
fn key(looks: Looks, found: Found, channel: &Channel, half: bool) -> View {
    let called = channel.called();
    match found {
        Found::Waiting => view! { <span class="faint">"…"</span> },
        Found::None => {
            view! { <span class="badge warn"><span aria-hidden="true">"▲"</span>{if half { "Reset by half" } else { "None" }}</span> }
        }
        Found::Key(key) => arn::id(key.arn.as_deref().unwrap_or_default(), &format!("the stream key of {called}")),
        Found::Failed(why) => {
            let (name, arn) = (format!("Look up the stream key of {called} again"), channel.arn().to_owned());
            view! { <span class="row nowrap"><span class="soft" title=why.detail>{why.title}</span><Action label="Try again" name=name look=Look::Quiet on=move |()| looks.again(&arn)/></span> }
        }
    }
}

fn tags(found: &Found) -> View {
    let Found::Key(StreamKeySummary { tags, .. }) = found else { return View::Nothing };
    let tags = contract::tag::given(tags);
    if tags.is_empty() {
        return none();
    }
    view! { <span class="tags">{tags.iter().map(|(key, value)| tag(key, value)).collect::<View>()}</span> }
}
