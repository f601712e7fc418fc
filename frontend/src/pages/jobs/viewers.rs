//! Whom a job revokes, and how it ended for each of them, what failed first. As a file it can be pasted again.

use crate::api::{self, Scope};
use crate::components::badge::{Tone, badge, none};
use crate::components::locale::{self, lower};
use crate::components::table::{Cells, Column, Compare, Matches, Rows, Table, TableState, Usual, WHOLE};
use crate::shared::channels;
use crate::shared::export::{Export, panel};
use crate::shared::known_channels::Known;
use crate::view::prelude::*;
use contract::call::Outcome;
use contract::job::{Job, JobItem, Task};
use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as ViewerSession;
use serde::Serialize;
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

/// How it stands with a viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// IVS or the console refused it, with the code and in words.
    Failed(String, String),
    /// No answer came yet, and it is looked at.
    NotKnown,
    /// Being sent.
    Going,
    /// Its turn is still to come, or never came where the job was cancelled.
    Waiting,
    /// IVS took it.
    Asked,
}

impl State {
    const fn word(&self) -> &'static str {
        match self {
            Self::Failed(..) => "Failed",
            Self::NotKnown => "Not known",
            Self::Going => "Sending",
            Self::Waiting => "Not sent",
            Self::Asked => "Asked",
        }
    }

    const fn tone(&self) -> Tone {
        match self {
            Self::Failed(..) => Tone::Bad,
            Self::NotKnown => Tone::Warn,
            Self::Going | Self::Waiting => Tone::Plain,
            Self::Asked => Tone::Good,
        }
    }

    const fn urgency(&self) -> u8 {
        match self {
            Self::Failed(..) => 0,
            Self::NotKnown => 1,
            Self::Going => 2,
            Self::Waiting => 3,
            Self::Asked => 4,
        }
    }
}

/// A viewer of a job.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    session: ViewerSession,
    /// What the channel is called.
    channel: String,
    state: State,
    /// The row of the journal about its call.
    journal: String,
}

/// The same in a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    channel_arn: &'a str,
    channel: &'a str,
    viewer_id: &'a str,
    version: i32,
    state: &'static str,
    code: &'a str,
    message: &'a str,
    journal: &'a str,
}

impl Entry {
    fn line(&self) -> Line<'_> {
        let (code, message) = if let State::Failed(code, message) = &self.state { (code.as_str(), message.as_str()) } else { ("", "") };
        Line {
            channel_arn: &self.session.channel_arn,
            channel: &self.channel,
            viewer_id: &self.session.viewer_id,
            version: self.session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default(),
            state: self.state.word(),
            code,
            message,
            journal: &self.journal,
        }
    }
}

/// 200 with errors: those failed, the others did not (`docs/ivs-behaviour.md` 2.10). What was taken once stays so.
fn state(item: &JobItem, viewer: &ViewerSession) -> State {
    let mine = |error: &&contract::viewer_session::BatchStartViewerSessionRevocationError| {
        error.channel_arn == viewer.channel_arn && error.viewer_id == viewer.viewer_id
    };
    let named = item.not_taken.iter().find(mine);
    match (item.outcome, named) {
        (Some(Outcome::Done), _) => State::Asked,
        (_, None) if !item.not_taken.is_empty() => State::Asked,
        (Some(Outcome::Refused), Some(error)) => State::Failed(
            error.code.clone().unwrap_or_default(),
            error.message.clone().unwrap_or_else(|| "IVS does not say why.".to_owned()),
        ),
        (Some(Outcome::Refused), None) => {
            let why = item.error.as_ref();
            State::Failed(why.map(|why| why.code.to_string()).unwrap_or_default(), why.map(|why| why.message.clone()).unwrap_or_default())
        }
        (Some(Outcome::Unknown), _) => State::NotKnown,
        (None, _) if item.begun => State::Going,
        (None, _) => State::Waiting,
    }
}

fn states(job: &Job) -> impl Iterator<Item = State> {
    job.items.iter().flat_map(|item| item.viewers.iter().map(|viewer| state(item, viewer)))
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
    let failed = states(job).filter(|state| matches!(state, State::Failed(..))).count();
    alone(job).then(|| format!("Send the {} that failed again", locale::count(failed)))
}

/// The table.
pub(super) fn table(job: Signal<Job>) -> View {
    let scope = job.with_untracked(|job| Scope { account: job.account.clone(), region: job.region.clone() });
    let region = scope.region.clone();
    let list = channels::channels(move || scope.clone());
    let known =
        Memo::new(move |_| list.with(|state| Known::of(region.clone(), state.value().map_or(&[], |pages| pages.items.as_slice()), true)));
    let entries = Memo::new(move |_| {
        let of_item = |item: &JobItem| {
            let entry = |viewer: &ViewerSession| Entry {
                channel: known.with(|known| known.called(&viewer.channel_arn)),
                state: state(item, viewer),
                session: viewer.clone(),
                journal: item.journal.clone().unwrap_or_default(),
            };
            item.viewers.iter().map(entry).collect::<Vec<_>>()
        };
        Arc::new(job.with(|job| job.items.iter().flat_map(of_item).collect::<Vec<_>>()))
    });
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
            rows=rows(entries, table)
            state=table
            loading=Signal::stored(false)
            example="Viewer id, channel…"
            tools=move || segments(entries, table)
            more=move || panel(export.clone())
            empty=View::default
        />
    }
}

