//! Which rows show, in which order: sorted when rows or sorting change, filtered at each keystroke.

use super::words::words;
use super::{Direction, Rows, TableState};
use crate::components::locale::lower;
use crate::view::prelude::*;

/// The indices of the rows that fit the filter, in order.
pub(super) fn shown(rows: &Rows, state: TableState) -> Memo<Vec<usize>> {
    let (count, compare, matches) = (rows.count, rows.compare.clone(), rows.matches.clone());
    let sorted = Memo::new(move |_| {
        let mut indices: Vec<usize> = (0..count.get()).collect();
        state.sort.with(|(column, direction)| {
            let compare = compare(column);
            // Stable, so that rows which are equal in one column keep IVS's order.
            indices.sort_by(|a, b| match direction {
                Direction::Up => compare(*a, *b),
                Direction::Down => compare(*b, *a),
            });
        });
        indices
    });
    let shown = Memo::new(move |_| {
        let fits = matches(&state.filter.with(|typed| words(&lower(typed), state.usual.names)));
        sorted.with(|sorted| sorted.iter().copied().filter(|index| fits(*index)).collect::<Vec<_>>())
    });
    state.shown.set(Some(shown));
    shown
}
