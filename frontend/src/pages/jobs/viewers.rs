//! Whom a job revokes, and how it ended for each of them, what failed first. As a file it can be pasted again.

use super::item::copied;
use super::viewer::{Entry, State};
use crate::api::{self, Scope};
use crate::components::badge::{badge, none};
use crate::components::detail::Detail;
use crate::components::locale::{self, lower};
use crate::components::properties::{properties, property};
use crate::components::table::{Cells, Column, Compare, Matches, Rows, Table, TableState, Usual, WHOLE};
use crate::routes::Page;
use crate::shared::channels;
use crate::shared::export::{Export, panel};
use crate::shared::known_channels::Known;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::job::{Job, Task};
use std::sync::Arc;

/// What failed first.
const USUAL: Usual = Usual {
    list: "viewer-sessions",
    sort: "ended",
    columns: &[
        Column::usual("viewer", "Viewer id", ""),
        Column::usual("ended", "State", "state"),
        Column::usual("name", "Channel", "narrow-0"),
        Column::usual("version", "Versions to", "num narrow-1"),
        Column::usual("why", "Why", "narrow-0"),
    ],
    names: |_| false,
    fields: "",
};

/// Those that failed alone, as in the URL.
const FAILED: &str = "failed";

fn states(job: &Job) -> impl Iterator<Item = State> {
    job.items.iter().flat_map(|item| Entry::of(item, |_| String::new())).map(|entry| entry.state)
}

/// Is it a job that revokes viewers and does nothing else?
pub(super) fn alone(job: &Job) -> bool {
    matches!(job.task, Task::RevokeViewers { .. })
}

/// How they ended, as `43 asked · 2 failed`.
pub(super) fn said(job: &Job) -> Option<String> {
    if !alone(job) {
        return None;
    }
    let of = |word: &str| states(job).filter(|state| state.word() == word).count();
    let left = if job.cancelled { "not sent" } else { "to go" };
    let mut said = format!("{} asked", locale::count(of("Asked")));
    for (count, word) in [(of("Failed"), "failed"), (of("Not known"), "not known"), (of("Sending") + of("Not sent"), left)] {
        if count > 0 {
            said.push_str(&format!(" · {} {word}", locale::count(count)));
        }
    }
    Some(said)
}

/// What the button does that sends again what failed, and nothing else.
pub(super) fn again(job: &Job) -> Option<String> {
    let failed = states(job).filter(State::failed).count();
    alone(job).then(|| format!("Send the {} that failed again", locale::count(failed)))
}

/// The table.
pub(super) fn table(job: Signal<Job>) -> View {
    let scope = job.with_untracked(|job| Scope { account: job.account.clone(), region: job.region.clone() });
    let region = scope.region.clone();
    let list = channels::channels({
        let scope = scope.clone();
        move || scope.clone()
    });
    let known = Memo::new(move |_| {
        list.with(|state| {
            let (items, complete) = state.value().map_or((&[][..], false), |pages| (pages.items.as_slice(), pages.complete));
            Known::of(region.clone(), items, complete)
        })
    });
    let entries = Memo::new(move |_| {
        let called = |arn: &str| known.with(|known| known.called(arn));
        Arc::new(job.with(|job| job.items.iter().flat_map(|item| Entry::of(item, called)).collect::<Vec<_>>()))
    });
    let detail = Detail::new();
    let table = TableState::new(USUAL);
    let export = Export {
        file: Signal::derive(move || format!("viewer-sessions-{}", job.with(|job| job.region.clone()))),
        called: ("viewer", "viewers"),
        member: "viewerSessions",
        head: "channelArn,channel,viewerId,version,state,code,message,journal",
        state: table,
        row: Arc::new(move |index| entries.with(|entries| entries.get(index).map(|entry| api::write(&entry.line())).unwrap_or_default())),
        beside: None,
        full: None,
    };
    view! {
        <Table
            label="Viewers"
            rows=rows(entries, table, detail)
            state=table
            loading=Signal::stored(false)
            example="Viewer id, channel…"
            tools=move || segments(entries, table)
            more=move || panel(export.clone())
            empty=View::default
        />
        {detail.dialog(
            move |index| entries.with(|entries| entries.get(index).map(|entry| entry.session.viewer_id.clone()).unwrap_or_default()),
            move |index| entries.with(|entries| entries.get(index).map(|entry| whole(entry, &scope))).into_view(),
        )}
    }
}

