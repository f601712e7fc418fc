//! What was asked of IVS in this visit to the page, and how it ended for each viewer.

use super::pairs::Pair;
use crate::api::{Problem, Scope, quietly, wait};
use crate::view::prelude::*;
use contract::viewer_session::{BatchStartViewerSessionRevocation, BatchStartViewerSessionRevocationError};
use contract::{Code, Operation};
use js_sys::Date;
use leptos::task::spawn_local;

/// So many pairs IVS takes at once.
const AT_ONCE: usize = 20;

/// How it stands with a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Its turn is still to come.
    Waiting,
    /// Being sent.
    Going,
    /// IVS took it.
    Asked,
    /// IVS or the console refused it.
    Failed {
        /// IVS's own, or the console's.
        code: String,
        /// In words.
        message: String,
    },
    /// No answer came.
    NotKnown(String),
    /// It was stopped before.
    NotSent(String),
}

impl State {
    /// As it is shown.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Going => "Sending",
            Self::Asked => "Asked",
            Self::Failed { .. } => "Failed",
            Self::NotKnown(_) => "Not known",
            Self::NotSent(_) => "Not sent",
        }
    }

    /// Is there reason to send it again? To revoke twice does no harm.
    pub(super) const fn failed(&self) -> bool {
        match self {
            Self::Failed { .. } | Self::NotKnown(_) | Self::NotSent(_) => true,
            Self::Waiting | Self::Going | Self::Asked => false,
        }
    }

    /// Why it failed: the code and the words.
    pub(super) fn why(&self) -> (&str, &str) {
        match self {
            Self::Failed { code, message } => (code, message),
            Self::NotKnown(why) | Self::NotSent(why) => ("", why),
            Self::Waiting | Self::Going | Self::Asked => ("", ""),
        }
    }
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) pair: Pair,
    pub(super) state: State,
    /// When it was sent last.
    pub(super) at: Option<f64>,
}

/// The ledger. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Ledger {
    pub(super) entries: RwSignal<Vec<Entry>>,
    /// Is something being sent?
    pub(super) going: RwSignal<bool>,
    /// Does the person want it to stop?
    pub(super) stop: RwSignal<bool>,
}

impl Ledger {
    pub(super) fn new() -> Self {
        Self { entries: RwSignal::new(Vec::new()), going: RwSignal::new(false), stop: RwSignal::new(false) }
    }

    /// How many are in a state that fits.
    pub(super) fn count(self, fits: impl Fn(&State) -> bool) -> usize {
        self.entries.with(|entries| entries.iter().filter(|entry| fits(&entry.state)).count())
    }

    /// Notes one that was sent by itself.
    pub(super) fn note(self, pair: Pair) {
        self.entries.update(|entries| entries.push(Entry { pair, state: State::Asked, at: Some(Date::now()) }));
    }

    /// Sends these, after those that are there.
    pub(super) fn send(self, scope: Scope, pairs: Vec<Pair>) {
        let from = self.entries.with_untracked(Vec::len);
        let to = from + pairs.len();
        self.entries.update(|entries| entries.extend(pairs.into_iter().map(|pair| Entry { pair, state: State::Waiting, at: None })));
        self.run(scope, (from..to).collect());
    }

    /// Sends again what failed, and nothing else.
    pub(super) fn again(self, scope: Scope) {
        let failed = |(index, entry): (usize, &Entry)| entry.state.failed().then_some(index);
        let failed: Vec<usize> = self.entries.with_untracked(|entries| entries.iter().enumerate().filter_map(failed).collect());
        self.put(&failed, |_| State::Waiting);
        self.run(scope, failed);
    }

    fn run(self, scope: Scope, which: Vec<usize>) {
        if self.going.get_untracked() || which.is_empty() {
            return;
        }
        self.going.set(true);
        self.stop.set(false);
        spawn_local(async move {
            let halted = self.batches(&scope, &which).await;
            // What is left had no turn.
            self.put(&which, |entry| if entry.state == State::Waiting { State::NotSent(halted.clone()) } else { entry.state.clone() });
            self.going.try_set(false);
        });
    }

