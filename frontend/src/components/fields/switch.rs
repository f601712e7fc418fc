//! On or off.

use super::field;
use crate::components::action::{Off, always};
use crate::view::prelude::*;

/// On or off.
#[component]
pub(crate) fn Switch(
    /// What is on when it is on.
    label: &'static str,
    /// The member on IVS's wire.
    path: &'static str,
    /// Is it on?
    value: RwSignal<bool>,
    /// What changes when it is on.
    #[prop(default = "")]
    help: &'static str,
    /// Why it cannot be changed.
    #[prop(optional, into)]
    off: Option<Off>,
) -> View {
    field(label, path, help, off.unwrap_or_else(always), move |wiring| {
        view! {
            <input
                class="switch"
                type="checkbox"
                role="switch"
                id=wiring.id
                aria-describedby=wiring.described
                aria-invalid=move || wiring.invalid.get().then_some("true")
                disabled=wiring.off
                prop:checked=value
                on:change=move |event| {
                    value.set(event_target_checked(&event));
                    wiring.left.run(());
                }
            />
        }
    })
}
