//! What has been looked up, shared by everything on the screen that shows the same thing: one entry for each that is
//! asked for. Nothing here is generic but the change of a value: that keeps the app small.

use super::State;
use super::asked::Asked;
use super::look::look;
use crate::shared::session;
use contract::Code;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Entries that nobody shows are kept, so that going back is instant, up to this many.
const KEPT: usize = 48;

thread_local! {
    // Few enough to look through.
    static ENTRIES: RefCell<Vec<Rc<Entry>>> = const { RefCell::new(Vec::new()) };
}

/// One thing that has been, or is being, looked up.
pub(super) struct Entry {
    pub(super) asked: Asked,
    /// Has the last page of the list come once?
    pub(super) whole: Cell<bool>,
    state: RefCell<State<dyn Any>>,
    changed: ArcTrigger,
    users: Cell<usize>,
    tried: Cell<f64>,
    running: RefCell<Option<AbortHandle>>,
}

impl Entry {
    /// The entry of what is asked for, made by the first who asks.
    pub(super) fn of(asked: Asked) -> Rc<Self> {
        ENTRIES.with_borrow_mut(|entries| {
            if let Some(entry) = entries.iter().find(|entry| entry.asked == asked) {
                return Rc::clone(entry);
            }
            if entries.len() >= KEPT {
                // Only the list holds what nobody shows.
                entries.retain(|entry| Rc::strong_count(entry) > 1);
            }
            let entry = Rc::new(Self {
                asked,
                whole: Cell::new(false),
                state: RefCell::default(),
                changed: ArcTrigger::new(),
                users: Cell::new(0),
                tried: Cell::new(f64::NEG_INFINITY),
                running: RefCell::default(),
            });
            entries.push(Rc::clone(&entry));
            entry
        })
    }

    /// The state, reactively.
    pub(super) fn state(&self) -> State<dyn Any> {
        self.changed.track();
        self.state.borrow().clone()
    }

    /// Changes the state, and tells those who follow it.
    pub(super) fn write(&self, write: impl FnOnce(&mut State<dyn Any>)) {
        write(&mut self.state.borrow_mut());
        self.changed.notify();
    }

    /// There is an answer.
    pub(super) fn found(&self, value: Rc<dyn Any>, at: f64) {
        self.write(|state| state.found(value, at));
    }

    /// Somebody shows it from now on. Did somebody already?
    pub(super) fn enter(&self) -> bool {
        self.users.replace(self.users.get() + 1) > 0
    }

    /// Somebody does not any more. With the last one the request under way is aborted.
    pub(super) fn leave(&self) {
        self.users.set(self.users.get().saturating_sub(1));
        if self.users.get() == 0
            && let Some(running) = self.running.take()
        {
            running.abort();
            self.tried.set(f64::NEG_INFINITY);
        }
    }

    /// When it was last asked for, in milliseconds since 1970.
    pub(super) fn tried(&self) -> f64 {
        self.tried.get()
    }

    /// Looks it up, unless that is being done.
    pub(super) fn refetch(self: &Rc<Self>) {
        if self.running.borrow().is_some() {
            return;
        }
        // It would be refused: [`catch_up`] asks again.
        if session::out() {
            self.tried.set(f64::NEG_INFINITY);
            return;
        }
        self.tried.set(js_sys::Date::now());
        let (work, handle) = abortable(look(Rc::clone(self)));
        self.running.replace(Some(handle));
        let entry = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(end) = work.await else { return };
            entry.running.take();
            let Err(problem) = end else { return };
            if problem.code == Some(Code::SignInRequired) {
                // Which is said in place of the page.
                entry.tried.set(f64::NEG_INFINITY);
            } else {
                entry.write(|state| state.failed(problem));
            }
        });
    }
}

/// How old what is on the screen is.
pub(crate) struct Oldest {
    /// When the oldest answer of IVS was true, in milliseconds since 1970.
    pub(crate) at: f64,
    /// Did looking again fail for any of it?
    pub(crate) failed: bool,
}

/// Of all answers of IVS on the screen; `None` before the first. Not reactive: it is asked with each tick of the clock.
pub(crate) fn oldest_shown() -> Option<Oldest> {
    ENTRIES.with_borrow(|entries| {
        let (mut at, mut failed) = (None, false);
        for entry in entries.iter().filter(|entry| entry.asked.of_ivs() && entry.users.get() > 0) {
            let state = entry.state.borrow();
            at = state.at().into_iter().chain(at).reduce(f64::min);
            // That there is none is an answer too.
            failed |= state.problem().is_some_and(|problem| !matches!(problem.code, Some(Code::ResourceNotFoundException)));
        }
        Some(Oldest { at: at?, failed })
    })
}

/// Looks up what is on the screen and could not be asked for while nobody was signed in.
pub(crate) fn catch_up() {
    let entries = ENTRIES.with_borrow(Clone::clone);
    entries.iter().filter(|entry| entry.users.get() > 0 && entry.tried.get() == f64::NEG_INFINITY).for_each(Entry::refetch);
}

/// Forgets everything: the person has other rights now. What is on the screen is rebuilt by whoever calls this.
pub(crate) fn forget() {
    ENTRIES.with_borrow_mut(Vec::clear);
}
