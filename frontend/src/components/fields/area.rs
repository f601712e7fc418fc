//! Several lines of text.

use super::field;
use crate::components::action::always;
use crate::view::prelude::*;

/// Several lines of text.
#[component]
pub(crate) fn TextArea(
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
    /// How many lines show.
    #[prop(default = "4")]
    rows: &'static str,
) -> View {
    field(label, path, help, always(), move |wiring| {
        view! {
            <textarea
                class="input area"
                id=wiring.id
                rows=rows
                placeholder=example
                autocomplete="off"
                spellcheck="false"
                aria-describedby=wiring.described
                aria-invalid=move || wiring.invalid.get().then_some("true")
                disabled=wiring.off
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| wiring.left.run(())
            ></textarea>
        }
    })
}