fn segments(entries: Memo<Arc<Vec<Entry>>>, table: TableState) -> View {
    let failed = move || entries.with(|entries| entries.iter().filter(|entry| matches!(entry.state, State::Failed(..))).count());
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

fn rows(entries: Memo<Arc<Vec<Entry>>>, table: TableState) -> Rows {
    let name =
        move |index: usize| entries.with(|entries| entries.get(index).map(|entry| entry.session.viewer_id.clone()).unwrap_or_default());
    Rows {
        count: Signal::derive(move || entries.with(|entries| entries.len())),
        // A job is about the same viewers from its start to its end.
        key: Arc::new(|index| index.to_string()),
        name: Arc::new(name),
        matches: Arc::new(move |words| matches(&entries.get(), table, words)),
        compare: Arc::new(move |column| compare(&entries.get(), column)),
        cells: Arc::new(move |index| cells(entries, index)),
        open: Callback::new(|_| ()),
        selection: None,
        menu: None,
    }
}

fn matches(entries: &[Entry], table: TableState, words: &[String]) -> Matches {
    let failed = table.show.with(|show| show == FAILED);
    let words: Vec<String> = words.iter().map(|word| word.trim_end_matches(WHOLE).to_owned()).collect();
    let fits = |Entry { session, channel, state, .. }: &Entry| {
        let text = lower(&format!("{}\n{channel}\n{}\n{}", session.viewer_id, session.channel_arn, state.word()));
        (!failed || matches!(state, State::Failed(..))) && words.iter().all(|word| text.contains(word.as_str()))
    };
    let fit: Vec<bool> = entries.iter().map(fits).collect();
    Box::new(move |index| fit.get(index).copied().unwrap_or(false))
}

fn why(state: &State) -> String {
    if let State::Failed(code, message) = state { format!("{code} {message}").trim().to_owned() } else { String::new() }
}

fn compare(entries: &[Entry], column: &str) -> Compare {
    let key: fn(&Entry) -> String = match column {
        "viewer" => |entry| entry.session.viewer_id.clone(),
        "name" => |entry| entry.channel.clone(),
        "version" => |entry| format!("{:010}", entry.session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default()),
        "why" => |entry| why(&entry.state),
        _ => |entry| entry.state.urgency().to_string(),
    };
    let keys: Vec<String> = entries.iter().map(key).collect();
    Box::new(move |a, b| keys.get(a).cmp(&keys.get(b)).then(a.cmp(&b)))
}

fn cells(entries: Memo<Arc<Vec<Entry>>>, index: Signal<usize>) -> Cells {
    let entry = Memo::new(move |_| entries.with(|entries| entries.get(index.get()).cloned()));
    Box::new(move |column| {
        let Some(Entry { session, channel, state, .. }) = entry.get() else { return View::Nothing };
        match column {
            "viewer" => view! { <code title=session.viewer_id.clone()>{session.viewer_id.clone()}</code> },
            "ended" => {
                let code = if let State::Failed(code, _) = &state { code.clone() } else { String::new() };
                view! { {badge(state.tone(), state.word())} " " <code class="faint">{code}</code> }
            }
            "name" => view! { <span title=session.channel_arn>{channel}</span> },
            "version" => session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default().to_string().into_view(),
            _ => match why(&state) {
                none_of_it if none_of_it.is_empty() => none(),
                why => view! { <span title=why.clone()>{why}</span> },
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::viewer_session::BatchStartViewerSessionRevocationError as NotTaken;
    use contract::{ApiError, Code, Operation};

    fn item(outcome: Option<Outcome>, not_taken: &[&str], error: Option<Code>) -> JobItem {
        let not = |id: &&str| NotTaken { channel_arn: "arn".into(), viewer_id: (*id).into(), code: Some("403".into()), message: None };
        let viewer = |id: &str| ViewerSession { channel_arn: "arn".into(), viewer_id: id.into(), ..ViewerSession::default() };
        JobItem {
            target: "arn".into(),
            made: Vec::new(),
            name: None,
            operation: Operation::BatchStartViewerSessionRevocation,
            viewers: ["a", "b"].map(viewer).into(),
            not_taken: not_taken.iter().map(not).collect(),
            tags: contract::tag::Tags::new(),
            begun: false,
            outcome,
            error: error.map(|code| ApiError::new(code, "No.")),
            journal: None,
            request_id: None,
        }
    }

    fn words(item: &JobItem) -> Vec<&'static str> {
        item.viewers.iter().map(|viewer| state(item, viewer).word()).collect()
    }

    #[test]
    fn only_those_that_ivs_names_have_failed() {
        let part = item(Some(Outcome::Refused), &["b"], Some(Code::ValidationException));
        assert_eq!(words(&part), ["Asked", "Failed"]);
        assert_eq!(why(&state(&part, &part.viewers[1])), "403 IVS does not say why.");
        assert_eq!(words(&JobItem { begun: true, outcome: None, ..part.clone() }), ["Asked", "Sending"], "and those alone are sent again");
        assert_eq!(words(&item(Some(Outcome::Done), &[], None)), ["Asked", "Asked"]);
    }

    #[test]
    fn a_call_that_was_refused_was_refused_for_each_and_one_that_is_not_known_for_none() {
        let refused = item(Some(Outcome::Refused), &[], Some(Code::RoleForbidden));
        assert_eq!(words(&refused), ["Failed", "Failed"]);
        assert_eq!(why(&state(&refused, &refused.viewers[0])), "RoleForbidden No.");
        assert_eq!(words(&item(Some(Outcome::Unknown), &[], None)), ["Not known", "Not known"]);
        assert_eq!(words(&item(None, &[], None)), ["Not sent", "Not sent"]);
    }
}
