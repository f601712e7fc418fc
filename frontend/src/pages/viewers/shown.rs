//! The ledger as it is shown, and as a file.

use super::ledger::{Entry, Ledger, State};
use crate::api::Scope;
use crate::components::action::{Action, Look, Off};
use crate::components::badge::{Tone, badge, none};
use crate::components::guard::Guard;
use crate::components::locale::{self, lower};
use crate::components::table::{Cells, Column, Compare, Matches, Rows, Table, TableState, Usual, WHOLE};
use crate::shared::{csv, export, session};
use crate::view::prelude::*;
use contract::viewer_session::BatchStartViewerSessionRevocation;
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

/// Nothing before anything was sent.
pub(super) fn ledger(ledger: Ledger, scope: Memo<Scope>) -> View {
    let any = Memo::new(move |_| ledger.entries.with(|entries| !entries.is_empty()));
    let table = TableState::new(USUAL);
    let show = move || any.get().then(|| opened(ledger, scope, table));
    view! {
        {show}
        <Guard
            dirty=ledger.going.into()
            title="Leave while viewers are being revoked?"
            loses="It ends after the call that is under way. The ledger of what was asked is lost, and so is the list of what was not."
        />
    }
}

fn opened(ledger: Ledger, scope: Memo<Scope>, table: TableState) -> View {
    let Ledger { going, stop, entries } = ledger;
    let failed = Memo::new(move |_| ledger.count(State::failed));
    let role = session::off::<BatchStartViewerSessionRevocation>();
    let again: Off = Signal::derive(move || {
        let none = || (failed.get() == 0).then(|| "None has failed.".to_owned());
        let busy = || going.get().then(|| "Wait until all have been sent.".to_owned());
        role.get().or_else(busy).or_else(none)
    });
    let label = move || match failed.get() {
        0 => "Send again what failed".to_owned(),
        some => format!("Send the {} again", count(some, "that failed", "that failed")),
    };
    let export = move |()| {
        let region = scope.with_untracked(|scope| scope.region.clone());
        export::save(&format!("viewer-sessions-{region}"), "csv", &entries.with_untracked(|entries| file(entries)));
    };
    let busy = Signal::derive(move || stop.get());
    let ending = move || {
        going.get().then(|| view! { <Action label="Stop after this call" look=Look::Danger busy=busy on=move |()| stop.set(true)/> })
    };
    view! {
        <section class="ledger" aria-label="Ledger">
            <header class="row">
                <h2>"Ledger"</h2>
                <p class="soft" role="status">{move || said(ledger)}</p>
                <div class="row">
                    {ending}
                    <Action label=TextProp::from(label) off=again on=move |()| ledger.again(scope.get_untracked())/>
                    <Action label="Export CSV" on=export/>
                </div>
            </header>
            {move || going.get().then(|| progress(ledger))}
            <Table
                label="Ledger"
                rows=rows(ledger, table)
                state=table
                loading=Signal::stored(false)
                example="Viewer id, channel…"
                tools=move || segments(ledger, table)
                empty=View::default
            />
        </section>
    }
}

fn progress(ledger: Ledger) -> View {
    let all = move || ledger.entries.with(Vec::len).to_string();
    let ended = move || ledger.count(|state| !matches!(state, State::Waiting | State::Going)).to_string();
    view! { <progress aria-label="Sent" max=all prop:value=ended></progress> }
}

/// As `1 that failed`, `12 that failed`.
#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 viewers")]
pub(super) fn count(of: usize, one: &str, many: &str) -> String {
    format!("{} {}", locale::number(of as f64), if of == 1 { one } else { many })
}

fn said(ledger: Ledger) -> String {
    let mut said = count(ledger.count(|state| *state == State::Asked), "asked", "asked");
    for (state, word) in [
        (State::Failed { code: String::new(), message: String::new() }, "failed"),
        (State::NotKnown(String::new()), "not known"),
        (State::NotSent(String::new()), "not sent"),
    ] {
        let number = ledger.count(|other| other.word() == state.word());
        if number > 0 {
            said.push_str(&format!(" · {}", count(number, word, word)));
        }
    }
    let left = ledger.count(|state| matches!(state, State::Waiting | State::Going));
    if left > 0 {
        said.push_str(&format!(" · {}", count(left, "to go", "to go")));
    }
    said
}

