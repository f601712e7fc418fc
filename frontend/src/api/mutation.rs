//! Changing things: a mutation is sent once however often the button is pressed, knows that it is under way, and ends
//! with a receipt.

use super::asked;
use super::client::{self, Beside, Failure};
use super::json::{self, Unreadable, Value};
use super::wait::wait;
use super::{Problem, Scope};
use crate::components::locale;
use crate::shared::{as_code, clock, toasts};
use crate::signal::{RwSignal, Signal};
use contract::call::{Expect, Receipt};
use contract::{Call, Code, FieldErrors};
use leptos::prelude::*;

/// A change that a person asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Change<R> {
    /// Where.
    pub(crate) scope: Scope,
    /// What, as on IVS's wire.
    pub(crate) request: R,
    /// What the receipt says when it is done, such as “Channel finals-stage-2 created”.
    pub(crate) done: String,
    /// What the person saw, where acting on anything else would be wrong.
    pub(crate) expect: Option<Expect>,
    /// The same request as it would leave everything as the person saw it: what somebody else changed since is not overwritten.
    pub(crate) seen: Option<R>,
    /// Why, in the person's words.
    pub(crate) reason: Option<String>,
}

impl<R> Change<R> {
    /// A change without an expectation and a reason.
    pub(crate) fn new(scope: Scope, request: R, done: impl Into<String>) -> Self {
        Self { scope, request, done: done.into(), expect: None, seen: None, reason: None }
    }
}

/// Where a failure is shown. It is shown once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failures {
    /// At the fields and in the footer of the form, which reads [`Mutation::problem`].
    InForm,
    /// As a message that stays.
    AsToast,
}

/// Changes of one kind, one at a time. A copy is the same mutation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mutation {
    busy: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
    /// The key of an attempt whose end is not known, with what was sent: sending the very same again is then harmless.
    attempt: StoredValue<Option<(String, String)>>,
    /// Since when the server has been looking for what became of it, in milliseconds since 1970.
    looked_for: RwSignal<Option<f64>>,
    failures: Failures,
}

/// A change as it is sent, without its type.
struct Sent {
    path: String,
    /// The request.
    json: String,
    /// The same for a shell.
    line: String,
    done: Done,
    beside: Beside,
}

/// What is said when it is done.
struct Done {
    receipt: String,
    /// Does the page say so itself, for as long as it is there?
    here: bool,
}

/// How far apart the server is asked what became of a change, in milliseconds, and how often: for as long as it looks.
const APART: i32 = 5_000;
const ASKED: u32 = 40;

/// Reads the response and goes on with it.
type Then = Box<dyn FnOnce(Value, &Receipt) -> Result<(), Unreadable>>;

impl Mutation {
    /// For a form: it shows what fails.
    pub(crate) fn in_form() -> Self {
        Self::new(Failures::InForm)
    }

    /// For a button: what fails becomes a message that stays.
    pub(crate) fn action() -> Self {
        Self::new(Failures::AsToast)
    }

