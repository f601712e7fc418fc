//! Light, dark, or as the system is.

use crate::shared::theme::Theme;
use crate::view::prelude::*;

#[component]
pub(super) fn ThemeSwitch() -> View {
    let chosen = RwSignal::new(Theme::current());
    let choice = move |theme: Theme| {
        let choose = move |_| {
            theme.choose();
            chosen.set(theme);
        };
        view! {
            <label>
                <input type="radio" name="theme" value=theme.as_str() checked=move || chosen.get() == theme on:change=choose />
                {theme.label()}
            </label>
        }
    };
    view! {
        <fieldset class="segments">
            <legend>"Theme"</legend>
            {Theme::ALL.map(choice)}
        </fieldset>
    }
}
