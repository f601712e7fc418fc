//! What has been looked up, shared by everything on the screen that shows the same thing: one entry for each key.

use super::{Problem, State};
use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Looks something up, and may publish what it has so far.
pub(super) type Fetch<T> = Rc<dyn Fn(Sink<T>) -> LocalBoxFuture<'static, Result<(), Problem>>>;

/// Where a fetch puts what it found.
pub(super) type Sink<T> = ArcRwSignal<State<T>>;

/// Entries that nobody shows are kept, so that going back is instant, up to this many.
const KEPT: usize = 48;

thread_local! {
    static ENTRIES: RefCell<HashMap<String, Rc<dyn Kept>>> = RefCell::default();
}

/// An entry of any type.
trait Kept: Any {
    /// As its own type, if it is that.
    fn any(self: Rc<Self>) -> Rc<dyn Any>;
    /// When what it shows was true; `None` where nobody shows it or it has no answer yet.
    fn shown_at(&self) -> Option<f64>;
}

/// One thing that has been, or is being, looked up.
pub(super) struct Entry<T: 'static> {
    pub(super) state: ArcRwSignal<State<T>>,
    users: Cell<usize>,
    tried: Cell<f64>,
    running: RefCell<Option<AbortHandle>>,
    fetch: Fetch<T>,
}

impl<T: Send + Sync + 'static> Entry<T> {
    /// The entry of a key, made by the first who asks.
    pub(super) fn of(key: &str, fetch: impl FnOnce() -> Fetch<T>) -> Rc<Self> {
        ENTRIES.with_borrow_mut(|entries| {
            if let Some(entry) = entries.get(key).and_then(|entry| entry.clone().any().downcast::<Self>().ok()) {
                return entry;
            }
            if entries.len() >= KEPT {
                // Only the map holds what nobody shows.
                entries.retain(|_, entry| Rc::strong_count(entry) > 1);
            }
            let state = ArcRwSignal::new(State::Loading);
            let (users, tried, running) = (Cell::new(0), Cell::new(f64::NEG_INFINITY), RefCell::new(None));
            let entry = Rc::new(Self { state, users, tried, running, fetch: fetch() });
            entries.insert(key.to_owned(), entry.clone());
            entry
        })
    }

    /// Somebody shows it from now on.
    pub(super) fn enter(&self) {
        self.users.set(self.users.get() + 1);
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

    /// Is it being looked up?
    pub(super) fn busy(&self) -> bool {
        self.running.borrow().is_some()
    }

    /// Looks it up, unless that is being done.
    pub(super) fn refetch(self: &Rc<Self>) {
        if self.busy() {
            return;
        }
        self.tried.set(js_sys::Date::now());
        let (work, handle) = abortable((self.fetch)(self.state.clone()));
        self.running.replace(Some(handle));
        let entry = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(end) = work.await else { return };
            entry.running.take();
            if let Err(problem) = end {
                entry.state.update(|state| state.fail(problem));
            }
        });
    }
}

impl<T: Send + Sync + 'static> Kept for Entry<T> {
    fn any(self: Rc<Self>) -> Rc<dyn Any> {
        self
    }

    fn shown_at(&self) -> Option<f64> {
        if self.users.get() == 0 {
            return None;
        }
        self.state.with_untracked(State::at)
    }
}

/// When the oldest answer of IVS on the screen was true, in milliseconds since 1970. Not reactive: it is asked with
/// each tick of the clock.
pub(crate) fn oldest_shown() -> Option<f64> {
    ENTRIES.with_borrow(|entries| {
        let of_ivs = entries.iter().filter(|(key, _)| key.starts_with("/api/ivs/"));
        of_ivs.filter_map(|(_, entry)| entry.shown_at()).reduce(f64::min)
    })
}

/// Forgets everything: the person has other rights now. What is on the screen is rebuilt by whoever calls this.
pub(crate) fn forget() {
    ENTRIES.with_borrow_mut(HashMap::clear);
}
