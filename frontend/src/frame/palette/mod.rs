//! `Ctrl/⌘ K`: one field that finds channels, ARNs, pages and actions. The field is there at once, and what it finds comes
//! with a part of the app: a person may type before that is there.

mod field;
mod find;
mod lines;

use crate::components::dialog::shown_while;
use crate::components::part::{in_part, part};
use crate::view::prelude::*;
use field::Field;

thread_local! {
    static OPEN: RwSignal<bool> = RwSignal::new(false);
    static ASKED: Asked = Asked::default();
}

in_part! { palette:
    LINES = found or fetch_found => view! { <lines::Lines/> };
}

/// What a person has done in the field, for the lines below it to answer.
#[derive(Clone, Copy, Debug)]
struct Asked {
    typed: RwSignal<String>,
    /// The line that is chosen.
    chosen: RwSignal<usize>,
    /// The key that the lines have not answered yet.
    pressed: RwSignal<Option<Pressed>>,
    /// The id of the line that is chosen, while there is one.
    active: RwSignal<Option<String>>,
}

impl Default for Asked {
    fn default() -> Self {
        Self { typed: RwSignal::new(String::new()), chosen: RwSignal::new(0), pressed: RwSignal::new(None), active: RwSignal::new(None) }
    }
}

/// A key for the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Down,
    Up,
    Enter,
}

impl Asked {
    /// Of the palette, which there is once.
    fn here() -> Self {
        ASKED.with(|asked| *asked)
    }

    /// Nothing is asked any more.
    fn clear(self) {
        self.typed.set(String::new());
        self.chosen.set(0);
        self.pressed.set(None);
        self.active.set(None);
    }
}

/// Opens it, from anywhere.
pub(super) fn open() {
    OPEN.with(|open| open.set(true));
}

fn close() {
    OPEN.with(|open| open.set(false));
}

#[component]
pub(super) fn Palette() -> View {
    let open = OPEN.with(|open| *open);
    let dialog = shown_while(open);
    // A click beside it, on its backdrop, counts as one on the dialog itself.
    let beside = move |event: web_sys::MouseEvent| {
        if event.target() == event.current_target() {
            close();
        }
    };
    // Taken here, where they live as long as the app.
    let asked = Asked::here();
    let inside = move || {
        asked.clear();
        view! {
            <Field />
            {part(LINES)}
        }
    };
    view! {
        <dialog class="palette" node_ref=dialog aria-label="Find" on:close=move |_| close() on:click=beside>
            <Show when=move || open.get()>{inside()}</Show>
        </dialog>
    }
}
