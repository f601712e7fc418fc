//! Lists. Only the rows that can be seen are in the page, so ten thousand cost what a hundred do; yet it is a real
//! `<table>` that says how many rows there are.
//!
//! A page gives closures over the index of its rows, not the rows: one table is compiled for all of them.

mod body;
mod head;
mod keys;
mod order;
mod place;
mod select;
mod state;
mod window;

pub(crate) use select::Selection;
pub(crate) use state::{Direction, TableState};

use super::action::{Action, Look};
use super::dom;
use crate::view::prelude::*;
use select::Chooser;
use std::cmp::Ordering;
use std::sync::Arc;
use window::Viewport;

/// One column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its name in the URL.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) label: &'static str,
    /// Its class: `num` for numbers, `narrow-1` to `narrow-3` for what goes first when space does.
    pub(crate) class: &'static str,
    /// Can the list be sorted by it?
    pub(crate) sorts: bool,
}

/// Does the row of this index fit?
pub(crate) type Matches = Box<dyn Fn(usize) -> bool>;

/// Which of two rows comes first?
pub(crate) type Compare = Box<dyn Fn(usize, usize) -> Ordering>;

/// What stands in the columns of one row, made again when what it reads changes: not when another row does, or the focus in
/// it would be lost.
pub(crate) type Cells = Box<dyn Fn() -> Vec<View>>;

/// What the list is of. The closures take the index of a row and are asked again when what they read changes.
#[derive(Clone)]
pub(crate) struct Rows {
    /// How many there are so far.
    pub(crate) count: Signal<usize>,
    /// What tells a row from every other.
    pub(crate) key: Arc<dyn Fn(usize) -> String + Send + Sync>,
    /// What a row is called.
    pub(crate) name: Arc<dyn Fn(usize) -> String + Send + Sync>,
    /// Which rows fit what was typed, in lower case? Asked at each keystroke; what it gives is called for each row.
    pub(crate) matches: Arc<dyn Fn(&str) -> Matches + Send + Sync>,
    /// Which of two rows comes first in a column, ascending? Asked when the sorting changes.
    pub(crate) compare: Arc<dyn Fn(&str) -> Compare + Send + Sync>,
    /// What stands in the columns of the row that has this index now.
    pub(crate) cells: Arc<dyn Fn(Signal<usize>) -> Cells + Send + Sync>,
    /// Where Enter leads.
    pub(crate) open: Callback<usize>,
    /// Which rows are chosen, where something can be done with several at once.
    pub(crate) selection: Option<Selection>,
}

/// The list.
#[component]
pub(crate) fn Table(
    /// What it lists, for its name.
    label: &'static str,
    /// Its columns.
    columns: &'static [Column],
    /// Its rows.
    rows: Rows,
    /// What the person has chosen.
    state: TableState,
    /// Has nothing come yet?
    loading: Signal<bool>,
    /// What is said in the filter before anything is typed.
    example: &'static str,
    /// Beside the filter.
    #[prop(optional, into)]
    tools: ViewFn,
    /// In place of the rows where there are none.
    #[prop(into)]
    empty: ViewFn,
) -> View {
    let shown = order::shown(&rows, state);
    let scroller = NodeRef::<web_sys::HtmlElement>::new();
    let viewport = Viewport::follow(state);
    place::keep(viewport, scroller, shown);
    let slots = window::slots(&rows, shown, viewport);
    let nothing = Memo::new(move |_| shown.with(Vec::is_empty) && !loading.get());
    let count = rows.count;
    let none = Memo::new(move |_| count.get() == 0);
    let instead = move || {
        if !nothing.get() {
            View::Nothing
        } else if none.get() {
            empty.run()
        } else {
            no_match(state)
        }
    };
    let chooser = Chooser::new(&rows, shown);
    let on_key = keys::handler(rows.open, chooser.clone(), shown, slots, viewport, scroller);
    view! {
        <div class="filters">
            {filter(state, example)}
            {move || tools.run()}
            <span class="density">
                <Action
                    label=TextProp::from(move || if state.compact.get() { "Comfortable" } else { "Compact" })
                    look=Look::Quiet
                    on=move |()| state.toggle_compact()
                />
            </span>
        </div>
        <div class="card table" class:compact=state.compact class:none=nothing>
            <div class="scroll" node_ref=scroller on:scroll=move |_| viewport.scrolled(scroller) on:keydown=on_key tabindex="-1">
                <table aria-label=label aria-rowcount=move || shown.with(Vec::len) + 1 aria-busy=move || loading.get().to_string()>
                    {head::head(columns, state, chooser.clone())}
                    {body::body(columns, rows, chooser, slots, viewport, loading)}
                </table>
            </div>
            {instead}
        </div>
    }
}

fn filter(state: TableState, example: &'static str) -> View {
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let slash = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "/" && !dom::typing(&event) && !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            dom::focus(input.get_untracked().map(Into::into));
        }
    });
    on_cleanup(move || slash.remove());
    view! {
        <div class="filter-box">
            <input
                type="search"
                node_ref=input
                aria-label="Filter"
                aria-keyshortcuts="/"
                placeholder=example
                autocomplete="off"
                spellcheck="false"
                prop:value=state.filter
                on:input=move |event| state.filter.set(event_target_value(&event))
            />
            <kbd aria-hidden="true">"/"</kbd>
        </div>
    }
}

fn no_match(state: TableState) -> View {
    view! {
        <div class="empty">
            <h2>"Nothing matches"</h2>
            <p>"What you typed or chose above leaves no row."</p>
            <Action label="Clear the filter" on=move |()| state.clear()/>
        </div>
    }
}
