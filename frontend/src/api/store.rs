//! What has been looked up, shared by everything on the screen that shows the same thing: one entry for each key.
//! Nothing here is generic but the last step to a value's own type: that keeps the app small.

use super::{Problem, State};
use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Looks something up, publishing what it finds.
pub(super) type Fetch = Rc<dyn Fn(Sink) -> LocalBoxFuture<'static, Result<(), Problem>>>;

/// Where a fetch puts what it found.
pub(super) type Sink = Rc<Entry>;

/// Entries that nobody shows are kept, so that going back is instant, up to this many.
const KEPT: usize = 48;

thread_local! {
    static ENTRIES: RefCell<HashMap<String, Rc<Entry>>> = RefCell::default();
}

/// The state of an entry, of whatever it looks up.
trait Kept {
    fn any(&self) -> &dyn Any;
    fn any_mut(&mut self) -> &mut dyn Any;
    fn at(&self) -> Option<f64>;
    fn fail(&mut self, problem: Problem);
}

impl<T: 'static> Kept for State<T> {
    fn any(&self) -> &dyn Any {
        self
    }

    fn any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn at(&self) -> Option<f64> {
        State::at(self)
    }

    fn fail(&mut self, problem: Problem) {
        State::fail(self, problem);
    }
}

/// One thing that has been, or is being, looked up.
pub(super) struct Entry {
    state: RefCell<Box<dyn Kept>>,
    changed: ArcTrigger,
    users: Cell<usize>,
    tried: Cell<f64>,
    running: RefCell<Option<AbortHandle>>,
    fetch: Fetch,
}

impl Entry {
    /// The entry of a key, made by the first who asks for it: a `T`.
    pub(super) fn of<T: 'static>(key: String, fetch: Fetch) -> Rc<Self> {
        Self::kept(key, fetch, || Box::new(State::<T>::Loading))
    }

    fn kept(key: String, fetch: Fetch, empty: fn() -> Box<dyn Kept>) -> Rc<Self> {
        ENTRIES.with_borrow_mut(|entries| {
            if entries.len() >= KEPT {
                // Only the map holds what nobody shows.
                entries.retain(|_, entry| Rc::strong_count(entry) > 1);
            }
            let new = || {
                let (users, tried, running) = (Cell::new(0), Cell::new(f64::NEG_INFINITY), RefCell::new(None));
                Rc::new(Self { state: RefCell::new(empty()), changed: ArcTrigger::new(), users, tried, running, fetch })
            };
            Rc::clone(entries.entry(key).or_insert_with(new))
        })
    }

    /// Reads the state without following it. `None` for another type than it was made for.
    pub(super) fn read<T: 'static, U>(&self, read: impl FnOnce(&State<T>) -> U) -> Option<U> {
        self.state.borrow().any().downcast_ref().map(read)
    }

    /// Changes the state, and tells those who follow it.
    pub(super) fn write<T: 'static>(&self, write: impl FnOnce(&mut State<T>)) {
        if let Some(state) = self.state.borrow_mut().any_mut().downcast_mut() {
            write(state);
        }
        self.changed.notify();
    }

    /// Follows the state.
    pub(super) fn track(&self) {
        self.changed.track();
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
        self.tried.set(js_sys::Date::now());
        let (work, handle) = abortable((self.fetch)(Rc::clone(self)));
        self.running.replace(Some(handle));
        let entry = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(end) = work.await else { return };
            entry.running.take();
            if let Err(problem) = end {
                entry.state.borrow_mut().fail(problem);
                entry.changed.notify();
            }
        });
    }
}

/// When the oldest answer of IVS on the screen was true, in milliseconds since 1970. Not reactive: it is asked with
/// each tick of the clock.
pub(crate) fn oldest_shown() -> Option<f64> {
    ENTRIES.with_borrow(|entries| {
        let of_ivs = entries.iter().filter(|(key, entry)| key.starts_with("/api/ivs/") && entry.users.get() > 0);
        of_ivs.filter_map(|(_, entry)| entry.state.borrow().at()).reduce(f64::min)
    })
}

/// Forgets everything: the person has other rights now. What is on the screen is rebuilt by whoever calls this.
pub(crate) fn forget() {
    ENTRIES.with_borrow_mut(HashMap::clear);
}
