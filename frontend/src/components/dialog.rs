//! The platform's own `<dialog>`: it holds the focus, Esc closes it, and the focus goes back to where it came from.

use super::dom;
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
    let mut was = false;
    effect(move || {
        let Some(dialog): Option<HtmlDialogElement> = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only where the element has left the page: then there is nobody to show it to.
            let _shown = dialog.show_modal();
            leptos::task::spawn_local(async move { focus_inside(&dialog) });
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
        if was && !open.get_untracked() {
            // What it was opened with may be gone.
            dom::after_paint(dom::keep_focus);
        }
        was = open.get_untracked();
    });
    dialog
}

/// To be called when a dialog says that it was closed. It says so some time later: by then it may be open again.
pub(crate) fn closed(dialog: NodeRef<HtmlDialogElement>, open: RwSignal<bool>) {
    if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
        open.set(false);
    }
}

/// What is inside may have come only after it was shown: then the dialog itself has the focus, and what is typed goes nowhere.
fn focus_inside(dialog: &HtmlDialogElement) {
    if dom::focused().is_some_and(|focused| focused.is_same_node(Some(dialog))) {
        dom::focus(dom::find(dialog, "[autofocus]").or_else(|| dom::find(dialog, "input, textarea, select, button")));
    }
}
