//! What would change, beside the form; and what somebody else has changed meanwhile, above its fields.

use super::Sheet;
use crate::components::action::Action;
use crate::components::properties::{properties, property};
use crate::components::{dom, page};
use crate::view::prelude::*;

/// The difference.
pub(crate) fn changes(sheet: Sheet) -> View {
    let changed = move || {
        let changed = sheet.changed.get();
        if changed.is_empty() {
            return view! { <p class="soft">"Nothing is changed yet."</p> };
        }
        let rows = changed.into_iter().map(|setting| row(sheet, setting));
        view! {
            <table class="diff">
                <thead><tr><th scope="col">"Setting"</th><th scope="col">"Now in IVS"</th><th scope="col">"You save"</th></tr></thead>
                <tbody>{rows.collect::<View>()}</tbody>
            </table>
        }
    };
    page::card("Changes", View::Nothing, changed.into_view())
}

/// What to decide, and what the form has followed. Said in a sentence; the rest is read by who looks at it.
pub(crate) fn meanwhile(sheet: Sheet) -> View {
    let conflicts = Memo::new(move |_| sheet.conflicts());
    let said = move || {
        let labels =
            conflicts.with(|conflicts| conflicts.iter().map(|setting| sheet.typed().label(*setting)).collect::<Vec<_>>().join(", "));
        if labels.is_empty() { labels } else { format!("Changed by somebody else too: {labels}. Say which one holds.") }
    };
    view! {
        <div class="meanwhile">
            <p role="status">{said}</p>
            {each(move || conflicts.get(), ToString::to_string, move |setting| decide(sheet, setting))}
            <div role="status">{each(move || sheet.still_followed(), ToString::to_string, move |setting| followed(sheet, setting))}</div>
        </div>
    }
}

fn row(sheet: Sheet, setting: usize) -> View {
    let [_, now, mine] = three(sheet, setting);
    view! { <tr><th scope="row">{sheet.typed().label(setting)}</th><td>{now}</td><td>{mine}</td></tr> }
}

/// As it was, as it is, and as the person wants it.
fn three(sheet: Sheet, setting: usize) -> [View; 3] {
    [0, 1, 2].map(|which| (move || sheet.typed().said(setting, &sheet.three(setting)[which])).into_view())
}

/// Both have changed it: the person says which one holds.
fn decide(sheet: Sheet, setting: usize) -> View {
    let label = sheet.typed().label(setting);
    let [was, now, mine] = three(sheet, setting);
    view! {
        <div class="note warn" role="group" aria-label=format!("{label}, changed by somebody else too")>
            <b>"Somebody else changed " {label} " while you were editing"</b>
            {properties(vec![property("When you began", was), property("Now in IVS", now), property("You", mine)])}
            <div class="row">
                {choice("Keep mine", label, Callback::new(move |()| sheet.keep_mine(setting)))}
                {choice("Take theirs", label, Callback::new(move |()| sheet.take_theirs(setting)))}
            </div>
        </div>
    }
}

fn choice(verb: &'static str, label: &'static str, on: Callback<()>) -> View {
    // The focus goes to what is next to decide, or on to the fields.
    let on = Callback::new(move |()| {
        on.run(());
        dom::after_paint(|| {
            let next = |what| document().body().and_then(|body| dom::find(&body, what));
            dom::focus(next(".meanwhile .btn").or_else(|| next("form.card .input")));
        });
    });
    view! { <Action label=verb name=format!("{verb}: {label}") on=on/> }
}

/// Only somebody else has changed it.
fn followed(sheet: Sheet, setting: usize) -> View {
    let [_, now, _] = three(sheet, setting);
    view! {
        <p class="note">
            "Somebody else changed " {sheet.typed().label(setting)} " to " <b>{now}</b> " while you were editing. You had not touched it, so the form shows theirs."
        </p>
    }
}
