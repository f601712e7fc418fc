//! Looking things up: a query is a signal that says how far it is. Two queries of the same request share one answer.

use super::asked::Asked;
use super::store::Entry;
use super::{Paged, Pages, Problem, Scope, State};
use crate::shared::clock;
use crate::signal::effect;
use contract::Call;
use contract::own::Own;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

/// An answer younger than this is not asked for again, in milliseconds.
const FRESH: f64 = 1_000.0;

/// A query. A copy is the same query.
pub(crate) struct Query<T> {
    slot: Slot,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Query<T> {}

impl<T: 'static> Query<T> {
    /// Follows what `ask` names; where it names nothing, nothing is asked. Belongs to the component that makes it: with
    /// the last component that shows an answer, its request is aborted.
    fn follow(ask: impl Fn() -> Option<Asked> + 'static) -> Self {
        Self { slot: follow(Box::new(ask)), of: PhantomData }
    }

    /// The state, reactively.
    pub(crate) fn get(&self) -> State<T> {
        state(self.slot).of()
    }

    /// Reads the state, reactively.
    pub(crate) fn with<U>(&self, read: impl FnOnce(&State<T>) -> U) -> U {
        read(&self.get())
    }

    /// Asks again, unless an answer is on its way.
    pub(crate) fn refetch(&self) {
        refetch(self.slot);
    }

    /// Asks again every so many milliseconds while the tab can be seen. Those who share an answer share its polling.
    pub(crate) fn every(self, millis: f64) -> Self {
        poll(self.slot, millis, Box::new(|| true));
        self
    }

    /// The same only `when` something is under way that is to be followed.
    pub(crate) fn every_while(self, millis: f64, when: impl Fn() -> bool + 'static) -> Self {
        poll(self.slot, millis, Box::new(when));
        self
    }
}

/// A query without the type of what it finds: how far it is. What shows that is compiled once, not for each type.
#[derive(Clone, Copy)]
pub(crate) struct Bare(Slot);

impl Bare {
    /// Is anything known? Reactively.
    pub(crate) fn is_there(self) -> bool {
        state(self.0).value().is_some()
    }

    /// Why the last attempt failed, if it did, reactively.
    pub(crate) fn problem(self) -> Option<Problem> {
        state(self.0).problem().cloned()
    }

    /// Asks again, unless an answer is on its way.
    pub(crate) fn refetch(self) {
        refetch(self.0);
    }
}

impl<T> Query<T> {
    /// The same without its type.
    pub(crate) fn bare(self) -> Bare {
        Bare(self.slot)
    }
}

impl<T: Clone + 'static> Query<T> {
    /// Puts in what is known without asking, such as the reply of a change to the very thing.
    pub(crate) fn update(&self, change: impl FnOnce(&mut T)) {
        if let Some(entry) = entry(self.slot) {
            entry.write(|state| state.change(change));
        }
    }
}

/// Looks with an operation of IVS. `ask` is reactive: another request is another answer; `None` asks nothing.
pub(crate) fn call<R: Call>(ask: impl Fn() -> Option<(Scope, R)> + 'static) -> Query<R::Response> {
    Query::follow(move || ask().map(|(scope, request)| Asked::call(&scope, &request)))
}

/// Looks with a route of ours.
pub(crate) fn own<R: Own>(ask: impl Fn() -> Option<R> + 'static) -> Query<R::Reply> {
    Query::follow(move || ask().map(|request| Asked::own(&request)))
}

/// Looks at a whole list: its first page shows at once and the others are added as they come.
pub(crate) fn pages<R: Paged>(ask: impl Fn() -> Option<(Scope, R)> + 'static) -> Query<Pages<R::Item>> {
    pages_of::<R, R::Item>(ask)
}

/// As [`pages`], for who needs to know less of each item: a `T`, read from the same JSON.
pub(crate) fn pages_of<R: Paged, T: DeserializeOwned + Clone + 'static>(ask: impl Fn() -> Option<(Scope, R)> + 'static) -> Query<Pages<T>> {
    Query::follow(move || ask().map(|(scope, request)| Asked::pages::<R, T>(&scope, &request, R::ITEMS)))
}

/// What a query shows now, and what says that it shows something else.
#[derive(Clone)]
struct Shown {
    entry: Option<Rc<Entry>>,
    changed: ArcTrigger,
}

type Slot = StoredValue<Shown, LocalStorage>;

/// Keeps a slot at what `ask` names.
fn follow(ask: Box<dyn Fn() -> Option<Asked>>) -> Slot {
    let slot: Slot = StoredValue::new_local(Shown { entry: None, changed: ArcTrigger::new() });
    show(slot, untrack(&ask));
    effect(move || {
        let asked = ask();
        untrack(|| show(slot, asked));
    });
    on_cleanup(move || leave(slot.try_update_value(|shown| shown.entry.take()).flatten()));
    slot
}

/// Shows what is asked for, unless that is shown already.
fn show(slot: Slot, asked: Option<Asked>) {
    let Some(Shown { entry: before, changed }) = slot.try_get_value() else { return };
    if before.as_ref().map(|entry| &entry.asked) == asked.as_ref() {
        return;
    }
    let next = asked.map(Entry::of);
    if let Some(next) = &next {
        // What somebody shows already is as fresh as they need it.
        if !next.enter() && js_sys::Date::now() - next.tried() > FRESH {
            next.refetch();
        }
    }
    slot.update_value(|shown| shown.entry = next);
    leave(before);
    changed.notify();
}

fn leave(entry: Option<Rc<Entry>>) {
    if let Some(entry) = entry {
        entry.leave();
    }
}

fn entry(slot: Slot) -> Option<Rc<Entry>> {
    slot.try_get_value()?.entry
}

fn state(slot: Slot) -> State<dyn Any> {
    let Some(Shown { entry, changed }) = slot.try_get_value() else { return State::default() };
    changed.track();
    entry.map(|entry| entry.state()).unwrap_or_default()
}

fn refetch(slot: Slot) {
    // A change may end after the page that asked for it has gone.
    if let Some(entry) = entry(slot) {
        entry.refetch();
    }
}

fn poll(slot: Slot, millis: f64, when: Box<dyn Fn() -> bool>) {
    let now = clock::now();
    effect(move || {
        if !when() {
            return;
        }
        let now = now.get();
        if let Some(entry) = entry(slot).filter(|entry| now - entry.tried() >= millis) {
            entry.refetch();
        }
    });
}
