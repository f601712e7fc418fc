//! Putting another recording configuration in place of one, since IVS changes none.

use super::{facts, recordings};
use crate::components::badge::{Tone, badge};
use crate::components::page::card;
use crate::routes::{At, Noun, Page};
use crate::shared::arn::{apart, called};
use crate::shared::resource::{Plan, Shown, Users, plan_button, plan_dialog};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::recording_configuration::{RecordingConfigurationState, RecordingConfigurationSummary};
use leptos_router::hooks::use_query_map;

/// What may take the place of what is shown. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Replace {
    shown: Shown,
    plan: Plan,
    others: Memo<Vec<RecordingConfigurationSummary>>,
    /// Its id; `""` before one is chosen.
    chosen: RwSignal<String>,
    found: Memo<Option<RecordingConfigurationSummary>>,
    /// Who comes from the form of a copy means that one.
    copy: StoredValue<String>,
}

fn name(other: &RecordingConfigurationSummary) -> &str {
    called(other.name.as_deref(), &other.arn)
}

impl Replace {
    pub(super) fn of(shown: Shown, users: Users) -> Self {
        let list = recordings(shown.scope);
        let copy = use_query_map().with_untracked(|query| query.get("to").unwrap_or_default());
        let chosen = RwSignal::new(copy.clone());
        let others = Memo::new(move |_| {
            let other = |item: &&RecordingConfigurationSummary| Arn::short(&item.arn) != shown.id.get();
            list.with(|state| state.value().map(|pages| pages.items.iter().filter(other).cloned().collect::<Vec<_>>()).unwrap_or_default())
        });
        let found = Memo::new(move |_| others.with(|others| others.iter().find(|other| Arn::short(&other.arn) == chosen.get()).cloned()));
        let to = Signal::derive(move || found.get().map(|other| (other.arn.clone(), name(&other).to_owned())));
        Self { shown, plan: Plan::of(shown, users, to), others, chosen, found, copy: StoredValue::new(copy) }
    }

    fn page(self, other: &RecordingConfigurationSummary) -> String {
        Page::Resource(self.shown.scope.get(), Noun::Recording, At::One(Arn::short(&other.arn).to_owned())).path()
    }

    /// The button, or why there is none yet.
    fn begin(self) -> View {
        let show = move || {
            let Some(other) = self.found.get() else { return View::Nothing };
            match other.state {
                RecordingConfigurationState::Active => plan_button(self.plan, "Replace…"),
                RecordingConfigurationState::CreateFailed => {
                    view! { <span class="soft">"IVS could not prepare it, most likely for its bucket: " <a class="link" href=self.page(&other)>"what to look at"</a></span> }
                }
                RecordingConfigurationState::Creating | RecordingConfigurationState::Unknown(_) => {
                    view! { <span class="soft">"It is not ACTIVE yet: channels can have it once it is."</span> }
                }
            }
        };
        show.into_view()
    }

    /// Above everything: the copy that was just made, how far it is, and the next step.
    pub(super) fn notice(self) -> View {
        let copy = Memo::new(move |_| self.found.get().filter(|found| self.copy.with_value(|copy| Arn::short(&found.arn) == copy)));
        let show = move || {
            let copy = copy.get()?;
            let (tone, state) = facts::state(&copy.state);
            let name = apart(name(&copy), &copy.arn, &self.shown.name());
            Some(
                view! { <div class="note above row"><span>"The copy " <a class="link" href=self.page(&copy)>{name}</a></span>{badge(tone, state)}{self.begin()}</div> },
            )
        };
        show.into_view()
    }

    /// What it is called in the choice: with its id, where that is the name of more than one.
    fn label(self, other: &RecordingConfigurationSummary) -> String {
        let twice = self.others.with(|others| others.iter().any(|one| one.arn != other.arn && name(one) == name(other)));
        let beside = if twice { name(other).to_owned() } else { self.shown.name() };
        apart(name(other), &other.arn, &beside)
    }

    /// The card, with the question that it asks.
    pub(super) fn card(self) -> View {
        let Self { plan, others, chosen, .. } = self;
        let option = move |other: RecordingConfigurationSummary| {
            let id = Arn::short(&other.arn).to_owned();
            let mine = id.clone();
            view! { <option value=id prop:selected=move || chosen.with(|chosen| *chosen == mine)>{move || self.label(&other)}</option> }
        };
        // No channel can have one that IVS could not prepare.
        let good = move || {
            let mut others = others.get();
            others.retain(|other| other.state != RecordingConfigurationState::CreateFailed);
            others
        };
        let body = view! {
            <p class="soft">"IVS changes none. “Change…” makes a copy with other settings; then it can take the place of this one on all its channels, and this one can be deleted."</p>
            <div class="row">
                <select class="input replace" aria-label="What takes its place" on:change=move |event| chosen.set(event_target_value(&event))>
                    <option value="" prop:selected=move || chosen.with(String::is_empty)>"Choose another…"</option>
                    {each(good, |other| other.arn.clone(), option)}
                </select>
                <span role="status">{self.begin()}</span>
            </div>
            {plan_dialog(plan, LOSES)}
        };
        card("Replace", View::Nothing, body)
    }
}

/// What becomes of what it made.
pub(super) const LOSES: &[(Tone, &str)] = &[(Tone::Plain, "What was recorded with it stays in its bucket.")];
