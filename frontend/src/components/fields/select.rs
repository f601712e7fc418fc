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
                {move || all(choices.get(), &value.get()).into_iter().map(|choice| option(choice, value)).collect::<View>()}
            </select>
        }
    })
}

/// With what is chosen, where nobody offers it: it is not shown as something else.
fn all(mut choices: Vec<Choose>, chosen: &str) -> Vec<Choose> {
    if choices.iter().all(|choice| choice.value != chosen) {
        choices.push(Choose { value: chosen.to_owned(), label: chosen.to_owned() });
    }
    choices
}

fn option(choice: Choose, value: RwSignal<String>) -> View {
    let mine = choice.value.clone();
    view! { <option value=choice.value prop:selected=move || value.with(|value| *value == mine)>{choice.label}</option> }
}
