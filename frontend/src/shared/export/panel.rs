//! What saves a list, in the panel that says how it is shown.

use super::batch::{Full, Run};
use super::{Export, Format};
use crate::components::action::{Action, Off};
use crate::components::locale;
use crate::view::prelude::*;
use std::sync::Arc;

/// The buttons.
pub(crate) fn panel(export: Export) -> View {
    let (state, called, full) = (export.state, export.called, export.full);
    let count = Memo::new(move |_| state.matched());
    let off: Off = Signal::derive(move || (count.get() == 0).then(|| format!("No {} shows.", called.0)));
    let run = Run::new();
    let wanted = RwSignal::new(full.is_some_and(|full| full.choice.is_none()));
    let busy = Signal::derive(move || run.far.with(Option::is_some));
    let export = Arc::new(export);
    let button = move |format: Format| {
        let export = Arc::clone(&export);
        let save = move |()| {
            let shown = untrack(|| state.shown.get().map(|shown| shown.get()).unwrap_or_default());
            match full.filter(|_| wanted.get_untracked()) {
                Some(full) => wasm_bindgen_futures::spawn_local(run.save(Export::clone(&export), full, shown, format)),
                None => export.save(&shown, format),
            }
        };
        let label = move || format!("Export {} as {}", counted(count.get(), called), format.label());
        view! { <Action label=TextProp::from(label) off=off busy=busy on=save/> }
    };
    view! {
        <section aria-label="Export">
            {full.map(|full| choice(full, wanted))}
            {[Format::Csv, Format::Json].map(button).into_iter().collect::<View>()}
            {said(run, called)}
        </section>
    }
}

fn choice(full: Full, wanted: RwSignal<bool>) -> View {
    let check = full.choice.map(|label| {
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=wanted on:change=move |event| wanted.set(event_target_checked(&event))/>
                {label}
            </label>
        }
    });
    view! { <div>{check} <p class="help">{full.help}</p></div> }
}

/// How far it is, and what did not go well.
fn said(run: Run, called: (&'static str, &'static str)) -> View {
    let far = move || run.far.get().map(|(done, all)| format!("Looked up {} of {}", locale::count(done), counted(all, called)));
    let problem = move || {
        let said = |problem: crate::api::Problem| view! { <p class="note warn" role="alert">"Nothing was saved. " {problem.title} ": " {problem.detail}</p> };
        run.problem.get().map(said)
    };
    let missing = move || {
        let missing = run.missing.get();
        (!missing.is_empty()).then(|| {
            let count = counted(missing.len(), called);
            let line = |(arn, why): (String, String)| view! { <li><code>{arn}</code> " " {why}</li> };
            view! {
                <div class="note warn" role="alert">
                    <p>{count} " could not be looked up, missing from the file:"</p>
                    <ul class="names" tabindex="0" aria-label="Not looked up">{missing.into_iter().map(line).collect::<View>()}</ul>
                </div>
            }
        })
    };
    view! { <p class="help" role="status">{far}</p>{problem}{missing} }
}

fn counted(of: usize, (one, many): (&str, &str)) -> String {
    locale::counted(of, one, many)
}
