//! Is every row as it was written?

use crate::api::client;
use crate::components::action::{Action, Off};
use crate::components::locale::counted;
use crate::components::{copy::CodeBox, dialog, dom};
use crate::shared::toasts;
use crate::view::prelude::*;
use contract::journal::{JournalVerified, VerifyJournal};

/// The button, and what was found.
pub(super) fn action(off: Off) -> View {
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    let found = RwSignal::new(None::<JournalVerified>);
    let on = Callback::new(move |()| {
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            match client::own(&VerifyJournal {}).await {
                Ok(report) => {
                    found.set(Some(report));
                    open.set(true);
                }
                Err(problem) => drop(toasts::failed(problem, None, String::new())),
            }
            busy.set(false);
        });
    });
    let shown = dialog::shown_while(open);
    let id = dom::fresh_id("verified");
    let labelled = id.clone();
    view! {
        <Action label="Verify" off=off busy=busy on=on/>
        <dialog node_ref=shown class="dialog" aria-labelledby=labelled on:close=move |_| dialog::closed(shown, open)>
            <Show when=move || open.get()>
                <h2 id=id.clone()>{move || found.with(|found| title(found.as_ref()))}</h2>
                {move || found.get().map(|found| report(&found))}
                <footer class="foot"><Action label="Close" on=move |()| open.set(false)/></footer>
            </Show>
        </dialog>
    }
}

fn title(found: Option<&JournalVerified>) -> &'static str {
    if found.is_some_and(|found| found.faults.is_empty()) {
        "Every row is as it was written"
    } else {
        "The journal is not as it was written"
    }
}

fn report(found: &JournalVerified) -> View {
    let fault = |fault: &contract::journal::JournalFault| {
        let row = fault.seq.map(|seq| format!("Row {seq}: ")).unwrap_or_default();
        view! { <li>{row} {fault.what.clone()}</li> }
    };
    let head = found.head.clone().map(|head| {
        view! {
            <p class="soft">"Kept elsewhere, this line shows later whether what came before is still the same, run where the journal is:"</p>
            <CodeBox name="Copy command" text=Signal::stored(format!("tally journal verify tally-data/journal.db --head {head}"))/>
        }
    });
    view! {
        <p>{counted(usize::try_from(found.rows).unwrap_or(usize::MAX), "row", "rows")} " read."</p>
        <ul>{found.faults.iter().map(fault).collect::<View>()}</ul>
        {head}
    }
}
