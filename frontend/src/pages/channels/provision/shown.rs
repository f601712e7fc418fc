//! The dry run as a list: the rows that are wrong first.

use super::one;
use super::rows::Row;
use crate::components::badge::{Tone, badge, none, tag};
use crate::components::detail::Detail;
use crate::components::locale::lower;
use crate::components::table::{Cells, Column, Compare, Matches, Rows, Table, TableState, Usual};
use crate::view::prelude::*;
use std::sync::Arc;

pub(super) const USUAL: Usual = Usual {
    list: "provision",
    sort: "state",
    names: |_| false,
    fields: "",
    columns: &[
        Column::usual("name", "Name", "main"),
        Column::usual("state", "Line", "state"),
        Column::unsorted("settings", "Becomes", "wide"),
        Column::unsorted("tags", "Tags", "narrow-2"),
    ],
};

pub(super) fn name(row: &Row) -> String {
    row.request.name.clone().unwrap_or_default()
}

/// Is it wrong, or is there something to know of it?
pub(super) fn state(row: &Row) -> View {
    let (tone, word) = match (row.wrong.is_empty(), row.note) {
        (false, _) => (Tone::Bad, "Wrong"),
        (true, Some(_)) if name(row).is_empty() => (Tone::Warn, "No name"),
        (true, Some(_)) => (Tone::Warn, "Name twice"),
        (true, None) => (Tone::Plain, "Ready"),
    };
    badge(tone, word)
}

/// Its tags.
pub(super) fn tags(row: &Row) -> View {
    view! { <span class="tags">{row.request.tags.iter().map(|(key, value)| tag(key, value)).collect::<View>()}</span> }
}

/// What is set, and not left to IVS's default.
pub(super) fn settings(row: &Row) -> Vec<String> {
    let request = &row.request;
    let mut said: Vec<String> = Vec::new();
    said.extend(request.kind.as_ref().map(|kind| kind.as_str().to_owned()));
    said.extend(request.latency_mode.as_ref().map(|mode| format!("{} latency", mode.as_str())));
    said.extend(request.preset.as_ref().map(|preset| preset.as_str().to_owned()));
    said.extend(request.container_format.as_ref().map(|format| format.as_str().to_owned()));
    let multitrack = request.multitrack_input_configuration.as_ref().filter(|input| input.enabled == Some(true));
    said.extend(multitrack.map(|_| "multitrack input".to_owned()));
    said.extend(request.authorized.map(|private| if private { "private" } else { "public" }.to_owned()));
    said.extend(request.insecure_ingest.filter(|insecure| *insecure).map(|_| "insecure ingest".to_owned()));
    for (what, arn) in [
        ("recording", &request.recording_configuration_arn),
        ("policy", &request.playback_restriction_policy_arn),
        ("ads", &request.ad_configuration_arn),
        ("slate", &request.failover_slate_configuration_arn),
    ] {
        let id = arn.as_deref().and_then(|arn| arn.rsplit('/').next()).filter(|id| !id.is_empty());
        said.extend(id.map(|id| format!("{what} {id}")));
    }
    said
}

fn cells(rows: Memo<Vec<Row>>, detail: Detail, index: Signal<usize>) -> Cells {
    let row = Memo::new(move |_| rows.with(|rows| rows.get(index.get()).cloned()));
    Box::new(move |column| {
        let Some(row) = row.get() else { return View::Nothing };
        match column {
            "name" => {
                let text = row.request.name.unwrap_or_else(|| "without a name".to_owned());
                view! { <button type="button" class="link" on:click=move |_| detail.show(index.get_untracked())>{text}</button> }
            }
            "state" => view! { <span class="faint">{row.number.to_string()}</span> " " {state(&row)} },
            "settings" => becomes(&row),
            _ if row.request.tags.is_empty() => none(),
            _ => tags(&row),
        }
    })
}

/// What is wrong, before what it would be.
fn becomes(row: &Row) -> View {
    let wrong = row.wrong.join(" ");
    if !wrong.is_empty() {
        return view! { <span class="error" title=wrong.clone()>{wrong}</span> };
    }
    let settings = settings(row);
    let text = if settings.is_empty() { "IVS's defaults".to_owned() } else { settings.join(" · ") };
    let note = row.note.map(|note| format!("{note} "));
    view! { <span class="soft" title=text.clone()>{note} {text}</span> }
}

pub(super) fn table(rows: Memo<Vec<Row>>, state: TableState) -> View {
    let detail = Detail::new();
    let of = move |index: usize, read: fn(&Row) -> String| rows.with(|rows| rows.get(index).map(read).unwrap_or_default());
    let list = Rows {
        count: Signal::derive(move || rows.with(Vec::len)),
        key: Arc::new(move |index| format!("{index} {}", of(index, name))),
        name: Arc::new(move |index| of(index, name)),
        matches: Arc::new(move |words| matches(rows.get(), words.to_vec())),
        compare: Arc::new(move |column| compare(rows.get(), column)),
        cells: Arc::new(move |index| cells(rows, detail, index)),
        open: detail.opener(),
        selection: None,
        menu: None,
    };
    view! {
        <Table label="Dry run" rows=list state=state loading=Signal::stored(false) example="Name, wrong, BASIC…" empty=|| View::Nothing/>
        {one::dialog(rows, detail)}
    }
}

fn matches(rows: Vec<Row>, words: Vec<String>) -> Matches {
    Box::new(move |index| {
        rows.get(index).is_some_and(|row| {
            let state = if row.wrong.is_empty() { "ready" } else { "wrong" };
            let text = lower(&format!("{} {state} {} {}", name(row), settings(row).join(" "), row.wrong.join(" ")));
            words.iter().all(|word| text.contains(word.as_str()))
        })
    })
}

fn compare(rows: Vec<Row>, column: &str) -> Compare {
    let by_name = column == "name";
    // What somebody has to do something about comes first.
    let rank = |row: &Row| (row.wrong.is_empty(), row.note.is_none());
    Box::new(move |a, b| {
        let (Some(first), Some(second)) = (rows.get(a), rows.get(b)) else { return a.cmp(&b) };
        if by_name { lower(&name(first)).cmp(&lower(&name(second))) } else { rank(first).cmp(&rank(second)) }
    })
}
