//! What can be done with one row: a button at its end, and one menu for all rows, which comes with a part of the app.

use super::Rows;
use crate::components::dom;
use crate::view::prelude::*;
use std::sync::Arc;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

/// The menu of the rows. A copy is the same menu.
#[derive(Clone, Copy)]
pub(crate) struct RowMenu {
    /// The index of the row that it was opened for last.
    pub(crate) of: RwSignal<Option<usize>>,
    /// The button that opened it.
    button: StoredValue<Option<HtmlElement>, LocalStorage>,
    /// Makes it: [`RowMenu::shown`] with what can be done in it.
    show: fn() -> View,
}

impl RowMenu {
    pub(crate) fn new(show: fn() -> View) -> Self {
        Self { of: RwSignal::new(None), button: StoredValue::new_local(None), show }
    }

    /// The row is not where it was any more.
    pub(super) fn close(self) {
        if self.of.with_untracked(Option::is_some) {
            self.of.set(None);
        }
    }

    /// The menu with what it shows for a row: links and buttons beside each other, each with the class `item`.
    pub(crate) fn shown(self, name: String, items: View) -> View {
        let label = format!("Actions for {name}");
        let popover = NodeRef::<HtmlElement>::new();
        let close = move || {
            if let Some(popover) = popover.get_untracked() {
                // Closed already, it stays closed.
                let _closed = popover.hide_popover();
            }
        };
        // Once it is in the page.
        dom::after_paint(move || {
            let (Some(popover), Some(button)) = (popover.get_untracked(), self.button.try_get_value().flatten()) else { return };
            dom::place_at(&popover, &button);
            // It is not shown yet.
            let _shown = popover.show_popover();
            dom::focus(dom::find(&popover, ".item"));
        });
        view! {
            <div class="menu" popover="auto" node_ref=popover role="group" aria-label=label on:keydown=|event| on_key(&event) on:click=move |_| close()>
                <p class="menu-name" aria-hidden="true">{name}</p>
                {items}
            </div>
        }
    }
}

/// Arrows walk through it; Esc closes it, which the browser does by itself.
fn on_key(event: &web_sys::KeyboardEvent) {
    let Some(now) = dom::focused() else { return };
    let to = match event.key().as_str() {
        "ArrowDown" => now.next_element_sibling(),
        "ArrowUp" => now.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    dom::focus(to.and_then(|to| to.dyn_into().ok()));
}

/// The menu among the rows that show.
#[derive(Clone)]
pub(super) struct Menu {
    menu: RowMenu,
    name: Arc<dyn Fn(usize) -> String + Send + Sync>,
}

impl Menu {
    /// `None` where a row can only be opened.
    pub(super) fn new(rows: &Rows) -> Option<Self> {
        rows.menu.map(|menu| Self { menu, name: rows.name.clone() })
    }

    /// The cell with the button. It is out of the tab order: the row itself opens the menu with the key for menus.
    pub(super) fn cell(&self, index: Memo<usize>) -> View {
        let Self { menu, name } = self.clone();
        let open = move |event: web_sys::MouseEvent| {
            menu.button.set_value(event.current_target().and_then(|target| target.dyn_into().ok()));
            // Made anew each time: what can be done may have changed.
            menu.of.set(Some(index.get_untracked()));
        };
        view! {
            <td class="more">
                <button
                    type="button"
                    class="btn quiet small"
                    tabindex="-1"
                    aria-label=move || format!("Actions for {}", name(index.get()))
                    on:click=open
                >
                    "⋯"
                </button>
            </td>
        }
    }

    /// The menu itself.
    pub(super) fn popover(self) -> View {
        let RowMenu { of, show, .. } = self.menu;
        (move || of.get().map(|_| show())).into_view()
    }
}
