//! One line of text.

use super::field;
use crate::components::action::{Off, always};
use crate::view::prelude::*;

/// One line of text, a number among them (`kind`).
#[component]
pub(crate) fn TextField(
    /// What it is.
    label: &'static str,
    /// The member on IVS's wire.
    path: &'static str,
    /// What is typed, exactly.
    value: RwSignal<String>,
    /// What to know before typing.
    #[prop(default = "")]
    help: &'static str,
    /// An example.
    #[prop(default = "")]
    example: &'static str,
    /// The kind of input: `text` or `number`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Why it is off.
    #[prop(optional, into)]
    off: Option<Off>,
) -> View {
    field(label, path, help, off.unwrap_or_else(always), move |wiring| {
        view! {
            <input
                class="input"
                type=kind
                id=wiring.id
                placeholder=example
                autocomplete="off"
                spellcheck="false"
                aria-describedby=wiring.described
                aria-invalid=move || wiring.invalid.get().then_some("true")
                disabled=wiring.off
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| wiring.left.run(())
            />
        }
    })
}
