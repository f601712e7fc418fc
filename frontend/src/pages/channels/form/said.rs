//! The values of the settings as the form shows them.

use super::fields::{CONTAINERS, LATENCIES, PLAYBACK, PRESETS, TYPES};
use super::settings::Setting;
use crate::components::fields::Choice;
use crate::shared::arn::called;
use crate::shared::resource_select::Offer;
use crate::shared::resources::Offers;

/// A value as the form shows it, reactively.
pub(super) fn said(offers: Offers, setting: Setting, value: &str) -> String {
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
