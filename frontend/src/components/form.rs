//! The shell of a form: what is wrong and where, what it is doing, and what happens when it is left.

use super::action::{Action, Look, Off};
use super::dom;
use super::guard::{Guard, leave};
use crate::view::prelude::*;
use contract::FieldErrors;
use std::sync::Arc;
use web_sys::SubmitEvent;

/// What a form knows about its fields, by their path on IVS's wire. Fields find it in the context.
#[derive(Clone, Copy)]
pub(crate) struct FormState {
    found: Memo<FieldErrors>,
    refused: RwSignal<FieldErrors>,
    seen: RwSignal<Vec<&'static str>>,
    tried: RwSignal<bool>,
}

impl FormState {
    /// `check` says what IVS would refuse about what is typed now.
    pub(crate) fn new(check: impl Fn() -> FieldErrors + Send + Sync + 'static) -> Self {
        let refused = RwSignal::new(FieldErrors::default());
        let check = Arc::new(check);
        let typed = Arc::clone(&check);
        // What a server refused may be right again as soon as anything is changed.
        effect(move || {
            typed();
            if refused.with_untracked(|refused| !refused.0.is_empty()) {
                refused.set(FieldErrors::default());
            }
        });
        let found = Memo::new(move |_| check());
        Self { found, refused, seen: RwSignal::new(Vec::new()), tried: RwSignal::new(false) }
    }

    /// What to say at a field: nothing while it is still being filled in for the first time.
    pub(crate) fn at(&self, path: &str) -> Option<String> {
        let refused = self.refused.with(|errors| errors.at(path).map(ToOwned::to_owned));
        let shown = self.tried.get() || self.seen.with(|seen| seen.contains(&path));
        refused.or_else(|| self.found.with(|errors| errors.at(path).map(ToOwned::to_owned)).filter(|_| shown))
    }

    /// The field has been left once: from now on it says what is wrong while one types.
    pub(crate) fn leave(&self, path: &'static str) {
        if !self.seen.with_untracked(|seen| seen.contains(&path)) {
            self.seen.update(|seen| seen.push(path));
        }
    }

    /// The backend or IVS refused these members.
    pub(crate) fn refuse(&self, errors: FieldErrors) {
        self.refused.set(errors);
    }

    /// Somebody submits: from now on every field says what is wrong with it, and the first such one gets the focus. Is nothing wrong?
    pub(crate) fn passes(&self, form: NodeRef<web_sys::HtmlFormElement>) -> bool {
        self.tried.set(true);
        let passes = self.found.with_untracked(|errors| errors.0.is_empty());
        if !passes {
            to_first_error(form);
        }
        passes
    }

    /// How many fields need attention, once somebody has tried to submit.
    fn count(&self) -> usize {
        let found = if self.tried.get() { self.found.with(|errors| errors.0.len()) } else { 0 };
        found.max(self.refused.with(|errors| errors.0.len()))
    }
}

/// What a form is for: its heading and its button are made from it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    /// Makes one of these.
    Create(&'static str),
    /// Brings in one of these, which IVS does not make.
    Import(&'static str),
    /// Changes one of these.
    Save(&'static str),
}

impl Purpose {
    /// What has become of it then.
    pub(crate) const fn done(self) -> &'static str {
        match self {
            Self::Create(_) => "created",
            Self::Import(_) => "imported",
            Self::Save(_) => "saved",
        }
    }

    /// Such as `Create channel`.
    pub(crate) fn label(self) -> String {
        match self {
            Self::Create(noun) => format!("Create {noun}"),
            Self::Import(noun) => format!("Import {noun}"),
            Self::Save(noun) => format!("Save {noun}"),
        }
    }
}

/// The shell. Everything a form can forget is asked for: what happens at submit, how it failed, whether it is busy,
/// whether anything would be lost.
#[component]
pub(crate) fn Form(
    /// What it is for.
    purpose: Purpose,
    /// What it knows of its fields.
    state: FormState,
    /// Sends it. Called only when nothing is wrong.
    submit: Callback<()>,
    /// How sending it failed, apart from the fields.
    error: Signal<Option<crate::api::Problem>>,
    /// Is it being sent?
    busy: Signal<bool>,
    /// Would something typed be lost?
    dirty: Signal<bool>,
    /// For how long it has been looked up what became of what was sent, where that was lost.
    looked_for: Signal<Option<String>>,
    /// Why it may not be sent at all.
    off: Off,
    /// Leaves without sending.
    cancel: Callback<()>,
    /// Beside the fields: the same thing as code.
    aside: View,
    /// The fields.
    children: Children,
) -> View {
    provide_context(state);
    let form = NodeRef::<web_sys::HtmlFormElement>::new();
    let looking = Memo::new(move |_| looked_for.with(Option::is_some));
    let why = Signal::derive(move || off.get().or_else(|| looking.get().then(|| "It is being looked up whether it was done.".to_owned())));
    let go = move || {
        if busy.get_untracked() || why.with_untracked(Option::is_some) {
            return state.tried.set(true);
        }
        if state.passes(form) {
            submit.run(());
        }
    };
    effect(move || {
        if state.refused.with(|errors| !errors.0.is_empty()) {
            to_first_error(form);
        }
    });
    view! {
        <div class="split">
            <form
                class="card"
                node_ref=form
                novalidate
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    go();
                }
            >
                <div class="body">
                    {move || off.get().map(|why| view! { <p class="note warn">{why}</p> })}
                    {children()}
                </div>
                <footer class="foot">
                    {move || error.get().map(super::load::problem)}
                    <p class="soft" role="status">{move || attention(state.count())}</p>
                    <Show when=move || looking.get()>
                        <p class="row soft" role="timer"><span class="spinner" aria-hidden="true"></span>"Looked up for " {move || looked_for.get()}</p>
                    </Show>
                    <Action label=TextProp::from(move || if looking.get() { "Leave the form" } else { "Cancel" }) on=move |()| leave(move || cancel.run(()))/>
                    <Action label=purpose.label() look=Look::Primary off=why busy=busy on=move |()| go()/>
                    // Enter in a field submits: a form does so only with a submit button in it.
                    <input type="submit" hidden/>
                </footer>
            </form>
            {aside}
        </div>
        // What has been sent is not lost: how it ended is said on every page.
        <Guard dirty=Signal::derive(move || dirty.get() && !looking.get())/>
    }
}

fn attention(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 field needs attention".to_owned(),
        many => format!("{many} fields need attention"),
    }
}

fn to_first_error(form: NodeRef<web_sys::HtmlFormElement>) {
    dom::after_paint(move || {
        if let Some(form) = form.get_untracked() {
            let first = dom::find(&form, "[aria-invalid=true]");
            if let Some(folded) = first.as_ref().and_then(|field| field.closest("details:not([open])").ok().flatten()) {
                // What is folded away cannot take the focus. Setting this attribute cannot fail.
                let _ = folded.set_attribute("open", "");
            }
            // Several controls that are one field have it around them.
            let first = first.map(|field| if field.tab_index() < 0 { dom::find(&field, "button, input").unwrap_or(field) } else { field });
            dom::focus(first);
        }
    });
}
