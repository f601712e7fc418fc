//! Messages about changes: how they ended, with their receipt. `frame` shows them.

use crate::api::Problem;
use crate::view::prelude::*;
use contract::call::{Outcome, Receipt};
use std::cell::Cell;
use std::time::Duration;

/// How long the message of a change that was done stays. The others stay until they are closed.
const STAY: Duration = Duration::from_secs(8);

/// How a thing ended, as a tone to show it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Done.
    Good,
    /// Not known, or worth a look.
    Warn,
    /// Refused.
    Bad,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    /// Its number, counted from the start of the app.
    pub(crate) id: u32,
    /// How it ended.
    pub(crate) tone: Tone,
    /// What happened, in a few words.
    pub(crate) title: String,
    /// What it means here and the next step; may be empty.
    pub(crate) detail: String,
    /// The operation, how long it took and the request id.
    pub(crate) receipt: Option<Receipt>,
    /// IVS's code, where it was refused.
    pub(crate) code: Option<String>,
    /// The same call with the AWS CLI; empty where there is none.
    pub(crate) line: String,
}

thread_local! {
    static LIST: RwSignal<Vec<Toast>> = RwSignal::new(Vec::new());
    static NEXT: Cell<u32> = const { Cell::new(1) };
}

/// Makes the list outlive every page. Called once, by the root of the app.
pub(crate) fn provide() {
    LIST.with(|_| ());
}

/// The messages on the screen, oldest first.
pub(crate) fn list() -> RwSignal<Vec<Toast>> {
    LIST.with(|list| *list)
}

/// Says something that is no change, such as “Copied”.
pub(crate) fn say(tone: Tone, title: impl Into<String>) {
    push(Toast { id: 0, tone, title: title.into(), detail: String::new(), receipt: None, code: None, line: String::new() });
}

/// A change was done, or was sent without an answer that says so.
pub(crate) fn done(title: String, receipt: Receipt, line: String) {
    let (tone, detail) = match receipt.outcome {
        Outcome::Done => (Tone::Good, ""),
        Outcome::Refused => (Tone::Bad, ""),
        Outcome::Unknown => (Tone::Warn, "It is not known whether it was done. It is being looked up; nothing is sent twice."),
    };
    push(Toast { id: 0, tone, title, detail: detail.to_owned(), receipt: Some(receipt), code: None, line });
}

/// A change was refused, or its end is not known. The message's number, to close it by.
pub(crate) fn failed(problem: Problem, receipt: Option<Receipt>, line: String) -> u32 {
    let tone = if problem.uncertain() { Tone::Warn } else { Tone::Bad };
    let stop = if problem.detail.ends_with(['.', '!', '?']) { "" } else { "." };
    let detail = format!("{}{stop} {}", problem.detail, problem.advice);
    let code = problem.code.map(|code| code.to_string());
    push(Toast { id: 0, tone, title: problem.title.to_owned(), detail, receipt, code, line })
}

/// What is small in a message, as `CreateChannel · 214 ms · request 6c1f…`.
pub(crate) fn facts(code: Option<String>, receipt: Option<&Receipt>) -> String {
    let mut facts: Vec<String> = code.into_iter().collect();
    if let Some(receipt) = receipt {
        facts.push(receipt.operation.to_string());
        facts.push(format!("{} ms", receipt.millis));
        facts.extend(receipt.request_id.as_ref().map(|id| format!("request {id}")));
    }
    facts.join(" · ")
}

/// Closes a message.
pub(crate) fn close(id: u32) {
    list().update(|toasts| toasts.retain(|toast| toast.id != id));
}

fn push(toast: Toast) -> u32 {
    let id = NEXT.replace(NEXT.get() + 1);
    let stays = toast.tone != Tone::Good;
    list().update(|toasts| toasts.push(Toast { id, ..toast }));
    if !stays {
        set_timeout(move || close(id), STAY);
    }
    id
}
