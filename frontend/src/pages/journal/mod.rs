//! The journal: what was asked, by whom, and how it ended. One's own rows, and with the auditor grant everyone's.

mod detail;
mod entries;
mod verify;

use crate::api::{client, query};
use crate::components::action::Action;
use crate::components::badge::{Tone, badge};
use crate::components::detail::Detail;
use crate::components::load::{Stage, failure, stage};
use crate::components::page::Head;
use crate::components::table::{Table, TableState};
use crate::routes::Page;
use crate::shared::export::panel;
use crate::shared::{session, toasts};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::call::Outcome;
use contract::journal::{JournalEntry, ListJournal, VerifyJournal};
use entries::{Entries, export, rows};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

/// How often the newest are asked for, in milliseconds. It costs no call of IVS.
const EVERY: f64 = 5_000.0;
/// As many as the backend gives at once.
const PAGE: u32 = 100;

/// The kinds, as in the address and as people read them.
const KINDS: [(&str, &str); 7] = [
    ("", "Everything"),
    ("change", "Changes"),
    ("secret", "Secrets"),
    ("auth", "Sign-ins"),
    ("authz", "Denials"),
    ("admin", "Console"),
    ("config", "Starts"),
];

/// The page.
#[component]
pub(crate) fn Journal() -> View {
    // Query
    let address = use_query_map();
    let asked = move |name: &'static str| address.with(|query| query.get(name).filter(|text| !text.is_empty()));
    let wish = Memo::new(move |_| ListJournal {
        arn: asked("arn"),
        kind: asked("kind"),
        subject: asked("person"),
        limit: Some(PAGE),
        ..ListJournal::default()
    });
    let newest = query::own(move || session::me().map(|_| wish.get())).every(EVERY);
    let open = query::own(|| session::me().map(|_| ListJournal { unresolved: true, limit: Some(PAGE), ..ListJournal::default() }));
    let open = open.every(EVERY);
    let entries = Entries::following(newest, wish);
    let waiting = stage(newest.bare());

    // Actions
    let older = Callback::new(move |()| {
        let Some(wish) = entries.older(&wish.get_untracked()) else { return };
        wasm_bindgen_futures::spawn_local(async move {
            match client::own(&wish).await {
                Ok(page) => entries.add(page),
                Err(problem) => entries.failed(toasts::failed(problem, None, String::new())),
            }
        });
    });
    // The one that was opened stays, whatever comes before it in the list meanwhile.
    let (row, chosen) = (Detail::new(), RwSignal::new(None::<JournalEntry>));
    let open_row = Callback::new(move |index: usize| {
        chosen.set(entries.at(index));
        row.show(index);
    });

    // View
    let state = TableState::new(entries::USUAL);
    let verify = session::off_route::<VerifyJournal>();
    let empty = || view! { <div class="empty"><h2>"Nothing that fits"</h2><p>"Every change, every secret that was seen, every denial and every sign-in leaves a row here."</p></div> };
    view! {
        <div class="list-page">
            <Head title="Journal" below=below actions=move || view! { {verify::action(verify)} }/>
            {kinds(wish)}
            {failure(newest.bare())}
            {move || open.with(|state| state.value().map(|page| unresolved(&page.entries)))}
            <Table
                label="Journal"
                rows=rows(entries, open_row)
                state=state
                loading=Signal::derive(move || waiting.get() == Stage::Waiting)
                example="Who, what or which"
                more=move || panel(export(entries, state))
                empty=empty
            />
            <div class="row">
                <Action label="Show older" busy=entries.busy() off=entries.no_older() on=older/>
                <span class="soft">{move || entries.said()}</span>
            </div>
            {row.dialog(move |_| title(chosen.get()), move |_| detail::whole(chosen.get_untracked(), row))}
        </div>
    }
}

fn title(entry: Option<JournalEntry>) -> String {
    entry.map(|entry| entry.operation).unwrap_or_default()
}

fn below() -> View {
    let off = session::off_route::<VerifyJournal>();
    let whose = move || {
        if off.get().is_none() {
            "Everyone's rows, newest first."
        } else {
            "Your own rows, newest first. Everyone's takes the auditor grant."
        }
    };
    view! { <span>{whose}</span> }
}

/// The kinds to choose from, and what else of the address narrows the list.
fn kinds(wish: Memo<ListJournal>) -> View {
    let navigate = use_navigate();
    let go = Callback::new(move |(kind, arn, person): (Option<String>, Option<String>, Option<String>)| {
        let parts = [("kind", kind), ("arn", arn), ("person", person)];
        let encode = |text: String| js_sys::encode_uri_component(&text).as_string().unwrap_or_default();
        let query: Vec<String> = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(value?)))).collect();
        let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
        navigate(&format!("{}{query}", Page::Journal.path()), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    let choose = move |event: web_sys::Event| {
        let kind = Some(event_target_value(&event)).filter(|kind| !kind.is_empty());
        let now = wish.get_untracked();
        go.run((kind, now.arn, now.subject));
    };
    let option = move |(word, label): (&'static str, &'static str)| {
        let chosen = move || wish.with(|wish| wish.kind.as_deref().unwrap_or_default() == word);
        view! { <option value=word selected=chosen>{label}</option> }
    };
    let arn = move || {
        wish.with(|wish| wish.arn.clone()).map(|arn| {
        let off = Callback::new(move |()| {
            let now = wish.get_untracked();
            go.run((now.kind, None, now.subject));
        });
        view! { <span class="note row">"About " <code>{Arn::short(&arn).to_owned()}</code> <Action label="Everything else too" on=off/></span> }
    })
    };
    let person = move || {
        wish.with(|wish| wish.subject.clone()).map(|_| {
            let off = Callback::new(move |()| {
                let now = wish.get_untracked();
                go.run((now.kind, now.arn, None));
            });
            view! { <span class="note row">"Of one person" <Action label="Everyone's" on=off/></span> }
        })
    };
    view! {
        <div class="row">
            <span class="soft">"Show"</span>
            <select class="input" aria-label="Show" on:change=choose>{KINDS.map(option)}</select>
            {arn}
            {person}
        </div>
    }
}

/// What has not ended, or nobody knows how: above everything else until it does.
fn unresolved(open: &[JournalEntry]) -> View {
    let line = |entry: &JournalEntry| {
        let how = match entry.outcome {
            Some(Outcome::Unknown) => badge(Tone::Warn, "Unknown: it is being looked up"),
            None | Some(Outcome::Done | Outcome::Refused) => badge(Tone::Plain, "Under way"),
        };
        view! { <li>{how} " " <b>{entry.operation.clone()}</b> " " {entries::about(entry)} <span class="soft">" · " {entry.person.clone()}</span></li> }
    };
    if open.is_empty() {
        return View::Nothing;
    }
    view! {
        <section class="note warn" aria-label="Not ended">
            <b>"Not ended, or not known how"</b>
            <ul>{open.iter().map(line).collect::<View>()}</ul>
        </section>
    }
}
