//! Choosing rows to do something with: one by one, a stretch of them with Shift, or all that show, on the screen or not.

use super::Rows;
use super::window::Slot;
use crate::view::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use web_sys::wasm_bindgen::JsCast as _;

/// The rows that are chosen, by their keys, each with what it is called. A copy is the same choice.
#[derive(Clone, Copy)]
pub(crate) struct Selection {
    /// What is chosen. It stays when a row does not show any more.
    pub(crate) chosen: RwSignal<BTreeMap<String, String>>,
    /// Where a stretch begins: the key of the row that was chosen last.
    from: StoredValue<String>,
}

impl Selection {
    /// Nothing.
    pub(crate) fn new() -> Self {
        Self { chosen: RwSignal::new(BTreeMap::new()), from: StoredValue::new(String::new()) }
    }
}

/// The choice among the rows that show.
#[derive(Clone)]
pub(super) struct Chooser {
    selection: Selection,
    rows: Rows,
    shown: Memo<Vec<usize>>,
}

impl Chooser {
    /// `None` where nothing can be done with several rows at once.
    pub(super) fn new(rows: &Rows, shown: Memo<Vec<usize>>) -> Option<Self> {
        rows.selection.map(|selection| Self { selection, rows: rows.clone(), shown })
    }

    fn has(&self, index: usize) -> bool {
        let key = (self.rows.key)(index);
        self.selection.chosen.with(|chosen| chosen.contains_key(&key))
    }

    /// The row at this place of the list is chosen, or not any more; with `stretch` so are all from the last one to it.
    pub(super) fn turn(&self, position: usize, stretch: bool) {
        let shown = self.shown.get_untracked();
        let Some(index) = shown.get(position).copied() else { return };
        let on = !untrack(|| self.has(index));
        let from = self.selection.from.get_value();
        let stretch = stretch && untrack(|| self.any());
        let begin = Some(position).filter(|_| !stretch).or_else(|| shown.iter().position(|index| (self.rows.key)(*index) == from));
        let begin = begin.unwrap_or(position);
        self.put(shown.get(begin.min(position)..=begin.max(position)).unwrap_or_default(), on);
        self.selection.from.set_value((self.rows.key)(index));
    }

    fn put(&self, indices: &[usize], on: bool) {
        self.selection.chosen.update(|chosen| {
            for index in indices {
                let key = (self.rows.key)(*index);
                if on {
                    chosen.insert(key, (self.rows.name)(*index));
                } else {
                    chosen.remove(&key);
                }
            }
        });
    }

    /// The box over all of them.
    pub(super) fn head(self) -> View {
        let all = {
            let this = self.clone();
            Memo::new(move |_| this.any() && this.shown.with(|shown| !shown.is_empty() && shown.iter().all(|index| this.has(*index))))
        };
        let some = {
            let this = self.clone();
            Memo::new(move |_| this.any() && !all.get())
        };
        let turn = move |event: web_sys::Event| {
            self.shown.with_untracked(|shown| self.put(shown, !all.get_untracked()));
            // The browser has ticked it already, rows or none.
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) {
                input.set_checked(all.get_untracked());
            }
        };
        view! {
            <th scope="col" class="choose">
                <label>
                    <input type="checkbox" aria-label="Select all that match" prop:checked=all prop:indeterminate=some on:change=turn/>
                </label>
            </th>
        }
    }

    fn any(&self) -> bool {
        self.selection.chosen.with(|chosen| !chosen.is_empty())
    }

    /// The box of a row. A click anywhere in its cell counts: it is small.
    pub(super) fn cell(&self, slot: Memo<Slot>) -> View {
        let this = Arc::new(self.clone());
        let (is, named) = (Arc::clone(&this), Arc::clone(&this));
        let index = move || slot.with(|slot| slot.index);
        view! {
            <td class="choose">
                <label>
                    <input
                        type="checkbox"
                        tabindex="-1"
                        aria-label=move || format!("Select {}", (named.rows.name)(index()))
                        prop:checked=move || is.has(index())
                        on:click=move |event: web_sys::MouseEvent| this.turn(slot.with_untracked(|slot| slot.position), event.shift_key())
                    />
                </label>
            </td>
        }
    }
}
