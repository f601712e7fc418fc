//! One of a few, each with a sentence: cards that are radio buttons.

use super::group;
use crate::components::action::{Off, always};
use crate::view::prelude::*;

/// One card.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: &'static str,
    /// Its name.
    pub(crate) label: &'static str,
    /// What it means for the person who chooses.
    pub(crate) text: &'static str,
}

/// One of a few.
#[component]
pub(crate) fn Choices(
    /// What is chosen between.
    label: &'static str,
    /// The member on IVS's wire.
    path: &'static str,
    /// What is chosen.
    value: RwSignal<String>,
    /// The cards, the default first.
    choices: &'static [Choice],
    /// What to know before choosing.
    #[prop(default = "")]
    help: &'static str,
    /// Why it is off.
    #[prop(optional, into)]
    off: Option<Off>,
) -> View {
    group(label, path, help, off.unwrap_or_else(always), move |wiring| {
        let name = wiring.id.clone();
        let cards = choices.iter().map(|choice| {
            let wiring = wiring.clone();
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name=name.clone()
                        value=choice.value
                        aria-describedby=wiring.described
                        aria-invalid=move || wiring.invalid.get().then_some("true")
                        disabled=wiring.off
                        prop:checked=move || value.with(|value| value == choice.value)
                        on:change=move |_| {
                            value.set(choice.value.to_owned());
                            wiring.left.run(());
                        }
                    />
                    <b>{choice.label}</b>
                    <span>{choice.text}</span>
                </label>
            }
        });
        view! { <div class="choices">{cards.collect::<View>()}</div> }
    })
}