    fn new(failures: Failures) -> Self {
        let (busy, problem, looked_for) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(None));
        Self { busy, problem, attempt: StoredValue::new(None), looked_for, failures }
    }

    /// Is it under way?
    pub(crate) fn busy(&self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why the last attempt failed, until the next begins.
    pub(crate) fn problem(&self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// What is asked now is another thing than what failed.
    pub(crate) fn forget(&self) {
        self.problem.set(None);
    }

    /// For how long, as a clock, it has been looked up what became of the last attempt. The same sent again would be answered with
    /// what is known of that one.
    pub(crate) fn looked_for(&self) -> Signal<Option<String>> {
        let (since, now) = (self.looked_for, clock::now());
        Signal::derive(move || since.get().map(|since| locale::clock(now.get() - since)))
    }

    /// Sends the change and calls `then` with the reply. Does nothing while one is under way. What breaks IVS's rules
    /// is not sent. The change goes on, and its receipt comes, even if the person leaves the page.
    pub(crate) fn run<R: Call>(self, change: Change<R>, then: impl FnOnce(R::Response) + 'static) {
        self.begin(change, false, move |response, _| then(response));
    }

    /// The same, from a page that says itself that it was done, and shows the receipt.
    pub(crate) fn run_here<R: Call>(self, change: Change<R>, then: impl FnOnce(Receipt) + 'static) {
        self.begin(change, true, move |_, receipt| then(receipt.clone()));
    }

    fn begin<R: Call>(self, change: Change<R>, here: bool, then: impl FnOnce(R::Response, &Receipt) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        let Change { scope, request, done, expect, seen, reason } = change;
        let json = json::write(&request);
        let (path, line) = (asked::path(&scope, R::OPERATION), as_code::line(R::OPERATION, &scope, &json));
        let beside = Beside { expect, seen: seen.as_ref().map(json::write), reason, key: None };
        let then: Then = Box::new(|response, receipt| json::read(response).map(|response| then(response, receipt)));
        self.send(Sent { path, json, line, done: Done { receipt: done, here }, beside }, request.check(), then);
    }

    /// What all changes have in common, once for all types.
    fn send(self, change: Sent, checked: Result<(), FieldErrors>, then: Then) {
        let Sent { path, json, line, done, mut beside } = change;
        if let Err(fields) = checked {
            self.fail(Problem::invalid(fields), None, String::new());
            return;
        }
        self.busy.set(true);
        self.problem.set(None);
        // All that the server knows the attempt by: another account, or another expectation, is another change.
        let key = self.key(format!("{path} {}", client::body_with(&json, &beside)));
        beside.key = Some(key.clone());
        let body = client::body_with(&json, &beside);
        wasm_bindgen_futures::spawn_local(async move {
            let end = client::call(&path, body.clone()).await;
            self.busy.set(false);
            if !end.as_ref().is_err_and(|failed| failed.problem.is_unknown()) {
                self.end(end, then, done, line);
                return;
            }
            let said = self.end(end, Box::new(|_, _| Ok(())), Done { receipt: String::new(), here: false }, line.clone());
            self.looked_for.try_set(Some(js_sys::Date::now()));
            let last = last_word(&path, body).await;
            self.looked_for.try_set(None);
            let Some(end) = last else { return };
            said.into_iter().for_each(toasts::close);
            match self.attempt.try_get_value() {
                Some(Some((last, _))) if last == key => drop(self.end(end, then, done, line)),
                // Whoever pressed the button again has heard of it already.
                Some(None) => {}
                // What was begun anew since, or on another page, is not ended by what came before it.
                Some(Some(_)) | None => match end {
                    Ok((_, receipt)) => toasts::done(done.receipt, receipt, line),
                    Err(Failure { problem, receipt }) => drop(toasts::failed(problem, receipt, line)),
                },
            }
        });
    }

    /// How it ended: says so, and goes on with the reply. The message that says so, where it is one.
    fn end(self, end: Result<(Value, Receipt), Failure>, then: Then, done: Done, line: String) -> Option<u32> {
        match end {
            Ok((response, receipt)) => {
                let there = self.problem.try_set(None);
                match then(response, &receipt) {
                    Ok(()) => {
                        self.attempt.try_set_value(None);
                        if !(done.here && there) {
                            toasts::done(done.receipt, receipt, line);
                        }
                        None
                    }
                    Err(error) => self.fail(error.into(), None, line),
                }
            }
            Err(Failure { problem, receipt }) => self.fail(problem, receipt, line),
        }
    }

    fn fail(self, mut problem: Problem, receipt: Option<Receipt>, line: String) -> Option<u32> {
        if problem.code.is_none() {
            problem.advice = "It may have been done all the same. Send it again: what was done is not done twice.";
        }
        if !problem.uncertain() {
            self.attempt.try_set_value(None);
        }
        // It stands in place of the page, which waits; back there, it is not true any more.
        if problem.code == Some(Code::SignInRequired) {
            return None;
        }
        // Whoever left the form still learns how the change ended.
        let there = self.problem.try_set(Some(problem.clone()));
        (!there || self.failures == Failures::AsToast).then(|| toasts::failed(problem, receipt, line))
    }

    fn key(self, content: String) -> String {
        let last = self.attempt.get_value().filter(|(_, sent)| *sent == content);
        let key = last.map_or_else(new_key, |(key, _)| key);
        self.attempt.set_value(Some((key.clone(), content)));
        key
    }
}

/// What is found out about a change whose end nobody knew. The very same request, with the same key, is never sent to IVS
/// again: it is answered with what is known of the first. `None`: nothing more, for as long as the server looks.
async fn last_word(path: &str, body: String) -> Option<Result<(Value, Receipt), Failure>> {
    for _ in 0..ASKED {
        wait(APART).await;
        let end = client::call(path, body.clone()).await;
        // Only with a receipt is it about the change: the network may be gone for a while, the console be busy, a role taken away.
        let told = end.as_ref().map_or_else(|failed| failed.receipt.is_some() && !failed.problem.is_unknown(), |_| true);
        if told {
            return Some(end);
        }
    }
    None
}

/// A key that no other change has: 32 hexadecimal digits. Not `randomUUID`, which browsers keep from plain-HTTP pages.
pub(crate) fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    debug_assert!(filled.is_ok(), "every browser fills 16 bytes");
    bytes.iter().fold(String::new(), |key, byte| key + &format!("{byte:02x}"))
}
