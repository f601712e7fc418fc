//! Creating many channels from a file: which column is what, what each row becomes, and which rows are wrong, before anything is
//! created. A job creates them, whose page has the result file and the way to delete them again.

mod columns;
mod left_out;
mod name;
mod one;
mod rows;
mod shown;

use crate::api::write;
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::fields::{TextArea, TextField};
use crate::components::file::{file_button, read_text};
use crate::components::form::FormState;
use crate::components::guard::Guard;
use crate::components::locale::counted;
use crate::components::page::{self, Head};
use crate::components::table::TableState;
use crate::routes::Page;
use crate::shared::job_start::Start;
use crate::shared::{channels, place, session};
use crate::view::prelude::*;
use contract::FieldErrors;
use contract::channel::CreateChannel;
use contract::job::{MOST_KEYS, Task};
use leptos::task::spawn_local;
use rows::{MOST_COLUMNS, Row, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Of a file: far more than so many channels take.
const MOST_BYTES: f64 = 4_000_000.0;

/// Of a request that starts a job, with room for what stands around the channels.
const MOST_BYTES_SENT: usize = contract::job::MOST_BYTES - 4_096;

/// The console keeps to a part of IVS's rate, which is five a second.
const A_SECOND: usize = 3;

/// What is typed. A copy is the same.
#[derive(Clone, Copy)]
struct Typed {
    text: RwSignal<String>,
    /// What each column is, as a member of IVS's request; `""` for nothing.
    columns: RwSignal<Vec<String>>,
    /// How the channels are called.
    pattern: RwSignal<String>,
    /// Are rows that are wrong left out?
    leave_out: RwSignal<bool>,
}

/// The page.
#[component]
pub(crate) fn Provision() -> View {
    // Query
    let scope = place::scope();
    let list = channels::channels(move || scope.get());
    let there = Memo::new(move |_| {
        let named = |state: &crate::api::State<crate::api::Pages<contract::channel::ChannelSummary>>| {
            state.value().map(|pages| pages.items.iter().filter_map(|channel| channel.name.clone()).collect::<BTreeSet<_>>())
        };
        list.with(named).unwrap_or_default()
    });

    // What is typed, and what it means
    let [text, pattern] = [(); 2].map(|()| RwSignal::new(String::new()));
    let typed = Typed { text, columns: RwSignal::new(Vec::new()), pattern, leave_out: RwSignal::new(false) };
    let source = Memo::new(move |_| text.with(|text| rows::read(text)));
    // Another first line has other columns.
    let head = Memo::new(move |_| source.with(|source| source.head().to_vec()));
    effect(move || {
        let head = head.get();
        typed.columns.set(head.iter().map(|head| columns::meant(head).to_owned()).collect());
        let named = head.iter().find(|head| columns::meant(head) == "name");
        pattern.set(named.map_or_else(String::new, |head| format!("{{{head}}}")));
    });
    let rows = Memo::new(move |_| {
        source.with(|source| {
            typed.columns.with(|columns| pattern.with(|pattern| there.with(|there| rows::rows(source, columns, pattern, there))))
        })
    });

    // Actions
    let open = RwSignal::new(false);
    let dirty = Memo::new(move |_| text.with(|text| !text.trim().is_empty()));
    let begun = RwSignal::new(false);
    let start = Start::new(scope, open, BTreeMap::new, move || begun.set(true));

    // View
    let table = TableState::new(shown::USUAL);
    let back = Signal::derive(move || Page::Channels(scope.get()).path());
    let any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <div class="list-page">
            <Head
                above=("Channels", back)
                title="Create channels from a file"
                below=move || view! { <span>"In " {move || scope.get().region} ". Nothing is created before you have seen what each row becomes."</span> }
            />
            <div class="halves">
                {file_card(typed, source)}
                {columns_card(typed, source, head)}
            </div>
            {move || any.get().then(|| dry_run(typed, rows, table, open))}
            {dialog(typed, rows, open, start)}
            <Guard
                dirty=Signal::derive(move || dirty.get() && !begun.get())
                title="Leave what you have typed?"
                loses="The rows, and what was said of their columns, are lost. No channel has been created."
            />
        </div>
    }
}