/// All that is known of one.
fn whole(entry: &Entry, scope: &Scope) -> View {
    let arn = &entry.session.channel_arn;
    let page = Page::Channel(scope.clone(), Arn::short(arn).to_owned()).path();
    let mut known = vec![property("State", badge(entry.state.tone(), entry.state.word()))];
    known.extend(Some(entry.state.why()).filter(|why| !why.is_empty()).map(|why| property("Why", why)));
    known.push(property("Channel", view! { <a class="link" href=page>{entry.channel.clone()}</a> }));
    known.push(property("ARN", copied(arn, "Copy the ARN")));
    known.push(property("Versions to", entry.version().to_string()));
    for (name, id, copy) in [("AWS request", &entry.request_id, "Copy request id"), ("Journal", &entry.journal, "Copy the id of the entry")]
    {
        known.extend((!id.is_empty()).then(|| property(name, copied(id, copy))));
    }
    properties(known)
}

fn segments(entries: Memo<Arc<Vec<Entry>>>, table: TableState) -> View {
    let failed = move || entries.with(|entries| entries.iter().filter(|entry| entry.state.failed()).count());
    let failed = move || Some(failed()).filter(|failed| *failed > 0).map(locale::count);
    let button = move |word: &'static str, label: &'static str, count: View| {
        view! { <button type="button" aria-pressed=move || table.show.with(|show| show == word).to_string() on:click=move |_| table.show.set(word.to_owned())>{label} <small>{count}</small></button> }
    };
    view! {
        <div class="segmented" role="group" aria-label="Which viewers">
            {button("", "All", View::Nothing)}
            {button(FAILED, "Failed", failed.into_view())}
        </div>
    }
}

fn rows(entries: Memo<Arc<Vec<Entry>>>, table: TableState, detail: Detail) -> Rows {
    let name =
        move |index: usize| entries.with(|entries| entries.get(index).map(|entry| entry.session.viewer_id.clone()).unwrap_or_default());
    Rows {
        count: Signal::derive(move || entries.with(|entries| entries.len())),
        // A job is about the same viewers from its start to its end.
        key: Arc::new(|index| index.to_string()),
        name: Arc::new(name),
        matches: Arc::new(move |words| matches(&entries.get(), table, words)),
        compare: Arc::new(move |column| compare(&entries.get(), column)),
        cells: Arc::new(move |index| cells(entries, detail, index)),
        open: detail.opener(),
        selection: None,
        menu: None,
    }
}

fn matches(entries: &[Entry], table: TableState, words: &[String]) -> Matches {
    let failed = table.show.with(|show| show == FAILED);
    let words: Vec<String> = words.iter().map(|word| word.trim_end_matches(WHOLE).to_owned()).collect();
    let fits = |Entry { session, channel, state, .. }: &Entry| {
        let text = lower(&format!("{}\n{channel}\n{}\n{}", session.viewer_id, session.channel_arn, state.word()));
        (!failed || state.failed()) && words.iter().all(|word| text.contains(word.as_str()))
    };
    let fit: Vec<bool> = entries.iter().map(fits).collect();
    Box::new(move |index| fit.get(index).copied().unwrap_or(false))
}

fn compare(entries: &[Entry], column: &str) -> Compare {
    let key: fn(&Entry) -> String = match column {
        "viewer" => |entry| entry.session.viewer_id.clone(),
        "name" => |entry| entry.channel.clone(),
        "version" => |entry| format!("{:010}", entry.version()),
        "why" => |entry| entry.state.why(),
        _ => |entry| entry.state.urgency().to_string(),
    };
    let keys: Vec<String> = entries.iter().map(key).collect();
    Box::new(move |a, b| keys.get(a).cmp(&keys.get(b)).then(a.cmp(&b)))
}

fn cells(entries: Memo<Arc<Vec<Entry>>>, detail: Detail, index: Signal<usize>) -> Cells {
    let entry = Memo::new(move |_| entries.with(|entries| entries.get(index.get()).cloned()));
    Box::new(move |column| {
        let Some(entry) = entry.get() else { return View::Nothing };
        let (viewer, state) = (entry.session.viewer_id.clone(), &entry.state);
        match column {
            "viewer" => view! { <code title=viewer.clone()>{viewer}</code> },
            "ended" => {
                let code = if let State::Failed(code, _) = state { code.clone() } else { String::new() };
                let label = format!("{}: what became of {viewer}", state.word());
                let open = move |_| detail.show(index.get_untracked());
                view! { <button type="button" class="plain" aria-label=label on:click=open>{badge(state.tone(), state.word())} " " <code class="faint">{code}</code></button> }
            }
            "name" => view! { <span title=entry.session.channel_arn>{entry.channel}</span> },
            "version" => entry.version().to_string().into_view(),
            _ => match state.why() {
                nothing if nothing.is_empty() => none(),
                why => view! { <span title=why.clone()>{why}</span> },
            },
        }
    })
}
