//! Lists. Only the rows that can be seen are in the page, so ten thousand cost what a hundred do; yet it is a real
//! `<table>` that says how many rows there are.
//!
//! A page gives closures over the index of its rows, not the rows: one table is compiled for all of them.

mod body;
mod filter;
mod head;
pub(crate) mod item;
mod keys;
mod menu;
mod order;
mod panel;
mod place;
mod select;
mod state;
mod url;
mod window;
mod words;

pub(crate) use menu::RowMenu;
pub(crate) use select::Selection;
pub(crate) use state::{Direction, TableState, Usual};
pub(crate) use words::{WHOLE, has, quoted};

use crate::view::prelude::*;
use menu::Menu;
use select::Chooser;
use std::cmp::Ordering;
use std::sync::Arc;
use window::Viewport;

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name in the URL.
    pub(crate) id: &'static str,
    /// Its heading.
    pub(crate) label: &'static str,
    /// Its class: `num` for numbers, `narrow-1` to `narrow-4` for what goes first when space does.
    pub(crate) class: &'static str,
    /// Can the list be sorted by it?
    pub(crate) sorts: bool,
    /// Does it show as long as nobody has chosen?
    pub(crate) usual: bool,
}

impl Column {
    /// One that shows as long as nobody has chosen, and that the list can be sorted by.
    pub(crate) const fn usual(id: &'static str, label: &'static str, class: &'static str) -> Self {
        Self { id, label, class, sorts: true, usual: true }
    }

    /// The same, and nothing to sort by.
    pub(crate) const fn unsorted(id: &'static str, label: &'static str, class: &'static str) -> Self {
        Self { id, label, class, sorts: false, usual: true }
    }
}

/// Does the row of this index fit?
pub(crate) type Matches = Box<dyn Fn(usize) -> bool>;

/// What fits these words, in lower case; a field that is complete ends with [`WHOLE`].
pub(crate) type Match = dyn Fn(&[String]) -> Matches + Send + Sync;

/// Which of two rows comes first?
pub(crate) type Compare = Box<dyn Fn(usize, usize) -> Ordering>;

/// What stands in a column of one row, by the column's id; made again when what it reads changes: not when another row does, or
/// the focus in it would be lost.
pub(crate) type Cells = Box<dyn Fn(&'static str) -> View>;

/// What the list is of. The closures take the index of a row and are asked again when what they read changes.
#[derive(Clone)]
pub(crate) struct Rows {
    /// How many there are so far.
    pub(crate) count: Signal<usize>,
    /// What tells a row from every other.
    pub(crate) key: Arc<dyn Fn(usize) -> String + Send + Sync>,
    /// What a row is called.
    pub(crate) name: Arc<dyn Fn(usize) -> String + Send + Sync>,
    /// Which rows fit the words that were typed, in lower case? Asked at each keystroke; what it gives is called for each row.
    pub(crate) matches: Arc<Match>,
    /// Which of two rows comes first in a column, ascending? Asked when the sorting changes.
    pub(crate) compare: Arc<dyn Fn(&str) -> Compare + Send + Sync>,
    /// What stands in the columns of the row that has this index now.
    pub(crate) cells: Arc<dyn Fn(Signal<usize>) -> Cells + Send + Sync>,
    /// Where Enter leads.
    pub(crate) open: Callback<usize>,
    /// Which rows are chosen, where something can be done with several at once.
    pub(crate) selection: Option<Selection>,
    /// What can be done with one row, where there is more than opening it.
    pub(crate) menu: Option<RowMenu>,
}

/// The list.
#[component]
pub(crate) fn Table(
    /// What it lists, for its name.
    label: &'static str,
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
    /// In the panel that says how the list is shown: what else can be done with what shows.
    #[prop(optional, into)]
    more: ViewFn,
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
            filter::no_match(state)
        }
    };
    let chooser = Chooser::new(&rows, shown);
    let menu = Menu::new(&rows);
    let on_key = keys::handler(rows.open, chooser.clone(), shown, slots, viewport, scroller);
    let row_menu = rows.menu;
    let scrolled = move |_| {
        viewport.scrolled(scroller);
        row_menu.into_iter().for_each(RowMenu::close);
    };
    let chosen = move || state.columns.with(|columns| *columns != state.usual.shown());
    view! {
        <div class="filters">
            {filter::field(state, example)}
            {move || tools.run()}
            {panel::button(state, more)}
        </div>
        <div class="card table" class:compact=state.compact class:none=nothing class:chosen=chosen>
            <div class="scroll" node_ref=scroller on:scroll=scrolled on:keydown=on_key tabindex="-1">
                <table
                    aria-label=label
                    aria-rowcount=move || shown.with(Vec::len) + 1
                    aria-busy=move || loading.get().to_string()
                >
                    {head::head(state, chooser.clone(), menu.is_some())}
                    {body::body(rows, state, chooser, menu.clone(), slots, viewport, loading)}
                </table>
            </div>
            {instead}
        </div>
        {menu.map(Menu::popover)}
    }
}
