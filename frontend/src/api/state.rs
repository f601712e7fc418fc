//! How far a query is.

use super::Problem;
use std::any::Any;
use std::rc::Rc;

/// What is known of what was asked for.
pub(crate) struct State<T: ?Sized> {
    /// The last answer, and when IVS gave it.
    answer: Option<(Rc<T>, f64)>,
    /// Why the last attempt failed. What was known before is still there, with its age.
    problem: Option<Problem>,
}

impl<T: ?Sized> State<T> {
    /// The answer, or what was last known.
    pub(crate) fn value(&self) -> Option<&T> {
        self.answer.as_ref().map(|(value, _)| &**value)
    }

    /// When IVS gave it, in milliseconds since 1970.
    pub(crate) fn at(&self) -> Option<f64> {
        self.answer.as_ref().map(|(_, at)| *at)
    }

    /// Why the last attempt failed, if it did.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}

impl<T: ?Sized> Default for State<T> {
    /// No answer yet.
    fn default() -> Self {
        Self { answer: None, problem: None }
    }
}

impl<T: ?Sized> Clone for State<T> {
    fn clone(&self) -> Self {
        Self { answer: self.answer.clone(), problem: self.problem.clone() }
    }
}

/// As it is kept: of any type, so that all that keeps it is there once.
impl State<dyn Any> {
    /// The same, of the type that was asked for.
    pub(super) fn of<T: 'static>(self) -> State<T> {
        let answer = self.answer.and_then(|(value, at)| Some((value.downcast().ok()?, at)));
        State { answer, problem: self.problem }
    }

    /// There is an answer.
    pub(super) fn found(&mut self, value: Rc<dyn Any>, at: f64) {
        *self = Self { answer: Some((value, at)), problem: None };
    }

    /// Keeps what was known beside why there is nothing newer.
    pub(super) fn failed(&mut self, problem: Problem) {
        self.problem = Some(problem);
    }

    /// Changes the answer, where there is one: what a change has brought about is newer than a look that failed before it.
    pub(super) fn change<T: Clone + 'static>(&mut self, change: impl FnOnce(&mut T)) {
        if let Some((value, at)) = self.answer.take()
            && let Ok(mut value) = value.downcast::<T>()
        {
            change(Rc::make_mut(&mut value));
            self.answer = Some((value, at));
        }
    }
}
