//! One entry whole: who, from where, what was asked, what was there before and after.

use super::entries::{outcome, when};
use crate::api::{Problem, Scope, client};
use crate::components::detail::Detail;
use crate::components::load::{problem, skeleton_lines};
use crate::components::locale;
use crate::components::properties::{properties, property};
use crate::routes::{bring_back, journal_of, journal_of_person};
use crate::view::prelude::*;
use contract::Operation;
use contract::call::Outcome;
use contract::journal::{GetJournalEntry, JournalDetail, JournalEntry};

/// What there is of it; what the list does not have comes a moment later.
pub(super) fn whole(entry: Option<JournalEntry>, row: Detail) -> View {
    let Some(entry) = entry else { return View::Nothing };
    let found = RwSignal::new(None::<Result<JournalDetail, Problem>>);
    let id = entry.id.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let answer = client::own(&GetJournalEntry { id }).await;
        let _gone = found.try_set(Some(answer));
    });
    let rest = move || match found.get() {
        None => view! { <div aria-busy="true">{skeleton_lines(4)}</div> },
        Some(Ok(detail)) => kept(&detail, row),
        Some(Err(what)) => problem(what),
    };
    view! {
        <p>{outcome(&entry)} " " <b>{entry.person.clone()}</b> " " {when(&entry)}</p>
        {entry.reason.clone().map(|reason| view! { <p>"“" {reason} "”"</p> })}
        {rest}
    }
}

fn kept(detail: &JournalDetail, row: Detail) -> View {
    let said = |label: &'static str, value: Option<String>| value.filter(|text| !text.is_empty()).map(|text| (label, text.into_view()));
    let joined = |all: &[String]| Some(all.join(", "));
    // What they lead to lies behind the dialog.
    let target =
        |arn: &String| view! { <a class="link" href=journal_of(arn) on:click=move |_| row.close()><code>{arn.clone()}</code></a> " " };
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
    let at = detail.entry.at as f64;
    let when = format!("{} · {}", locale::date_time(at), locale::utc(at));
    let whose = journal_of_person(&detail.entry.subject);
    let person = view! { <a class="link" href=whose on:click=move |_| row.close()>{detail.entry.person.clone()}</a> " " <span class="faint">{detail.entry.subject.clone()}</span> };
    let targets = (!detail.entry.targets.is_empty()).then(|| ("About", detail.entry.targets.iter().map(target).collect::<View>()));
    let facts = [
        Some(("When", when.into_view())),
        Some(("Person", person)),
        said("Held", joined(&detail.held)),
        said("Signed in by", Some(detail.mode.clone())),
        said("From", detail.client_ip.clone()),
        said("Browser", detail.user_agent.clone()),
        targets,
        said("Error", detail.entry.code.clone()),
        said("In words", detail.message.clone()),
        said("Found out", detail.reconciled.then(|| "by looking it up: no answer came".to_owned())),
        said("IVS request", joined(&detail.request_ids)),
        said("Request", Some(detail.console_request_id.clone())),
        said("Row", Some(detail.entry.id.clone())),
    ];
    let json = |label: &'static str, text: &Option<String>| {
        text.clone().map(|text| view! { <details open><summary>{label}</summary><pre class="cli" tabindex="0">{text}</pre></details> })
    };
    let entry = &detail.entry;
    let gone = entry.operation == Operation::DeleteChannel.name() && entry.outcome == Some(Outcome::Done) && detail.before.is_some();
    let place = entry.account.clone().zip(entry.region.clone()).filter(|_| gone);
    let back = place.map(|(account, region)| {
        let href = bring_back(Scope { account, region }, &entry.id);
        view! { <p><a class="btn" href=href>"Bring it back…"</a></p> }
    });
    view! {
        {back}
        {properties(facts.into_iter().flatten().map(|(label, value)| property(label, value)).collect())}
        {json("Asked for", &detail.params)}
        {json("Before", &detail.before)}
        {json("After", &detail.after)}
    }
}
