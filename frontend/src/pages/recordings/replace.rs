//! Putting another recording configuration in place of one, since IVS changes none.

use super::recordings;
use crate::components::badge::Tone;
use crate::components::page::card;
use crate::shared::arn::called;
use crate::shared::resource::{Plan, Shown, Users, plan_button, plan_dialog};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::recording_configuration::{RecordingConfigurationState, RecordingConfigurationSummary};
use leptos_router::hooks::use_query_map;

/// The card, with the question that it asks.
pub(super) fn replace(shown: Shown, users: Users) -> View {
    let list = recordings(shown.scope);
    let address = use_query_map();
    // Who comes from the form of a copy means that one.
    let chosen = RwSignal::new(address.with_untracked(|query| query.get("to").unwrap_or_default()));
    let others = Memo::new(move |_| {
        let other = |item: &&RecordingConfigurationSummary| Arn::short(&item.arn) != shown.id.get();
        list.with(|state| state.value().map(|pages| pages.items.iter().filter(other).cloned().collect::<Vec<_>>()).unwrap_or_default())
    });
    let found = Memo::new(move |_| others.with(|others| others.iter().find(|other| Arn::short(&other.arn) == chosen.get()).cloned()));
    let to = Signal::derive(move || found.get().map(|other| (other.arn.clone(), called(other.name.as_deref(), &other.arn).to_owned())));
    let plan = Plan::of(shown, users, to);
    let option = move |other: RecordingConfigurationSummary| {
        let id = Arn::short(&other.arn).to_owned();
        let mine = id.clone();
        let name = called(other.name.as_deref(), &other.arn).to_owned();
        view! { <option value=id prop:selected=move || chosen.with(|chosen| *chosen == mine)>{name}</option> }
    };
    let ready = move || found.with(|found| found.as_ref().map(|found| found.state == RecordingConfigurationState::Active));
    let begin = move || match ready() {
        None => View::Nothing,
        Some(true) => plan_button(plan, "Replace…"),
        Some(false) => view! { <span class="soft" role="status">"It is not ACTIVE yet: channels can have it once it is."</span> },
    };
    let body = view! {
        <p class="soft">"IVS changes none. “Change…” makes a copy with other settings; then it can take the place of this one on all its channels, and this one can be deleted."</p>
        <div class="row">
            <select class="input replace" aria-label="What takes its place" on:change=move |event| chosen.set(event_target_value(&event))>
                <option value="" prop:selected=move || chosen.with(String::is_empty)>"Choose another…"</option>
                {each(move || others.get(), |other| other.arn.clone(), option)}
            </select>
            {begin}
        </div>
        {plan_dialog(plan)}
    };
    card("Replace", View::Nothing, body)
}

/// What becomes of what it made.
pub(super) const LOSES: &[(Tone, &str)] = &[(Tone::Plain, "What was recorded with it stays in its bucket.")];
