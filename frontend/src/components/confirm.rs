//! Asking before something that cannot be undone: what will happen, looked up, and where it is final the name to type.

use super::action::{Action, Look, Off};
use super::{dialog, dom};
use crate::view::prelude::*;

/// A dialog that asks.
#[component]
pub(crate) fn Confirm(
    /// Is it open? Set it to open; it is unset when the person closes it.
    open: RwSignal<bool>,
    /// The question, naming the resource: `Delete studio-a?`
    #[prop(into)]
    title: TextProp,
    /// What the button does: a verb and its object.
    verb: &'static str,
    /// What the other button says.
    #[prop(default = "Cancel")]
    keep: &'static str,
    /// How much the button weighs.
    #[prop(default = Look::Stop)]
    look: Look,
    /// What has to be typed before the button works; nothing where the signal is empty.
    #[prop(optional, into)]
    type_name: Signal<String>,
    /// Why it cannot be done at all.
    #[prop(optional, into)]
    off: Option<Off>,
    /// Is it being done?
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Does it.
    on: Callback<()>,
    /// What will happen.
    children: ChildrenFn,
) -> View {
    let shown = dialog::shown_while(open);
    let typed = RwSignal::new(String::new());
    let off = off.unwrap_or_else(super::action::always);
    let why = Signal::derive(move || off.get().or_else(|| not_typed(&type_name.get(), &typed.get())));
    let tried = RwSignal::new(false);
    let enter = move || {
        tried.set(true);
        if !busy.get_untracked() && why.with_untracked(Option::is_none) {
            on.run(());
        }
    };
    effect(move || {
        if open.get() {
            typed.set(String::new());
            tried.set(false);
        }
    });
    let children = StoredValue::new(children);
    let title = StoredValue::new(title);
    let id = dom::fresh_id("ask");
    let labelled = id.clone();
    view! {
        <dialog node_ref=shown class="dialog" aria-labelledby=labelled on:close=move |_| dialog::closed(shown, open)>
            <Show when=move || open.get()>
                <h2 id=id.clone()>{move || title.with_value(TextProp::get)}</h2>
                {children.with_value(|children| children())}
                {move || (!type_name.with(String::is_empty)).then(|| type_field((type_name, why), typed, tried, enter))}
                <footer class="foot">
                    <Action label=keep busy=busy on=move |()| open.set(false)/>
                    <Action label=verb look=look off=why busy=busy on=on/>
                </footer>
            </Show>
        </dialog>
    }
}

fn not_typed(name: &str, typed: &str) -> Option<String> {
    (!name.is_empty() && name != typed.trim()).then(|| format!("Type {name} first."))
}

/// `why`: why the button is off, for whatever reason. `enter`: what Enter does, which is what the button does.
fn type_field((name, why): (Signal<String>, Off), typed: RwSignal<String>, tried: RwSignal<bool>, enter: impl Fn() + 'static) -> View {
    let id = dom::fresh_id("type");
    let (control, error) = (id.clone(), format!("{id}-error"));
    let described = error.clone();
    let wrong = Memo::new(move |_| why.get().filter(|_| tried.get()));
    view! {
        <div class="field">
            <label for=id>"Type " <b>{name}</b></label>
            <input
                class="input"
                id=control
                autocomplete="off"
                spellcheck="false"
                autofocus
                aria-invalid=move || (tried.get() && not_typed(&name.get(), &typed.get()).is_some()).then_some("true")
                aria-describedby=described
                prop:value=typed
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    tried.set(false);
                }
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                        enter();
                    }
                }
            />
            <p class="error" id=error role="alert" hidden=move || wrong.with(Option::is_none)>{wrong}</p>
        </div>
    }
}

/// One consequence, with the mark of what it means.
pub(crate) fn fact(tone: super::badge::Tone, text: impl Child) -> View {
    let mark = if tone.mark().is_empty() { "i" } else { tone.mark() };
    view! {
        <li>
            <span class=tone.class() aria-hidden="true">{mark}</span>
            <span>{text.into_view()}</span>
        </li>
    }
}
