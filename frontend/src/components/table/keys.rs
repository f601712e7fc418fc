//! Walking through a list by keyboard: arrows, Page up and down, Home, End, Enter; Space chooses a row.

use super::select::Chooser;
use super::window::{Slots, Viewport};
use crate::components::dom;
use crate::view::prelude::*;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

pub(super) fn handler(
    open: Callback<usize>,
    chooser: Option<Chooser>,
    shown: Memo<Vec<usize>>,
    slots: Memo<Slots>,
    viewport: Viewport,
    scroller: NodeRef<web_sys::HtmlElement>,
) -> impl Fn(KeyboardEvent) + Clone {
    move |event| {
        // Only on a row itself: the links and buttons in it have keys of their own.
        let Some(at) = event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|row| row.get_attribute("data-row"))
        else {
            return;
        };
        let (at, last) = (at.parse().unwrap_or(0_usize), shown.with_untracked(Vec::len).saturating_sub(1));
        let page = slots.with_untracked(|slots| slots.rows.len()) / 2;
        let to = match event.key().as_str() {
            "ArrowDown" => at + 1,
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => at + page,
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                // What opens has the focus before the key has done all that it does: it would press the button there.
                event.prevent_default();
                if let Some(index) = shown.with_untracked(|shown| shown.get(at).copied()) {
                    open.run(index);
                }
                return;
            }
            " " => {
                if let Some(chooser) = &chooser {
                    event.prevent_default();
                    chooser.turn(at, event.shift_key());
                }
                return;
            }
            // The key for menus, and what stands for it where there is none.
            "ContextMenu" | "F10" if event.key() != "F10" || event.shift_key() => {
                // As if its button had been pressed.
                let button = scroller.get_untracked().and_then(|list| dom::find(&list, &format!("[data-row='{at}'] .more button")));
                if let Some(button) = button {
                    event.prevent_default();
                    button.click();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let to = to.min(last);
        viewport.reveal(scroller, to);
        let row = move || scroller.get_untracked().and_then(|list| dom::find(&list, &format!("[data-row='{to}']")));
        // At once where it is in the page: the next key may come before the next frame.
        match row() {
            Some(row) => dom::focus(Some(row)),
            None => dom::after_paint(move || dom::focus(row())),
        }
    }
}
