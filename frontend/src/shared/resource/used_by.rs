//! Who uses this? The list of channels says it: no call more.

use crate::api::{Pages, Scope, State};
use crate::components::badge::none;
use crate::components::load::{Stage, stage};
use crate::components::page;
use crate::routes::{Noun, Page};
use crate::shared::arn::called;
use crate::shared::channels;
use crate::shared::on_air::OnAir;
use crate::shared::stream_badge;
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::ChannelSummary;
use std::collections::BTreeMap;

/// The ARN of this kind that a channel names; IVS may say `""` for none.
pub(crate) fn named_by(noun: Noun, channel: &ChannelSummary) -> Option<&str> {
    let arn = match noun {
        Noun::Recording => &channel.recording_configuration_arn,
        Noun::Policy => &channel.playback_restriction_policy_arn,
        Noun::Ads => &channel.ad_configuration_arn,
        Noun::Slate => &channel.failover_slate_configuration_arn,
        // A key opens every private channel of its region; none names it.
        Noun::PlaybackKey => return None,
    };
    arn.as_deref().filter(|arn| !arn.is_empty())
}

/// The channels of a region by what they name. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Users {
    by: Memo<BTreeMap<String, Vec<ChannelSummary>>>,
    /// Have all channels been looked at?
    pub(crate) complete: Memo<bool>,
}

impl Users {
    /// Of one kind.
    pub(crate) fn of(noun: Noun, scope: Memo<Scope>) -> Self {
        let list = channels::channels(move || scope.get());
        let by = Memo::new(move |_| {
            let mut by = BTreeMap::<String, Vec<ChannelSummary>>::new();
            list.with(|state| {
                for channel in state.value().into_iter().flat_map(|pages| &pages.items) {
                    if let Some(arn) = named_by(noun, channel) {
                        by.entry(arn.to_owned()).or_default().push(channel.clone());
                    }
                }
            });
            by
        });
        let whole = |state: &State<Pages<_>>| state.problem().is_none() && state.value().is_some_and(|pages| pages.complete);
        Self { by, complete: Memo::new(move |_| list.with(whole)) }
    }

    /// How many each has, reactively.
    pub(super) fn counts(self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        self.by.with(|by| counts.extend(by.iter().map(|(arn, channels)| (arn.clone(), channels.len()))));
        counts
    }

    /// How many channels use it, reactively: at least so many while more channels are coming.
    pub(super) fn count(self, arn: &str) -> View {
        let count = self.by.with(|by| by.get(arn).map_or(0, Vec::len));
        match (count, self.complete.get()) {
            (0, true) => none(),
            (count, true) => count.to_string().into_view(),
            (_, false) => view! { <span class="faint">"…"</span> },
        }
    }

    /// Those that use it, reactively.
    pub(crate) fn channels(self, arn: &str) -> Vec<ChannelSummary> {
        self.by.with(|by| by.get(arn).cloned().unwrap_or_default())
    }
}

/// Those that use it, with what is live among them.
pub(crate) fn card(scope: Memo<Scope>, users: Users, arn: Memo<String>, actions: View) -> View {
    let list = channels::channels(move || scope.get());
    let live = channels::streams(move || scope.get());
    let listed = stage(list.bare());
    let rows = move || users.channels(&arn.get());
    let row = move |channel: ChannelSummary| {
        let arn = channel.arn.clone().unwrap_or_default();
        let to = Page::Channel(scope.get_untracked(), Arn::short(&arn).to_owned()).path();
        let name = called(channel.name.as_deref(), &arn).to_owned();
        let on_air = Memo::new(move |_| live.with(|state| OnAir::of(state, &arn).known()));
        view! { <li class="row"><a class="link" href=to>{name}</a>{move || stream_badge::state(on_air.get())}</li> }
    };
    let body = move || match (listed.get(), users.channels(&arn.get()).is_empty(), users.complete.get()) {
        (Stage::Waiting, ..) => view! { <p class="soft">"Looking at the channels…"</p> },
        (_, true, true) => view! { <p class="soft">"No channel uses it."</p> },
        (Stage::Failed, true, false) => view! { <p class="soft">"The channels could not be looked at, so this is not known."</p> },
        (Stage::There, true, false) => view! { <p class="soft">"Looking at the other channels…"</p> },
        (_, false, complete) => {
            let key = |channel: &ChannelSummary| channel.arn.clone().unwrap_or_default();
            let more = (!complete).then(|| view! { <p class="soft">"Others may be among the channels that are still to come."</p> });
            view! { <ul class="used-by">{each(rows, key, row)}</ul>{more} }
        }
    };
    page::card("Used by", actions, body.into_view())
}
