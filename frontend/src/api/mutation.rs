//! Changing things: a mutation is sent once however often the button is pressed, knows that it is under way, and ends
//! with a receipt.

use super::{Problem, Scope, client};
use crate::shared::{cli, toasts};
use contract::Call;
use contract::call::{CallBody, CallReply, Expect, Receipt};
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
    /// Why, in the person's words.
    pub(crate) reason: Option<String>,
}

impl<R> Change<R> {
    /// A change without an expectation and a reason.
    pub(crate) fn new(scope: Scope, request: R, done: impl Into<String>) -> Self {
        Self { scope, request, done: done.into(), expect: None, reason: None }
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
    failures: Failures,
}

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
        Self { busy: RwSignal::new(false), problem: RwSignal::new(None), attempt: StoredValue::new(None), failures }
    }

    /// Is it under way?
    pub(crate) fn busy(&self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why the last attempt failed, until the next begins.
    pub(crate) fn problem(&self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// Sends the change and calls `then` with the reply. Does nothing while one is under way. What breaks IVS's rules
    /// is not sent. The change goes on, and its receipt comes, even if the person leaves the page.
    pub(crate) fn run<R: Call>(self, change: Change<R>, then: impl FnOnce(R::Response) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        if let Err(fields) = change.request.check() {
            return self.fail(Problem::invalid(fields), None, String::new());
        }
        self.busy.set(true);
        self.problem.set(None);
        let key = self.key(&change);
        wasm_bindgen_futures::spawn_local(async move {
            let line = cli::line(&change.scope, &change.request);
            let Change { scope, request, done, expect, reason } = change;
            let end = client::send(&scope, &CallBody { request, expect, reason, key: Some(key) }).await;
            let _gone = self.busy.try_set(false);
            match end {
                Ok(CallReply { response, receipt }) => {
                    self.attempt.try_set_value(None);
                    toasts::done(done, receipt, line);
                    then(response);
                }
                Err(client::Failure { problem, receipt }) => self.fail(problem, receipt, line),
            }
        });
    }

    fn fail(self, problem: Problem, receipt: Option<Receipt>, line: String) {
        if !problem.uncertain() {
            self.attempt.try_set_value(None);
        }
        // Whoever left the form still learns how the change ended.
        let gone = self.problem.try_set(Some(problem.clone())).is_some();
        if gone || self.failures == Failures::AsToast {
            toasts::failed(problem, receipt, line);
        }
    }

    fn key<R: Call>(self, change: &Change<R>) -> String {
        let content = cli::line(&change.scope, &change.request);
        let last = self.attempt.get_value().filter(|(_, sent)| *sent == content);
        let (key, _) = last.unwrap_or_else(|| (new_key(), content.clone()));
        self.attempt.set_value(Some((key.clone(), content)));
        key
    }
}

/// A key that no other change has: 32 hexadecimal digits. Not `randomUUID`, which browsers keep from plain-HTTP pages.
pub(crate) fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    debug_assert!(filled.is_ok(), "every browser fills 16 bytes");
    bytes.iter().fold(String::new(), |key, byte| key + &format!("{byte:02x}"))
}
