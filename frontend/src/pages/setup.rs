//! What `tally check` finds: credentials, account, regions, and each read operation tried.

use crate::api::{client, query};
use crate::components::action::Action;
use crate::components::badge::{Tone, badge};
use crate::components::copy::Copy;
use crate::components::load::{load, skeleton_lines};
use crate::components::page::{Head, card};
use crate::shared::toasts;
use crate::view::prelude::*;
use contract::setup::{Finding, GetSetup, Setup as Found, Verdict};

#[component]
pub(crate) fn Setup() -> View {
    // Query
    let setup = query::own(|| Some(GetSetup { again: false }));

    // Actions
    let checking = RwSignal::new(false);
    let again = Callback::new(move |()| {
        if checking.get_untracked() {
            return;
        }
        checking.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            match client::own(&GetSetup { again: true }).await {
                Ok(found) => setup.update(|old| *old = found),
                Err(problem) => drop(toasts::failed(problem, None, String::new())),
            }
            checking.set(false);
        });
    });

    // View
    view! {
        <Head
            title="Set-up"
            below=move || view! { <span>"Whether the console can reach IVS, as whom, and what it may there."</span> }
            actions=move || view! { <Action label="Check again" busy=checking on=again/> }
        />
        <div class="stack">{load(setup, move || skeleton_lines(4), found)}</div>
    }
}

fn found(found: Signal<Found>) -> View {
    let verdict = move || {
        let why = "Nothing is changed and no secret shown until the account check passes";
        if found.with(|found| found.ready) { badge(Tone::Good, "Changes can be made") } else { badge(Tone::Bad, why) }
    };
    view! {
        <p role="status">{verdict}</p>
        <ul class="card findings">{move || found.with(|found| found.findings.iter().map(finding).collect::<View>())}</ul>
        {move || found.with(|found| found.policy.clone().map(policy))}
    }
}

fn finding(finding: &Finding) -> View {
    let verdict = match finding.verdict {
        Verdict::Good => badge(Tone::Good, "Good"),
        Verdict::Warning => badge(Tone::Warn, "Look"),
        Verdict::Bad => badge(Tone::Bad, "Bad"),
    };
    let operation = finding.operation.map(|operation| view! { <code class="faint">{operation.name()}</code> });
    let advice = finding.advice.clone().map(|advice| view! { <p>{advice}</p> });
    view! {
        <li class="finding">
            {verdict}
            <div>
                <b>{finding.what.clone()}</b> " " {operation}
                <p class="soft">{finding.detail.clone()}</p>
                {advice}
            </div>
        </li>
    }
}

fn policy(policy: String) -> View {
    let copy = view! { <Copy name="Copy policy" text=Signal::stored(policy.clone())/> };
    card("The policy that is missing", copy, view! { <pre class="cli" tabindex="0">{policy}</pre> })
}
