//! Where a list was scrolled to. It is kept with the list's entry in the browser's history: Back finds it there again, and a
//! list that is opened anew begins at its top.

use super::window::Viewport;
use crate::components::dom;
use crate::view::prelude::*;
use js_sys::{Object, Reflect};
use std::time::Duration;
use web_sys::wasm_bindgen::JsValue;

/// The member of the entry's state, in pixels.
const TOP: &str = "top";

/// How long the list is to stand still first: browsers refuse entries that change too often.
const STILL: Duration = Duration::from_millis(150);

/// Scrolls to where the list was, once so many rows are there, and keeps where it is.
pub(super) fn keep(viewport: Viewport, scroller: NodeRef<web_sys::HtmlElement>, shown: Memo<Vec<usize>>) {
    let wanted = StoredValue::new(read().filter(|top| *top > 0.0));
    effect(move || {
        let there = viewport.height_of(shown.with(Vec::len));
        let Some(top) = wanted.get_value().filter(|top| there > *top) else { return };
        wanted.set_value(None);
        dom::after_paint(move || viewport.scroll_to(scroller, top));
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let cancel = move || {
        timer.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    };
    on_cleanup(cancel);
    effect(move || {
        let top = viewport.top();
        cancel();
        if top > 0.0 {
            // Whoever scrolls while rows are on their way has chosen.
            wanted.set_value(None);
        }
        if wanted.get_value().is_none() && read().unwrap_or_default() != top {
            timer.set_value(set_timeout_with_handle(move || write(top), STILL).ok());
        }
    });
}

fn read() -> Option<f64> {
    let state = window().history().and_then(|history| history.state()).ok().filter(JsValue::is_object)?;
    Reflect::get(&state, &TOP.into()).ok()?.as_f64()
}

/// What else the entry holds stays.
fn write(top: f64) {
    let Ok(history) = window().history() else { return };
    let state = history.state().ok().filter(JsValue::is_object).unwrap_or_else(|| Object::new().into());
    // A plain object takes every member, and an entry that cannot be written only forgets.
    let _set = Reflect::set(&state, &TOP.into(), &top.into());
    let _kept = history.replace_state(&state, "");
}
