//! What `tally check` finds: credentials, account, regions, and each read operation tried.

use crate::api::{Problem, Query, client, query};
use crate::shared::toasts;
use crate::view::prelude::*;
use contract::setup::{Finding, GetSetup, Setup as Found, Verdict};

#[component]
pub(crate) fn Setup() -> View {
    let setup = query::own(|| Some(GetSetup { again: false }));
    let checking = RwSignal::new(false);
    let again = move |_| {
        if checking.get_untracked() {
            return;
        }
        checking.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            match client::own(&GetSetup { again: true }).await {
                Ok(found) => setup.update(|old| *old = found),
                Err(problem) => toasts::failed(problem, None, String::new()),
            }
            checking.set(false);
        });
    };
    view! {
        <header class="head">
            <div>
                <h1 tabindex="-1">"Set-up"</h1>
                <p class="soft">"Whether the console can reach IVS, as whom, and what it may there."</p>
            </div>
            <div class="actions">
                <button class="btn" type="button" aria-disabled=move || checking.get().then_some("true") on:click=again>
                    {move || if checking.get() { "Checking…" } else { "Check again" }}
                </button>
            </div>
        </header>
        <div class="stack" aria-busy=move || checking.get().then_some("true")>{move || content(setup)}</div>
    }
}

fn content(setup: Query<Found>) -> View {
    let state = setup.get();
    match (state.value(), state.problem()) {
        (None, None) => view! { <p class="faint" aria-busy="true">"Checking…"</p> },
        (None, Some(problem)) => failed(problem.clone(), setup),
        (Some(found), _) => result(found.clone()),
    }
}

fn failed(problem: Problem, setup: Query<Found>) -> View {
    view! {
        <div class="panel tone-bad" role="alert">
            <b>{problem.title}</b>
            <p>{problem.detail} " " {problem.advice}</p>
            <button class="btn small" type="button" on:click=move |_| setup.refetch()>"Try again"</button>
        </div>
    }
}

fn result(found: Found) -> View {
    let (class, title) = if found.ready {
        ("good", "● Changes can be made")
    } else {
        ("bad", "■ Nothing is changed and no secret shown until the account check passes")
    };
    view! {
        <p><span class=format!("badge {class}")>{title}</span></p>
        <ul class="card findings">{found.findings.into_iter().map(finding).collect::<View>()}</ul>
        {found.policy.map(policy)}
    }
}

fn finding(finding: Finding) -> View {
    let (class, word) = match finding.verdict {
        Verdict::Good => ("good", "● Good"),
        Verdict::Warning => ("warn", "▲ Look"),
        Verdict::Bad => ("bad", "■ Bad"),
    };
    let operation = finding.operation.map(|operation| view! { <code class="faint">{operation.name()}</code> });
    let advice = finding.advice.map(|advice| view! { <p>{advice}</p> });
    view! {
        <li class="finding">
            <span class=format!("badge {class}")>{word}</span>
            <div>
                <b>{finding.what}</b> " " {operation}
                <p class="soft">{finding.detail}</p>
                {advice}
            </div>
        </li>
    }
}

fn policy(policy: String) -> View {
    let text = policy.clone();
    let copy = move |_| {
        let text = text.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let written = wasm_bindgen_futures::JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            match written {
                Ok(_) => toasts::say(toasts::Tone::Good, "Policy copied"),
                Err(_) => toasts::say(toasts::Tone::Warn, "The browser does not let the page copy. Select the text instead."),
            }
        });
    };
    view! {
        <section class="card">
            <header>
                <h2>"The policy that is missing"</h2>
                <div class="actions"><button class="btn small" type="button" on:click=copy>"Copy"</button></div>
            </header>
            <div class="body">
                <pre class="cli" tabindex="0">{policy}</pre>
            </div>
        </section>
    }
}
