//! The platform's own `<dialog>`: it holds the focus, Esc closes it, and the focus goes back to where it came from.

use super::page::out_of_sight;
use crate::view::prelude::*;
use web_sys::HtmlDialogElement;

/// A dialog that is shown while a signal says so. The dialog's own `close` sets the signal back: a person closes it, too.
pub(crate) fn shown_while(open: RwSignal<bool>) -> NodeRef<HtmlDialogElement> {
    let (dialog, hidden) = (NodeRef::new(), out_of_sight());
    // One that cannot be seen would hold the whole page all the same.
    effect(move || {
        if hidden.get() {
            open.set(false);
        }
    });
    effect(move || {
        let Some(dialog): Option<HtmlDialogElement> = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only where the element has left the page: then there is nobody to show it to.
            let _shown = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    dialog
}
