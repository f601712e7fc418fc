//! One item of a job, with everything that is known of it: what a narrow row has no room for, and what AWS's support asks for.

use super::items::{target, tone, word};
use crate::api::Scope;
use crate::components::badge::badge;
use crate::components::copy::Copy;
use crate::components::detail::Detail;
use crate::components::locale::counted;
use crate::components::properties::{properties, property};
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
pub(super) fn dialog(items: Memo<Arc<Vec<JobItem>>>, state: Memo<JobState>, scope: Scope, detail: Detail) -> View {
    let title = move |index: usize| {
        items.with(|items| items.get(index).map(|item| format!("{} {}", item.operation, jobs::item_name(item))).unwrap_or_default())
    };
    detail.dialog(title, move |index| items.with(|items| items.get(index).map(|item| whole(item, state.get(), &scope))).into_view())
}

/// A text with the button that copies it.
pub(super) fn copied(text: &str, name: &'static str) -> View {
    view! { <code>{text.to_owned()}</code> <Copy name=name text=Signal::stored(text.to_owned())/> }
}

fn whole(item: &JobItem, state: JobState, scope: &Scope) -> View {
    let mut known = vec![property("State", badge(tone(item), word(item, state)))];
    if let Some(error) = &item.error {
        known.push(property("Why", view! { <code>{error.code.to_string()}</code> " " {error.message.clone()} }));
    }
    if !item.target.is_empty() {
        known.push(property("Resource", target(item, scope)));
        known.push(property("ARN", copied(&item.target, "Copy the ARN")));
    }
    known.extend(item.made.iter().map(|arn| property("Made", copied(arn, "Copy the ARN of what was made"))));
    let failed = item.error.as_ref().and_then(|error| error.request_id.as_ref());
    known.extend(item.request_id.as_ref().or(failed).map(|id| property("AWS request", copied(id, "Copy request id"))));
    known.extend(item.journal.as_ref().map(|id| property("Journal", copied(id, "Copy the id of the entry"))));
    if !item.viewers.is_empty() {
        let who: Vec<&str> = item.viewers.iter().map(|viewer| viewer.viewer_id.as_str()).collect();
        known.push(property("Viewers", who.join(", ")));
    }
    properties(known)
}