    /// Batch by batch, no faster than IVS takes them. Why it ended before the last.
    async fn batches(self, scope: &Scope, which: &[usize]) -> String {
        let apart = 1000.0 / f64::from(Operation::BatchStartViewerSessionRevocation.rate().unwrap_or(1));
        let mut begun = 0.0;
        for batch in which.chunks(AT_ONCE) {
            wait((begun + apart - Date::now()).max(0.0) as i32).await;
            // Whoever has left the page has been asked.
            if self.stop.try_get_untracked() != Some(false) {
                return "It was stopped before its turn.".to_owned();
            }
            begun = Date::now();
            self.put(batch, |_| State::Going);
            let session = |index: &usize| self.entries.with_untracked(|entries| Some(entries.get(*index)?.pair.session.clone()));
            let viewer_sessions = batch.iter().filter_map(session).collect();
            let ended = quietly(scope, &BatchStartViewerSessionRevocation { viewer_sessions }).await;
            match ended {
                Ok(reply) => self.put(batch, |entry| of_pair(&entry.pair, &reply.errors)),
                Err(problem) => {
                    self.put(batch, |_| of_call(&problem));
                    if halts(&problem) {
                        return format!("Not sent after that: {}.", problem.title);
                    }
                }
            }
        }
        String::new()
    }

    /// Nothing happens where the page has been left.
    fn put(self, which: &[usize], state: impl Fn(&Entry) -> State) {
        self.entries.update(|entries| {
            for index in which {
                if let Some(entry) = entries.get_mut(*index) {
                    entry.state = state(entry);
                    if entry.state == State::Going {
                        entry.at = Some(Date::now());
                    }
                }
            }
        });
    }
}

/// 200 with errors: those pairs failed, the others did not (`docs/ivs-behaviour.md` 2.10).
fn of_pair(pair: &Pair, errors: &[BatchStartViewerSessionRevocationError]) -> State {
    let mine = |error: &&BatchStartViewerSessionRevocationError| {
        error.channel_arn == pair.session.channel_arn && error.viewer_id == pair.session.viewer_id
    };
    errors.iter().find(mine).map_or(State::Asked, |error| State::Failed {
        code: error.code.clone().unwrap_or_default(),
        message: error.message.clone().unwrap_or_else(|| "IVS does not say why.".to_owned()),
    })
}

/// The call failed as a whole, and each of its pairs with it.
fn of_call(problem: &Problem) -> State {
    if problem.untold() {
        return State::NotKnown(format!("{}: it may have been done.", problem.title));
    }
    let code = problem.code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default();
    State::Failed { code, message: problem.detail.clone() }
}

/// Would the next call end in the same way?
fn halts(problem: &Problem) -> bool {
    matches!(
        problem.code,
        None | Some(Code::SignInRequired | Code::RoleForbidden | Code::AccessDeniedException | Code::NotReady | Code::PendingVerification)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::ApiError;
    use contract::viewer_session::BatchStartViewerSessionRevocationViewerSession as Session;

    fn pair(viewer: &str) -> Pair {
        let session = Session { channel_arn: "arn".into(), viewer_id: viewer.into(), ..Session::default() };
        Pair { channel: "arena".into(), session }
    }

    #[test]
    fn only_the_pairs_that_ivs_names_have_failed() {
        let error = BatchStartViewerSessionRevocationError {
            channel_arn: "arn".into(),
            viewer_id: "b".into(),
            code: Some("403".into()),
            message: None,
        };
        let states = ["a", "b", "c"].map(|viewer| of_pair(&pair(viewer), std::slice::from_ref(&error)));
        assert_eq!(states.each_ref().map(State::failed), [false, true, false]);
        assert_eq!(states[1].why(), ("403", "IVS does not say why."));
    }

    #[test]
    fn what_is_not_known_is_not_called_refused_and_only_what_would_fail_again_ends_the_run() {
        let problem = |code| Problem::from(ApiError::new(code, "x"));
        assert!(matches!(of_call(&problem(Code::OutcomeUnknown)), State::NotKnown(_)));
        assert!(matches!(of_call(&problem(Code::ThrottlingException)), State::Failed { .. }));
        assert!(
            halts(&problem(Code::RoleForbidden)) && !halts(&problem(Code::OutcomeUnknown)) && !halts(&problem(Code::ValidationException))
        );
    }
}
