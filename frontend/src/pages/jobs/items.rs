//! The items of a job, what needs somebody first; of a runbook its steps, in their order.

use super::item;
use crate::api::{self, Scope};
use crate::components::badge::{Tone, badge, none};
use crate::components::detail::Detail;
use crate::components::locale::lower;
use crate::components::table::{Cells, Column, Compare, Rows, Table, TableState, Usual};
use crate::routes::Page;
use crate::shared::export::{Export, panel};
use crate::shared::{arn, jobs};
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
use contract::call::Outcome;
use contract::job::{Job, JobItem, JobState, Task};
use contract::{Code, Operation};
use std::sync::Arc;

const USUAL: Usual = Usual {
    list: "items",
    sort: "outcome",
    names: |_| false,
    fields: "",
    columns: &[
        Column { id: "target", label: "Resource", class: "main", sorts: true, usual: true },
        Column { id: "outcome", label: "State", class: "half", sorts: true, usual: true },
        Column { id: "why", label: "Why", class: "narrow-1 wide", sorts: false, usual: true },
        Column { id: "operation", label: "Operation", class: "narrow-2", sorts: false, usual: true },
        Column { id: "arn", label: "ARN", class: "narrow-3", sorts: false, usual: true },
    ],
};

/// Of a runbook.
const STEPS: Usual = Usual {
    list: "steps",
    sort: "step",
    names: |_| false,
    fields: "",
    columns: &[
        Column { id: "step", label: "Step", class: "half", sorts: true, usual: true },
        Column { id: "outcome", label: "State", class: "half", sorts: true, usual: true },
        Column { id: "why", label: "Why", class: "narrow-1 wide", sorts: false, usual: true },
        Column { id: "operation", label: "Operation", class: "narrow-2", sorts: false, usual: true },
        Column { id: "arn", label: "ARN", class: "narrow-3", sorts: false, usual: true },
    ],
};

pub(super) fn table(job: Signal<Job>) -> View {
    let steps = job.with_untracked(|job| matches!(job.task, Task::TakeOffAir { .. } | Task::ResetStreamKey { .. }));
    let detail = Detail::new();
    let items = Memo::new(move |_| job.with(|job| Arc::new(job.items.clone())));
    let at_rest = Memo::new(move |_| job.with(|job| job.state));
    let scope = job.with_untracked(|job| Scope { account: job.account.clone(), region: job.region.clone() });
    let of = move |index: usize, read: fn(&JobItem) -> String| items.with(|items| items.get(index).map(read).unwrap_or_default());
    let rows = Rows {
        count: Signal::derive(move || items.with(|items| items.len())),
        // A reset has two items of one channel.
        key: Arc::new(move |index| format!("{index} {}", of(index, |item| format!("{} {}", item.target, item.operation)))),
        name: Arc::new(move |index| of(index, if steps { item::step } else { jobs::item_name })),
        matches: Arc::new(move |words| {
            let (items, words) = (items.get(), words.to_vec());
            Box::new(move |index| items.get(index).is_some_and(|item| fits(item, steps, &words)))
        }),
        compare: Arc::new(move |column| compare(items.get(), column)),
        cells: Arc::new({
            let scope = scope.clone();
            move |index| cells(items, at_rest, scope.clone(), detail, index)
        }),
        open: detail.opener(),
        selection: None,
        menu: None,
    };
    let state = TableState::new(if steps { STEPS } else { USUAL });
    let export = Export {
        file: Signal::derive(move || format!("job-{}", job.with(|job| job.id.clone()))),
        called: ("item", "items"),
        member: "items",
        head: "target,name,operation,outcome,error.code,error.message,error.requestId,requestId,journal",
        state,
        row: Arc::new(move |index| of(index, api::write)),
        beside: None,
        full: None,
    };
    view! {
        <Table
            label="Items"
            rows=rows
            state=state
            loading=Signal::stored(false)
            example="Name, ARN, refused, code…"
            more=move || panel(export.clone())
            empty=|| View::Nothing
        />
        {item::dialog(items, at_rest, scope, detail)}
    }
}

