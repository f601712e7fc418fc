//! The rows that can be seen, and a few beyond each edge.

use super::{Rows, TableState};
use crate::view::prelude::*;
use std::ops::Range;
use web_sys::wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ResizeObserver, ScrollToOptions};

/// Rows kept beyond each edge, so that scrolling does not show gaps.
const BEYOND: usize = 4;

/// The least height that rows are made for, in pixels: on a small screen the list begins below the fold.
const LEAST: f64 = 400.0;

fn inner_height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(900.0)
}

/// How far the list is scrolled and how much of it can be seen, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Viewport {
    top: RwSignal<f64>,
    height: RwSignal<f64>,
    pub(super) row: Memo<f64>,
}

impl Viewport {
    /// Measures the scrolling element now, whenever the window changes, and whenever what is around it leaves it more or less.
    pub(super) fn follow(scroller: NodeRef<web_sys::HtmlElement>, state: TableState) -> Self {
        let row = Memo::new(move |_| state.row_height());
        // Before it is measured: what a page leaves to its list.
        let viewport = Self { top: RwSignal::new(0.0), height: RwSignal::new((inner_height() - 200.0).max(LEAST)), row };
        effect(move || {
            if let Some(element) = scroller.get() {
                viewport.measure(scroller);
                viewport.observe(&element, scroller);
            }
        });
        let resize = window_event_listener(leptos::ev::resize, move |_| viewport.measure(scroller));
        on_cleanup(move || resize.remove());
        viewport
    }

    /// A message that appears above the list, or a style sheet that comes after the app, changes where the list begins.
    fn observe(self, element: &web_sys::HtmlElement, scroller: NodeRef<web_sys::HtmlElement>) {
        // A frame later: what is measured within the notice itself could call for another one, which the browser reports.
        let notice = Closure::<dyn FnMut()>::new(move || request_animation_frame(move || self.measure(scroller)));
        // Every browser that runs WebAssembly has observers; without one the window's size is still followed.
        let Ok(observer) = ResizeObserver::new(notice.as_ref().unchecked_ref()) else { return };
        observer.observe(element);
        let kept = StoredValue::new_local((observer, notice));
        on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    }

    fn measure(self, scroller: NodeRef<web_sys::HtmlElement>) {
        let Some(element) = scroller.get_untracked() else { return };
        // From where it begins to the lower edge: how tall it may become, whatever is in it now.
        let below = inner_height() - element.get_bounding_client_rect().top();
        if self.height.get_untracked() != below.max(LEAST) {
            self.height.set(below.max(LEAST));
        }
        self.scrolled(scroller);
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
