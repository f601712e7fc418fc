//! Fields. Each has a label, a help, an error at its place, and when it is off the reason: all wired to the control.

mod area;
mod choices;
mod select;
mod switch;
mod text;
mod whole;

pub(crate) use area::TextArea;
pub(crate) use choices::{Choice, Choices};
pub(crate) use select::{Choose, SelectField};
pub(crate) use switch::Switch;
pub(crate) use text::TextField;
pub(crate) use whole::whole;

use super::action::{Off, reason_of};
use super::dom;
use super::form::FormState;
use crate::view::prelude::*;

/// What a control needs to be part of a field.
#[derive(Clone)]
pub(crate) struct Wiring {
    /// Its id, which the label points to.
    pub(crate) id: String,
    /// The ids of what describes it, in the order to be read.
    pub(crate) described: Signal<String>,
    /// Is something wrong with it?
    pub(crate) invalid: Signal<bool>,
    /// Is it off?
    pub(crate) off: Signal<bool>,
    /// To be called when the person leaves it.
    pub(crate) left: Callback<()>,
}

/// Label, control, help, error, reason. `path` is the member on IVS's wire; its errors come from the form.
pub(crate) fn field(label: &'static str, path: &'static str, help: &'static str, off: Off, control: impl FnOnce(Wiring) -> View) -> View {
    frame(label, path, help, off, false, control)
}

/// The same around several controls that are one choice.
pub(crate) fn group(label: &'static str, path: &'static str, help: &'static str, off: Off, control: impl FnOnce(Wiring) -> View) -> View {
    frame(label, path, help, off, true, control)
}

fn frame(label: &'static str, path: &'static str, help: &'static str, off: Off, group: bool, control: impl FnOnce(Wiring) -> View) -> View {
    let form = use_context::<FormState>();
    let error = Memo::new(move |_| form.and_then(|form| form.at(path)));
    let id = dom::fresh_id("field");
    let (help_id, error_id, off_id) = (format!("{id}-help"), format!("{id}-error"), format!("{id}-off"));
    let ids = (help_id.clone(), error_id.clone(), off_id.clone());
    let described = Signal::derive(move || {
        let mut described = String::new();
        let parts = [(error.with(Option::is_some), &ids.1), (off.with(Option::is_some), &ids.2), (!help.is_empty(), &ids.0)];
        for (_, id) in parts.iter().filter(|(there, _)| *there) {
            described.push_str(id);
            described.push(' ');
        }
        described
    });
    let left = Callback::new(move |()| {
        if let Some(form) = form {
            form.leave(path);
        }
    });
    let wiring = Wiring {
        id: id.clone(),
        described,
        invalid: Signal::derive(move || error.with(Option::is_some)),
        off: Signal::derive(move || off.with(Option::is_some)),
        left,
    };
    let control = control(wiring);
    let below = view! {
        {move || error.get().map(|error| view! { <p class="error" id=error_id.clone()>{error}</p> })}
        {move || off.get().map(|reason| reason_of(&off_id, reason))}
        {(!help.is_empty()).then(|| view! { <p class="help" id=help_id>{help}</p> })}
    };
    if group {
        view! {
            <fieldset class="field">
                <legend>{label}</legend>
                {control}
                {below}
            </fieldset>
        }
    } else {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                {control}
                {below}
            </div>
        }
    }
}