fn fits(item: &JobItem, steps: bool, words: &[String]) -> bool {
    let error = item.error.as_ref().map(|error| format!("{} {}", error.code, error.message)).unwrap_or_default();
    let step = if steps { item::step(item) } else { String::new() };
    let word = word(item, JobState::Running);
    let text = lower(&format!("{} {} {} {step} {word} {error}", jobs::item_name(item), item.target, item.operation));
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Refused first: that is what somebody can do something about.
fn rank(item: &JobItem) -> u8 {
    match item.outcome {
        Some(Outcome::Refused) => 0,
        Some(Outcome::Unknown) => 1,
        None => 2,
        Some(Outcome::Done) => 3,
    }
}

fn compare(items: Arc<Vec<JobItem>>, column: &str) -> Compare {
    let (by_name, in_order) = (column == "target", column == "step");
    Box::new(move |first, second| {
        let (Some(a), Some(b)) = (items.get(first), items.get(second)) else { return first.cmp(&second) };
        if in_order {
            first.cmp(&second)
        } else if by_name {
            lower(&jobs::item_name(a)).cmp(&lower(&jobs::item_name(b)))
        } else {
            rank(a).cmp(&rank(b))
        }
    })
}

pub(super) fn word(item: &JobItem, state: JobState) -> &'static str {
    match (item.outcome, state) {
        (Some(Outcome::Done), _) => "Done",
        (Some(Outcome::Refused), _) => "Refused",
        (Some(Outcome::Unknown), _) => "Being looked up",
        (None, JobState::Running) if item.error.as_ref().is_some_and(|error| error.code == Code::StreamNotEnded) => {
            "Waiting for its stream to end"
        }
        (None, _) if item.begun && item.operation == Operation::GetStream => "Being watched",
        (None, _) if item.begun => "Under way",
        (None, JobState::Running | JobState::Finished) => "Waiting",
        (None, JobState::Cancelled) => "Not begun",
    }
}

pub(super) fn tone(item: &JobItem) -> Tone {
    match item.outcome {
        Some(Outcome::Done) => Tone::Good,
        Some(Outcome::Refused) => Tone::Bad,
        Some(Outcome::Unknown) => Tone::Warn,
        None => Tone::Plain,
    }
}

fn cells(items: Memo<Arc<Vec<JobItem>>>, state: Memo<JobState>, scope: Scope, detail: Detail, index: Signal<usize>) -> Cells {
    let item = Memo::new(move |_| items.with(|items| items.get(index.get()).cloned()));
    Box::new(move |column| {
        let Some(item) = item.get() else { return View::Nothing };
        match column {
            "target" => target(&item, &scope),
            "step" => item::step(&item).into_view(),
            "outcome" => ended(&item, state.get(), Callback::new(move |()| detail.show(index.get_untracked()))),
            "why" => why(&item),
            "operation" => view! { <code class="faint">{item.operation.name()}</code> },
            _ => match item.made.first().unwrap_or(&item.target) {
                none if none.is_empty() => View::Nothing,
                arn => arn::id(arn, &jobs::item_name(&item)),
            },
        }
    })
}

/// The way there, where there is something: not to what this very job has deleted.
pub(super) fn target(item: &JobItem, scope: &Scope) -> View {
    let name = jobs::item_name(item);
    let of = item.made.iter().find(|arn| Arn::parse(arn).is_some_and(|arn| arn.resource == Resource::Channel)).unwrap_or(&item.target);
    let gone = item.operation == Operation::DeleteChannel && item.outcome == Some(Outcome::Done);
    match Arn::parse(of).filter(|arn| arn.resource == Resource::Channel && !gone) {
        Some(arn) => view! { <a class="link" href=Page::Channel(scope.clone(), arn.id).path()>{name}</a> },
        None => name.into_view(),
    }
}

/// With IVS's word for what refused it, and the way to all that is known of it.
fn ended(item: &JobItem, state: JobState, open: Callback<()>) -> View {
    let code = item.error.as_ref().map(|error| view! { " " <code class="faint">{error.code.to_string()}</code> });
    let label = format!("{}: what became of {}", word(item, state), jobs::item_name(item));
    view! { <button type="button" class="plain" aria-label=label on:click=move |_| open.run(())>{badge(tone(item), word(item, state))} {code}</button> }
}

fn why(item: &JobItem) -> View {
    let Some(error) = &item.error else { return none() };
    let request = error.request_id.as_ref().map(|id| format!(" · request {id}")).unwrap_or_default();
    view! { <span title=format!("{}{request}", error.message)>{error.message.clone()}</span> }
}
