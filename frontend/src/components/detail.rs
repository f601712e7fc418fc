//! One row of a list whole, in a dialog: what a narrow row has no room for, by touch and by keyboard too.

use super::action::Action;
use super::{dialog, dom};
use crate::view::prelude::*;

/// Which row is shown whole. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Detail {
    open: RwSignal<bool>,
    index: RwSignal<usize>,
}

impl Detail {
    pub(crate) fn new() -> Self {
        Self { open: RwSignal::new(false), index: RwSignal::new(0) }
    }

    /// Shows the row of this index.
    pub(crate) fn show(self, index: usize) {
        self.index.set(index);
        self.open.set(true);
    }

    /// Shows none any more.
    pub(crate) fn close(self) {
        self.open.set(false);
    }

    /// Where a table says which row is opened.
    pub(crate) fn opener(self) -> Callback<usize> {
        Callback::new(move |index| self.show(index))
    }

    /// The dialog. `title` and `whole` are asked for the row that is shown, and follow what they read.
    pub(crate) fn dialog(
        self,
        title: impl Fn(usize) -> String + Clone + Send + Sync + 'static,
        whole: impl Fn(usize) -> View + Clone + Send + Sync + 'static,
    ) -> View {
        let Self { open, index } = self;
        let shown = dialog::shown_while(open);
        let id = dom::fresh_id("row");
        let labelled = id.clone();
        view! {
            <dialog node_ref=shown class="dialog" aria-labelledby=labelled on:close=move |_| dialog::closed(shown, open)>
                <Show when=move || open.get()>
                    <h2 id=id.clone()>{ let title = title.clone(); move || title(index.get()) }</h2>
                    { let whole = whole.clone(); move || whole(index.get()) }
                    <footer class="foot"><Action label="Close" on=move |()| open.set(false)/></footer>
                </Show>
            </dialog>
        }
    }
}