fn segments(ledger: Ledger, table: TableState) -> View {
    let failed = move || Some(ledger.count(State::failed)).filter(|failed| *failed > 0).map(|failed| failed.to_string());
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

fn rows(ledger: Ledger, table: TableState) -> Rows {
    let entries = ledger.entries;
    let name = move |index: usize| {
        entries.with(|entries| entries.get(index).map(|entry| entry.pair.session.viewer_id.clone()).unwrap_or_default())
    };
    Rows {
        count: Signal::derive(move || entries.with(Vec::len)),
        // They are only added, at the end.
        key: Arc::new(|index| index.to_string()),
        name: Arc::new(name),
        matches: Arc::new(move |words| matches(entries, table, words)),
        compare: Arc::new(move |column| compare(entries, column)),
        cells: Arc::new(move |index| cells(entries, index)),
        open: Callback::new(|_| ()),
        selection: None,
        menu: None,
    }
}

fn matches(entries: RwSignal<Vec<Entry>>, table: TableState, words: &[String]) -> Matches {
    let failed = table.show.with(|show| show == FAILED);
    let words: Vec<String> = words.iter().map(|word| word.trim_end_matches(WHOLE).to_owned()).collect();
    let fits = |entry: &Entry| {
        let text = lower(&format!(
            "{}\n{}\n{}\n{}",
            entry.pair.session.viewer_id,
            entry.pair.channel,
            entry.pair.session.channel_arn,
            entry.state.word()
        ));
        (!failed || entry.state.failed()) && words.iter().all(|word| text.contains(word.as_str()))
    };
    let fit: Vec<bool> = entries.with(|entries| entries.iter().map(fits).collect());
    Box::new(move |index| fit.get(index).copied().unwrap_or(false))
}

fn compare(entries: RwSignal<Vec<Entry>>, column: &str) -> Compare {
    let key: fn(&Entry) -> String = match column {
        "viewer" => |entry| entry.pair.session.viewer_id.clone(),
        "name" => |entry| entry.pair.channel.clone(),
        "version" => |entry| format!("{:010}", entry.pair.session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default()),
        "why" => |entry| format!("{:?}", entry.state.why()),
        _ => |entry| urgency(&entry.state).to_string(),
    };
    let keys: Vec<String> = entries.with(|entries| entries.iter().map(key).collect());
    Box::new(move |a, b| keys.get(a).cmp(&keys.get(b)).then(a.cmp(&b)))
}

const fn urgency(state: &State) -> u8 {
    match state {
        State::Failed { .. } => 0,
        State::NotKnown(_) => 1,
        State::NotSent(_) => 2,
        State::Going => 3,
        State::Waiting => 4,
        State::Asked => 5,
    }
}

fn cells(entries: RwSignal<Vec<Entry>>, index: Signal<usize>) -> Cells {
    let entry = Memo::new(move |_| entries.with(|entries| entries.get(index.get()).cloned()));
    Box::new(move |column| {
        let Some(Entry { pair, state, .. }) = entry.get() else { return View::Nothing };
        match column {
            "viewer" => view! { <code title=pair.session.viewer_id.clone()>{pair.session.viewer_id.clone()}</code> },
            "ended" => badge(tone(&state), state.word()),
            "name" => view! { <span title=pair.session.channel_arn>{pair.channel}</span> },
            "version" => pair.session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default().to_string().into_view(),
            _ => match state.why() {
                ("", "") => none(),
                (code, message) => view! { <span title=message.to_owned()>{format!("{code} {message}").trim().to_owned()}</span> },
            },
        }
    })
}

const fn tone(state: &State) -> Tone {
    match state {
        State::Waiting | State::Going => Tone::Plain,
        State::Asked => Tone::Good,
        State::Failed { .. } => Tone::Bad,
        State::NotKnown(_) | State::NotSent(_) => Tone::Warn,
    }
}

/// It can be pasted again: its first line names what is in it.
fn file(entries: &[Entry]) -> String {
    let line = |entry: &Entry| {
        let (code, message) = entry.state.why();
        let at = entry.at.map(|at| String::from(js_sys::Date::new(&at.into()).to_iso_string())).unwrap_or_default();
        let session = &entry.pair.session;
        let version = session.viewer_session_versions_less_than_or_equal_to.unwrap_or_default().to_string();
        csv::line(&[
            session.channel_arn.clone(),
            entry.pair.channel.clone(),
            session.viewer_id.clone(),
            version,
            entry.state.word().to_owned(),
            code.to_owned(),
            message.to_owned(),
            at,
        ])
    };
    format!("channelArn,channel,viewerId,version,state,code,message,sentAt\r\n{}", entries.iter().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::viewers::pairs::{Pair, check};
    use crate::shared::known_channels::Known;
    use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as Session;

    #[test]
    fn a_ledger_is_a_list_again_and_none_of_its_cells_a_formula() {
        let arn = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh";
        let session = Session { channel_arn: arn.into(), viewer_id: "-ann".into(), viewer_session_versions_less_than_or_equal_to: Some(2) };
        let state = State::Failed { code: "403".into(), message: "=cmd".into() };
        let text = file(&[Entry { pair: Pair { channel: "arena".into(), session: session.clone() }, state, at: None }]);
        assert!(text.contains("\"'=cmd\""), "{text}");
        let read = check(&text, &Known::of("eu-west-1".into(), &[], true));
        assert_eq!((read.wrong, read.pairs.into_iter().map(|pair| pair.session).collect()), (vec![], vec![session]));
    }
}
