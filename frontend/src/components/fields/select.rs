//! One of many, by name.

use super::field;
use crate::components::action::{Off, always};
use crate::view::prelude::*;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choose {
    /// What is sent; `""` for none.
    pub(crate) value: String,
    /// What the person reads.
    pub(crate) label: String,
}

/// One of many, by name.
#[component]
pub(crate) fn SelectField(
    /// What it is.
    label: &'static str,
    /// The member on IVS's wire.
    path: &'static str,
    /// What is chosen.
    value: RwSignal<String>,
    /// What there is to choose, in order.
    #[prop(into)]
    choices: Signal<Vec<Choose>>,
    /// What to know before choosing.
    #[prop(default = "")]
    help: &'static str,
    /// Why it is off.
    #[prop(optional, into)]
    off: Option<Off>,
) -> View {
    let others = others(value, choices);
    field(label, path, help, off.unwrap_or_else(always), move |wiring| {
        view! {
            <select
                class="input"
                id=wiring.id
                aria-describedby=wiring.described
                aria-invalid=move || wiring.invalid.get().then_some("true")
                disabled=wiring.off
                on:change=move |event| value.set(event_target_value(&event))
                on:blur=move |_| wiring.left.run(())
            >
                {move || options(choices.get(), value)}
                {move || options(others.get(), value)}
            </select>
        }
    })
}

/// What is or was chosen and nobody offers, or not yet: it is not shown as something else, and can be chosen again.
fn others(value: RwSignal<String>, choices: Signal<Vec<Choose>>) -> Memo<Vec<Choose>> {
    Memo::new(move |before: Option<&Vec<Choose>>| {
        let mut others = before.cloned().unwrap_or_default();
        let chosen = value.get();
        // The last part of an ARN is what people know it by.
        let label = chosen.rsplit('/').next().unwrap_or_default().to_owned();
        others.retain(|other| other.value != chosen);
        others.push(Choose { value: chosen, label });
        choices.with(|choices| others.retain(|other| choices.iter().all(|choice| choice.value != other.value)));
        others
    })
}

fn options(choices: Vec<Choose>, value: RwSignal<String>) -> View {
    choices.into_iter().map(|choice| option(choice, value)).collect()
}

fn option(choice: Choose, value: RwSignal<String>) -> View {
    let mine = choice.value.clone();
    view! { <option value=choice.value prop:selected=move || value.with(|value| *value == mine)>{choice.label}</option> }
}
