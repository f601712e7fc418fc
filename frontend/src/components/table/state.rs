//! What a person chooses about a list. Pages keep it in the URL, so that a view can be sent to a colleague.

use crate::components::remembered::{recall, remember};
use crate::view::prelude::*;

/// Which way a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// A first, small first.
    Up,
    /// Z first, large first.
    Down,
}

/// Filter, sort and density.
#[derive(Clone, Copy)]
pub(crate) struct TableState {
    /// What is typed.
    pub(crate) filter: RwSignal<String>,
    /// The column and which way.
    pub(crate) sort: RwSignal<(String, Direction)>,
    /// Small rows? Remembered by the browser, since it is about the person and not about the view.
    pub(crate) compact: RwSignal<bool>,
    /// How many rows fit the filter.
    pub(crate) matched: RwSignal<usize>,
    /// Further choices of the page are taken back when the filter is cleared.
    pub(crate) reset: Callback<()>,
}

const COMPACT: &str = "tally.compact";

impl TableState {
    /// From the URL's `q` and `sort` (`name`, or `-name` for downwards).
    pub(crate) fn new(filter: String, sort: &str, reset: Callback<()>) -> Self {
        let compact = recall(COMPACT).is_some();
        Self {
            filter: RwSignal::new(filter),
            sort: RwSignal::new(parse(sort)),
            compact: RwSignal::new(compact),
            matched: RwSignal::new(0),
            reset,
        }
    }

    /// Sorts as the URL says.
    pub(crate) fn set_sort(self, word: &str) {
        self.sort.set(parse(word));
    }

    /// As in the URL.
    pub(crate) fn sort_word(self) -> String {
        self.sort.with(|(column, direction)| match direction {
            Direction::Up => column.clone(),
            Direction::Down => format!("-{column}"),
        })
    }

    /// Sorts by a column; again turns it round.
    pub(super) fn sort_by(self, column: &str) {
        self.sort.update(|(by, direction)| {
            *direction = if by == column && *direction == Direction::Up { Direction::Down } else { Direction::Up };
            column.clone_into(by);
        });
    }

    pub(super) fn toggle_compact(self) {
        self.compact.update(|compact| *compact = !*compact);
        remember(COMPACT, self.compact.get_untracked().then_some("1"));
    }

    pub(super) fn clear(self) {
        self.filter.set(String::new());
        self.reset.run(());
    }

    /// A row's height in pixels, as in the style sheet.
    pub(super) fn row_height(self) -> f64 {
        if self.compact.get() { 32.0 } else { 40.0 }
    }
}

fn parse(word: &str) -> (String, Direction) {
    match word.strip_prefix('-') {
        Some(column) => (column.to_owned(), Direction::Down),
        None => (word.to_owned(), Direction::Up),
    }
}
