//! One item of a job, with everything that is known of it: what a narrow row has no room for, and what AWS's support asks for.

use super::items::{target, tone, word};
use crate::api::Scope;
use crate::components::action::Action;
use crate::components::badge::badge;
use crate::components::copy::Copy;
use crate::components::locale::counted;
use crate::components::properties::{properties, property};
use crate::components::{dialog, dom};
use crate::shared::jobs;
use crate::view::prelude::*;
use contract::Operation;
use contract::job::{JobItem, JobState};
use std::sync::Arc;

/// What the steps of runbooks do.
const STEPS: [(Operation, &str); 4] = [
    (Operation::DeleteStreamKey, "Delete the stream key"),
    (Operation::StopStream, "Stop the stream"),
    (Operation::GetStream, "Watch that it stays down"),
    (Operation::CreateStreamKey, "Create another stream key"),
];

/// What a step of a runbook does.
pub(super) fn step(item: &JobItem) -> String {
    let known = STEPS.iter().find_map(|(operation, words)| (*operation == item.operation).then(|| (*words).to_owned()));
    known.unwrap_or_else(|| format!("Revoke {}", counted(item.viewers.len(), "viewer", "viewers")))
}

/// The dialog of the item that is opened.
pub(super) fn dialog(items: Memo<Arc<Vec<JobItem>>>, state: Memo<JobState>, scope: Scope, opened: RwSignal<Option<usize>>) -> View {
    let open = RwSignal::new(false);
    effect(move || {
        if opened.with(Option::is_some) {
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() && opened.with_untracked(Option::is_some) {
            opened.set(None);
        }
    });
    let item = Memo::new(move |_| opened.get().and_then(|index| items.with(|items| items.get(index).cloned())));
    let shown = dialog::shown_while(open);
    let id = dom::fresh_id("item");
    let labelled = id.clone();
    let title = move || item.with(|item| item.as_ref().map(|item| format!("{} {}", item.operation, jobs::item_name(item))));
    let body = move || item.with(|item| item.as_ref().map(|item| whole(item, state.get(), &scope)));
    view! {
        <dialog node_ref=shown class="dialog" aria-labelledby=labelled on:close=move |_| open.set(false)>
            <h2 id=id>{title}</h2>
            {body}
            <footer class="foot"><Action label="Close" on=move |()| open.set(false)/></footer>
        </dialog>
    }
}

fn whole(item: &JobItem, state: JobState, scope: &Scope) -> View {
    let code =
        |text: &str, name: &'static str| view! { <code>{text.to_owned()}</code> <Copy name=name text=Signal::stored(text.to_owned())/> };
    let mut known = vec![property("State", badge(tone(item), word(item, state)))];
    if let Some(error) = &item.error {
        known.push(property("Why", view! { <code>{error.code.to_string()}</code> " " {error.message.clone()} }));
    }
    if !item.target.is_empty() {
        known.push(property("Resource", target(item, scope)));
        known.push(property("ARN", code(&item.target, "Copy the ARN")));
    }
    known.extend(item.made.iter().map(|arn| property("Made", code(arn, "Copy the ARN of what was made"))));
    let failed = item.error.as_ref().and_then(|error| error.request_id.as_ref());
    known.extend(item.request_id.as_ref().or(failed).map(|id| property("AWS request", code(id, "Copy request id"))));
    known.extend(item.journal.as_ref().map(|id| property("Journal", code(id, "Copy the id of the entry"))));
    if !item.viewers.is_empty() {
        let who: Vec<&str> = item.viewers.iter().map(|viewer| viewer.viewer_id.as_str()).collect();
        known.push(property("Viewers", who.join(", ")));
    }
    properties(known)
}