/// The rows as text: pasted, typed, or from a file.
fn file_card(typed: Typed, source: Memo<Source>) -> View {
    let refused = RwSignal::new(None::<String>);
    // What is typed may become something yet, until the field is left. What comes in one piece is whole.
    let whole = RwSignal::new(false);
    let read = move |file| {
        refused.set(None);
        spawn_local(async move {
            match read_text(file, MOST_BYTES, "a list of channels").await {
                Ok(read) => {
                    whole.try_set(true);
                    typed.text.try_set(read);
                }
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    let wrong = Memo::new(move |_| source.with(wrong));
    let said = Memo::new(move |_| refused.get().or_else(|| wrong.get().filter(|_| whole.get())));
    let at_field = move || wrong.get().filter(|_| !whole.get()).map(|why| FieldErrors::one("channels", why)).unwrap_or_default();
    provide_context(FormState::new(at_field));
    let body = view! {
        <div on:paste=move |_| whole.set(true)>
            <TextArea
                label="Rows"
                path="channels"
                value=typed.text
                rows="10"
                example="name,type,latencyMode,authorized,tag:team"
                help="CSV with a first line that names the columns, as a spreadsheet or the export of the channels writes it; or JSON, a list of CreateChannel requests."
            />
            <p class="field-action">{file_button("Read the channels from a file", ".csv,.txt,.json,text/csv,application/json", read)}</p>
        </div>
        {move || said.get().map(|why| view! { <p class="note warn" role="alert">{why}</p> })}
    };
    page::card("Rows", View::Nothing, body.into_view())
}

/// Why nothing can be made of it.
fn wrong(source: &Source) -> Option<String> {
    match source {
        Source::Empty | Source::Cells { .. } | Source::Requests(..) => None,
        Source::Unreadable(why) => Some(why.clone()),
        Source::TooWide(many) => {
            Some(format!("The first line names {}. A file may have {MOST_COLUMNS} at most.", counted(*many, "column", "columns")))
        }
        Source::TooLong(many) => {
            let most = counted(MOST_KEYS, "channel", "channels");
            Some(format!("There are {}. At most {most} are created at once. Send the file in parts.", counted(*many, "row", "rows")))
        }
    }
}

/// Which column is what, and how the channels are called.
fn columns_card(typed: Typed, source: Memo<Source>, head: Memo<Vec<String>>) -> View {
    let body = move || {
        let head = head.get();
        if head.is_empty() {
            return view! { <p class="soft">"What each column is can be said here once there is a first line. JSON names its members itself."</p> };
        }
        let lines =
            head.into_iter().enumerate().map(|(at, name)| columns::choice(typed.columns, typed.pattern, at, name)).collect::<View>();
        view! {
            <dl class="columns-meant">{lines}</dl>
            <TextField
                label="Names"
                path="name"
                value=typed.pattern
                example="{event}-stage-{row:2}"
                help="How each channel is called: {a column}, or {row}, with {row:3} as 001. Empty: without a name."
            />
        }
    };
    let body = view! { {left_out::note(source, typed.columns)} {body} };
    page::card("Columns", View::Nothing, body)
}

/// The rows that are created: all, or those that are not wrong.
fn meant(rows: &[Row]) -> Vec<CreateChannel> {
    rows.iter().filter(|row| row.wrong.is_empty()).map(|row| row.request.clone()).collect()
}

/// What each row becomes.
fn dry_run(typed: Typed, rows: Memo<Vec<Row>>, table: TableState, open: RwSignal<bool>) -> View {
    let good = Memo::new(move |_| rows.with(|rows| rows.iter().filter(|row| row.wrong.is_empty()).count()));
    let wrong = Memo::new(move |_| rows.with(Vec::len) - good.get());
    let role = session::off::<CreateChannel>();
    let off: Off = Signal::derive(move || {
        role.get().or_else(|| match (good.get(), wrong.get()) {
            (0, _) => Some("No row can be created.".to_owned()),
            (good, _) if good > MOST_KEYS => {
                Some(format!("At most {} are created at once. Send the file in parts.", counted(MOST_KEYS, "channel", "channels")))
            }
            (_, 1..) if !typed.leave_out.get() => Some("Mend the rows that are wrong, or leave them out.".to_owned()),
            (_, _) => None,
        })
    });
    let label = move || format!("Create {}…", counted(good.get(), "channel", "channels"));
    let leave_out = typed.leave_out;
    let wrong_ones = move || {
        (wrong.get() > 0).then(|| {
            view! {
                <label class="check">
                    <input type="checkbox" prop:checked=leave_out on:change=move |event| leave_out.set(event_target_checked(&event))/>
                    {move || format!("Leave out {}", counted(wrong.get(), "row that is wrong", "rows that are wrong"))}
                </label>
            }
        })
    };
    view! {
        <section class="ledger" aria-label="Dry run">
            <header class="row">
                <h2>"Dry run"</h2>
                <p class="soft" role="status">{move || format!("{} · {}", counted(good.get(), "channel would be created", "channels would be created"), counted(wrong.get(), "row is wrong", "rows are wrong"))}</p>
                <div class="row">{wrong_ones} <Action label=TextProp::from(label) look=Look::Primary off=off on=move |()| open.set(true)/></div>
            </header>
            {shown::table(rows, table)}
        </section>
    }
}

fn dialog(typed: Typed, rows: Memo<Vec<Row>>, open: RwSignal<bool>, start: Start) -> View {
    let scope = place::scope();
    let channels = Memo::new(move |_| rows.with(|rows| meant(rows)));
    let many = Memo::new(move |_| channels.with(Vec::len));
    let left_out = Memo::new(move |_| rows.with(Vec::len) - many.get());
    let noted = move |named: bool| {
        let noted = move |row: &&Row| row.wrong.is_empty() && row.note.is_some() && row.request.name.is_some() == named;
        rows.with(|rows| rows.iter().filter(noted).count())
    };
    let (twice, nameless) = (Memo::new(move |_| noted(true)), Memo::new(move |_| noted(false)));
    let on = Callback::new(move |()| start.run(Task::CreateChannels { channels: channels.get_untracked() }));
    let too_large = Memo::new(move |_| open.get() && channels.with(write).len() > MOST_BYTES_SENT);
    let off: Off = Signal::derive(move || match (left_out.get() > 0 && !typed.leave_out.get(), too_large.get()) {
        (true, _) => Some("Some rows are wrong.".to_owned()),
        (false, true) => Some("These are more tags than fit into one request. Send the file in parts.".to_owned()),
        (false, false) => None,
    });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Create {} in {}?", counted(many.get(), "channel", "channels"), scope.get().region))
            verb="Create channels"
            look=Look::Primary
            off=off
            busy=start.busy
            on=on
        >
            <ul class="facts">
                {move || fact(Tone::Plain, format!("One after the other, about {}. Each comes with a stream key.", counted(many.get().div_ceil(A_SECOND), "second", "seconds")))}
                {move || (left_out.get() > 0).then(|| fact(Tone::Warn, format!("{} left out.", counted(left_out.get(), "row that is wrong is", "rows that are wrong are"))))}
                {move || (twice.get() > 0).then(|| fact(Tone::Warn, format!("{} a name that another has: IVS allows that.", counted(twice.get(), "channel gets", "channels get"))))}
                {move || (nameless.get() > 0).then(|| fact(Tone::Warn, format!("{} no name.", counted(nameless.get(), "channel gets", "channels get"))))}
                {fact(Tone::Plain, "It goes on when this page is closed, can be cancelled, and what was refused can be tried again.")}
                {fact(Tone::Plain, "The page of the job has a file with what was made, and deletes the set again.")}
            </ul>
            {start.failure()}
        </Confirm>
    }
}
