//! What the parts ask of the browser beside the view.

use crate::view::prelude::*;
use std::cell::Cell;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// An id that no other element of the page has: labels, helps and errors point to their controls with it.
pub(crate) fn fresh_id(what: &str) -> String {
    NEXT.with(|next| {
        next.set(next.get() + 1);
        format!("{what}-{}", next.get())
    })
}

/// The first element inside `root` that fits the selector.
pub(crate) fn find(root: &web_sys::Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten().and_then(|found| found.dyn_into().ok())
}

/// Gives an element the focus, if there is one.
pub(crate) fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is: nothing to tell the person.
        let _ = element.focus();
    }
}

/// Where what had the focus is gone, the page's heading gets it: whoever uses the keyboard would begin at the top of the window.
pub(crate) fn keep_focus() {
    let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
    if let Some(heading) = document().body().filter(|_| lost).and_then(|body| find(&body, "main h1")) {
        // The person keeps looking at what they look at.
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _not_focusable = heading.focus_with_options(&options);
    }
}

/// The element that has the focus.
pub(crate) fn focused() -> Option<HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

/// Does the event come from something one types into, or from an open dialog?
pub(crate) fn typing(event: &web_sys::Event) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest("input, textarea, select, dialog, [contenteditable]").is_ok_and(|found| found.is_some()))
}

/// Between what floats and what it floats at, in pixels.
const GAP: f64 = 4.0;

/// Places what floats at the button that opens it: below, or above where that is low on the screen. What does not
/// fit is scrolled.
pub(crate) fn place_at(float: &HtmlElement, button: &web_sys::Element) {
    let size = |size: Result<web_sys::wasm_bindgen::JsValue, _>| size.ok().and_then(|size| size.as_f64()).unwrap_or_default();
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let at = button.get_bounding_client_rect();
    let (below, above) = (at.bottom() + GAP, height - at.top() + GAP);
    let (side, away) = if below < height * 0.6 { ("top", below) } else { ("bottom", above) };
    let room = height - away - GAP;
    // Names and values of ours are not refused.
    let set = |name, value: Option<f64>| {
        let _set = float.style().set_property(name, &value.map_or_else(|| "auto".to_owned(), |value| format!("{}px", value as i32)));
    };
    for (name, value) in [("inset", None), (side, Some(away)), ("right", Some(GAP)), ("max-height", Some(room))] {
        set(name, value);
    }
    // What is not shown yet has no width. It is not painted meanwhile.
    let _set = float.style().set_property("display", "block");
    let wide = float.get_bounding_client_rect().width();
    let _removed = float.style().remove_property("display");
    set("right", Some(inside(width - at.right(), width, wide)));
}

/// How far from the right edge of a screen something so wide begins that is wanted there: no further than it still shows whole.
fn inside(wanted: f64, screen: f64, wide: f64) -> f64 {
    wanted.min(screen - wide - GAP).max(GAP)
}

/// Calls the tab what the page is called.
pub(crate) fn name_tab(page: &str) {
    document().set_title(&format!("{page} · Tally"));
}

/// Runs once the view has taken up what has just changed.
pub(crate) fn after_paint(run: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(run));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_floats_stays_on_the_screen() {
        assert_eq!(inside(20.0, 1440.0, 300.0), 20.0, "below its button");
        assert_eq!(inside(280.0, 360.0, 300.0), 56.0, "as far right as it must be to show its left edge");
        assert_eq!(inside(280.0, 360.0, 400.0), GAP);
    }
}
