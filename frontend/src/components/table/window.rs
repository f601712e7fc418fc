//! The rows that can be seen, and a few beyond each edge.

use super::{Rows, TableState};
use crate::view::prelude::*;
use std::ops::Range;
use web_sys::ScrollToOptions;

/// Rows kept beyond each edge, so that scrolling does not show gaps.
const BEYOND: usize = 4;

/// As much as a list can ever show of itself. Asking how much it does would make the browser lay the page out at once, which
/// takes longer than a few rows more.
fn inner_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(900.0)
}

/// How far the list is scrolled and how much of it may be seen, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Viewport {
    top: RwSignal<f64>,
    height: RwSignal<f64>,
    pub(super) row: Memo<f64>,
}

impl Viewport {
    /// Follows the size of the window.
    pub(super) fn follow(state: TableState) -> Self {
        let row = Memo::new(move |_| state.row_height());
        let viewport = Self { top: RwSignal::new(0.0), height: RwSignal::new(inner_height()), row };
        let resize = window_event_listener(leptos::ev::resize, move |_| viewport.height.set(inner_height()));
        on_cleanup(move || resize.remove());
        viewport
    }

    /// To be called when it has been scrolled.
    pub(super) fn scrolled(self, scroller: NodeRef<web_sys::HtmlElement>) {
        if let Some(element) = scroller.get_untracked() {
            self.top.set(f64::from(element.scroll_top()));
        }
    }

    /// How many rows are in the page at once.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a window has some thousand pixels")]
    pub(super) fn capacity(self) -> usize {
        (self.height.get() / self.row.get()).ceil() as usize + 2 * BEYOND
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a list has some million pixels")]
    fn range(self, total: usize) -> Range<usize> {
        let first = ((self.top.get() / self.row.get()) as usize).saturating_sub(BEYOND);
        let first = first.min(total.saturating_sub(self.capacity()));
        first..(first + self.capacity()).min(total)
    }

    /// Scrolls so that a row can be seen, below the heading.
    #[expect(clippy::cast_precision_loss, reason = "a list has fewer than 2^52 rows")]
    pub(super) fn reveal(self, scroller: NodeRef<web_sys::HtmlElement>, position: usize) {
        let Some(element) = scroller.get_untracked() else { return };
        let row = self.row.get_untracked();
        let (from, height) = (position as f64 * row, f64::from(element.client_height()) - row);
        let top = f64::from(element.scroll_top());
        let to = if from < top { from } else { (from + row - height).max(top) };
        self.scroll_to(scroller, to);
    }

    /// Scrolls to so many pixels.
    pub(super) fn scroll_to(self, scroller: NodeRef<web_sys::HtmlElement>, top: f64) {
        let Some(element) = scroller.get_untracked() else { return };
        let options = ScrollToOptions::new();
        options.set_top(top);
        element.scroll_to_with_scroll_to_options(&options);
        self.top.set(top);
    }

    /// How far it is scrolled, in pixels.
    pub(super) fn top(self) -> f64 {
        self.top.get()
    }

    /// How tall so many rows are, in pixels.
    #[expect(clippy::cast_precision_loss, reason = "a list has fewer than 2^52 rows")]
    pub(super) fn height_of(self, rows: usize) -> f64 {
        rows as f64 * self.row.get()
    }
}

/// A row in the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    /// What tells it from every other.
    pub(super) key: String,
    /// Which it is of those that show.
    pub(super) position: usize,
    /// Which it is of all.
    pub(super) index: usize,
}

/// What is in the page, and how many rows there would be above and below.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots {
    pub(super) rows: Vec<Slot>,
    pub(super) above: usize,
    pub(super) below: usize,
}

pub(super) fn slots(rows: &Rows, shown: Memo<Vec<usize>>, viewport: Viewport) -> Memo<Slots> {
    let key = rows.key.clone();
    let range = Memo::new(move |_| viewport.range(shown.with(Vec::len)));
    Memo::new(move |_| {
        let range = range.get();
        shown.with(|shown| {
            let above = range.start;
            let below = shown.len().saturating_sub(range.end);
            let here = shown.iter().copied().enumerate().skip(range.start).take(range.len());
            let rows = here.map(|(position, index)| Slot { key: key(index), position, index }).collect();
            Slots { rows, above, below }
        })
    })
}
