//! The field of the palette: a combobox, so that the focus stays in it.

use super::{Asked, Pressed};
use crate::view::prelude::*;
use web_sys::KeyboardEvent;

#[component]
pub(super) fn Field() -> View {
    let Asked { typed, chosen, pressed, active } = Asked::here();
    let keys = move |event: KeyboardEvent| {
        pressed.set(Some(match event.key().as_str() {
            "ArrowDown" => Pressed::Down,
            "ArrowUp" => Pressed::Up,
            "Enter" => Pressed::Enter,
            _ => return,
        }));
        event.prevent_default();
    };
    let field = NodeRef::<web_sys::HtmlInputElement>::new();
    effect(move || {
        if let Some(field) = field.get() {
            let _focus = field.focus();
        }
    });
    view! {
        <input
            class="palette-field"
            node_ref=field
            type="text"
            role="combobox"
            aria-label="Search channels, ARNs, pages and actions"
            aria-expanded="true"
            aria-controls="palette-lines"
            aria-activedescendant=move || active.get()
            autocomplete="off"
            spellcheck="false"
            placeholder="Name, ARN, page or action"
            on:keydown=keys
            on:input=move |event: web_sys::Event| {
                typed.set(event_target_value(&event));
                chosen.set(0);
            }
        />
    }
}
