//! What would change, beside the form; and what somebody else has changed meanwhile, above its fields.

use super::draft::Draft;
use super::fields::{CONTAINERS, LATENCIES, PLAYBACK, PRESETS, TYPES};
use super::settings::Setting;
use crate::components::action::Action;
use crate::components::fields::Choice;
use crate::components::properties::{properties, property};
use crate::components::{dom, page};
use crate::shared::arn::called;
use crate::shared::resource_select::Offer;
use crate::shared::resources::Offers;
use crate::view::prelude::*;

/// The difference.
pub(super) fn card(draft: Draft, offers: Offers) -> View {
    let changed = move || {
        let changed = draft.changed.get();
        if changed.is_empty() {
            return view! { <p class="soft">"Nothing is changed yet."</p> };
        }
        let rows = changed.into_iter().map(|setting| row(draft, offers, setting));
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
pub(super) fn meanwhile(draft: Draft, offers: Offers) -> View {
    let conflicts = Memo::new(move |_| draft.conflicts());
    let said = move || {
        let labels = conflicts.with(|conflicts| conflicts.iter().map(|setting| setting.label()).collect::<Vec<_>>().join(", "));
        if labels.is_empty() { labels } else { format!("Changed by somebody else too: {labels}. Say which one holds.") }
    };
    view! {
        <div class="meanwhile">
            <p role="status">{said}</p>
            {each(move || conflicts.get(), |setting| setting.label(), move |setting| decide(draft, offers, setting))}
            <div role="status">{each(move || draft.followed(), |setting| setting.label(), move |setting| followed(draft, offers, setting))}</div>
        </div>
    }
}

fn row(draft: Draft, offers: Offers, setting: Setting) -> View {
    let [_, now, mine] = three(draft, offers, setting);
    view! { <tr><th scope="row">{setting.label()}</th><td>{now}</td><td>{mine}</td></tr> }
}

/// As it was, as it is, and as the person wants it.
fn three(draft: Draft, offers: Offers, setting: Setting) -> [View; 3] {
    [0, 1, 2].map(|which| (move || said(offers, setting, &draft.three(setting)[which])).into_view())
}

/// Both have changed it: the person says which one holds.
fn decide(draft: Draft, offers: Offers, setting: Setting) -> View {
    let label = setting.label();
    let [was, now, mine] = three(draft, offers, setting);
    view! {
        <div class="note warn" role="group" aria-label=format!("{label}, changed by somebody else too")>
            <b>"Somebody else changed " {label} " while you were editing"</b>
            {properties(vec![property("When you began", was), property("Now in IVS", now), property("You", mine)])}
            <div class="row">
                {choice("Keep mine", label, Callback::new(move |()| draft.keep_mine(setting)))}
                {choice("Take theirs", label, Callback::new(move |()| draft.take_theirs(setting)))}
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
fn followed(draft: Draft, offers: Offers, setting: Setting) -> View {
    let [_, now, _] = three(draft, offers, setting);
    view! {
        <p class="note">
            "Somebody else changed " {setting.label()} " to " <b>{now}</b> " while you were editing. You had not touched it, so the form shows theirs."
        </p>
    }
}

/// A value as the form shows it, reactively.
fn said(offers: Offers, setting: Setting, value: &str) -> String {
    let choice = |choices: &[Choice]| {
        choices.iter().find(|choice| choice.value == value).map_or_else(|| or_none(value), |choice| choice.label.to_owned())
    };
    let name = |offer: Offer| offer.name(value).unwrap_or_else(|| or_none(called(None, value)));
    match setting {
        Setting::Name => or_none(value),
        Setting::Kind => choice(TYPES),
        Setting::Preset => choice(PRESETS),
        Setting::Latency => choice(LATENCIES),
        Setting::Playback => choice(PLAYBACK),
        Setting::Policy => name(offers.policies),
        Setting::Recording => name(offers.recordings),
        Setting::Container => choice(CONTAINERS),
        Setting::Multitrack => value.split_once(' ').map_or_else(|| "Off".to_owned(), |(policy, most)| format!("{policy} · up to {most}")),
        Setting::Ads => name(offers.ads),
        Setting::Slate => name(offers.slates),
        Setting::Insecure => if value.is_empty() { "Refused" } else { "Allowed" }.to_owned(),
    }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}
