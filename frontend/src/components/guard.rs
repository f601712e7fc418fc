//! What was typed and not yet sent: nobody leaves it by accident.
//!
//! Closing the tab asks through the browser; a link or Back asks through [`Guard`]'s dialog; whoever navigates by
//! code asks with [`leave`].

use super::action::Look;
use super::confirm::Confirm;
use super::page::out_of_sight;
use crate::view::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;
use std::cell::RefCell;
use web_sys::wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, HtmlElement};

type Then = Box<dyn FnOnce()>;

thread_local! {
    /// The guard of the page that is shown, if it has one.
    static GUARD: RefCell<Option<State>> = const { RefCell::new(None) };
    /// What happens once the person agrees.
    static THEN: RefCell<Option<Then>> = const { RefCell::new(None) };
}

#[derive(Clone, Copy)]
struct State {
    dirty: Signal<bool>,
    /// Is it out of sight? Then nobody leaves at all: the question could not be seen.
    hidden: RwSignal<bool>,
    open: RwSignal<bool>,
    passed: StoredValue<bool>,
    /// The page's address, as the router has it.
    here: Signal<String>,
}

impl State {
    fn holds(self) -> bool {
        self.dirty.try_get_untracked() == Some(true) && self.passed.try_get_value() == Some(false)
    }
}

/// Begins to hear of Back. The browser tells a window's listeners in the order in which they came, whatever phase they
/// ask for: so this is called once, before there is a router.
pub(crate) fn provide() {
    let listener = Closure::<dyn FnMut(Event)>::new(|event: Event| back(&event));
    // Adding a listener fails only for options that are not used here.
    let _ = window().add_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Goes somewhere else, after asking where something typed would be lost.
pub(crate) fn leave(then: impl FnOnce() + 'static) {
    match GUARD.with_borrow(|guard| guard.filter(|guard| guard.holds())) {
        Some(guard) if guard.hidden.get_untracked() => {}
        Some(guard) => {
            THEN.set(Some(Box::new(then)));
            guard.open.set(true);
        }
        None => then(),
    }
}

/// Guards the page it stands on for as long as `dirty` is true.
#[component]
pub(crate) fn Guard(
    /// Is there something that would be lost?
    dirty: Signal<bool>,
    /// What is asked.
    #[prop(default = "Leave without saving?")]
    title: &'static str,
    /// What is lost.
    #[prop(default = "What you typed here has not been sent. It is lost when you leave.")]
    loses: &'static str,
) -> View {
    let Location { pathname, search, .. } = use_location();
    let here = Signal::derive(move || format!("{}?{}", pathname.get(), search.get()).trim_end_matches('?').to_owned());
    let state = State { dirty, hidden: out_of_sight(), open: RwSignal::new(false), passed: StoredValue::new(false), here };
    GUARD.set(Some(state));
    on_cleanup(|| GUARD.set(None));
    on_window("beforeunload", move |event| {
        if state.holds() {
            event.prevent_default();
        }
    });
    on_window("click", move |event| click(state, &event));
    let go = move |()| {
        state.passed.set_value(true);
        state.open.set(false);
        if let Some(then) = THEN.take() {
            then();
        }
    };
    view! {
        <Confirm open=state.open title=title verb="Leave" keep="Stay" look=Look::Danger on=Callback::new(go)>
            <p class="soft">{loses}</p>
        </Confirm>
    }
}

/// Back has happened already when we hear of it: stay, as far as the address is concerned, then ask.
fn back(event: &Event) {
    let Some(state) = GUARD.with_borrow(|guard| guard.filter(|guard| guard.holds())) else { return };
    event.stop_immediate_propagation();
    // `history` is there wherever `popstate` is.
    let Ok(history) = window().history() else { return };
    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&state.here.get_untracked()));
    leave(move || drop(history.back()));
}

/// A link is followed only after asking.
fn click(state: State, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|element| element.closest("a[href]:not([target])").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()).filter(|_| state.holds()) else { return };
    event.prevent_default();
    event.stop_propagation();
    leave(move || link.click());
}

/// Hears of an event before the router does, for as long as the owner lives.
fn on_window(name: &'static str, listener: impl FnMut(Event) + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(listener);
    // Adding and removing a listener fail only for options that are not used here.
    let _ = window().add_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), true);
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        listener.with_value(|listener| {
            drop(window().remove_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), true))
        });
    });
}
