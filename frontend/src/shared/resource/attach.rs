//! Giving it to a channel from its own page: a change of that channel, while it has what was seen.

use super::Shown;
use super::used_by::named_by;
use crate::api::{Change, Mutation};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::fields::{Choose, SelectField};
use crate::components::load::problem;
use crate::routes::Noun;
use crate::shared::arn::{apart, called};
use crate::shared::on_air::OnAir;
use crate::shared::resource_select::Offer;
use crate::shared::{channels, session};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::{ChannelSummary, UpdateChannel};

/// The question. A copy is the same.
#[derive(Clone, Copy)]
pub(super) struct Attach {
    shown: Shown,
    open: RwSignal<bool>,
    /// The ARN of the channel; `""` before one is chosen.
    chosen: RwSignal<String>,
    change: Mutation,
}

fn name(channel: &ChannelSummary) -> String {
    called(channel.name.as_deref(), channel.arn.as_deref().unwrap_or_default()).to_owned()
}

impl Attach {
    pub(super) fn of(shown: Shown) -> Self {
        Self { shown, open: RwSignal::new(false), chosen: RwSignal::new(String::new()), change: Mutation::in_form() }
    }
}

/// The button that asks.
pub(super) fn button(attach: Attach) -> View {
    let role = session::off::<UpdateChannel>();
    let off: Off = Signal::derive(move || role.get().or_else(|| attach.shown.unready().map(ToOwned::to_owned)));
    let on = move |()| {
        attach.chosen.set(String::new());
        attach.open.set(true);
    };
    view! { <Action label="Attach…" name="Attach to a channel…" look=Look::Quiet off=off on=on/> }
}

/// The question: which channel, and what that means for it.
pub(super) fn dialog(attach: Attach) -> View {
    let Attach { shown, open, chosen, change } = attach;
    let (noun, scope) = (shown.noun, shown.scope);
    let (list, live) = (channels::channels(move || scope.get()), channels::streams(move || scope.get()));
    let others = Memo::new(move |_| {
        let arn = shown.arn();
        let all = list.with(|state| state.value().map(|pages| pages.items.clone()).unwrap_or_default());
        let mut others: Vec<ChannelSummary> = all.into_iter().filter(|channel| named_by(noun, channel) != Some(arn.as_str())).collect();
        others.sort_by_cached_key(|channel| name(channel).to_lowercase());
        others
    });
    let choices = Signal::derive(move || {
        let none = Choose { value: String::new(), label: "Choose a channel".to_owned() };
        let choice = |channel: &ChannelSummary| Choose { value: channel.arn.clone().unwrap_or_default(), label: name(channel) };
        std::iter::once(none).chain(others.with(|others| others.iter().map(choice).collect::<Vec<_>>())).collect::<Vec<_>>()
    });
    let channel = Memo::new(move |_| {
        let arn = chosen.get();
        others.with(|others| others.iter().find(|channel| channel.arn.as_ref() == Some(&arn)).cloned())
    });
    let on_air = Memo::new(move |_| live.with(|state| OnAir::of(state, &chosen.get()).known()));
    let off: Off = Signal::derive(move || match (channel.with(Option::is_some), on_air.get()) {
        (false, _) => Some("Choose a channel first.".to_owned()),
        (true, Some(true)) => Some(LIVE.to_owned()),
        (true, Some(false) | None) => None,
    });
    let on = Callback::new(move |()| {
        let (Some(channel), arn) = (channel.get_untracked(), untrack(|| shown.arn())) else { return };
        let Some(kind) = Arn::parse(&arn).map(|arn| arn.resource) else { return };
        let target = channel.arn.clone().unwrap_or_default();
        let connecting = |to: &str| UpdateChannel::connecting(target.clone(), kind, to);
        let Some(request) = connecting(&arn) else { return };
        let done = format!("{} attached to {}", untrack(|| shown.name()), name(&channel));
        let seen = connecting(named_by(noun, &channel).unwrap_or_default());
        change.run(Change { seen, ..Change::new(scope.get_untracked(), request, done) }, move |_| {
            open.try_set(false);
            list.refetch();
        });
    });
    // What failed was about the channel that was chosen then.
    effect(move || {
        chosen.track();
        change.forget();
    });
    // Only to call by its name what it takes the place of.
    let all = Offer::of_kind(noun, scope, move || open.get());
    let before = move |channel: &ChannelSummary| {
        let arn = named_by(noun, channel)?;
        let name = all.and_then(|all| all.name(arn)).unwrap_or_else(|| Arn::short(arn).to_owned());
        Some(apart(&name, arn, &shown.name()))
    };
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || format!("Attach {} to a channel?", shown.name()))
            verb="Attach"
            look=Look::Primary
            off=off
            busy=change.busy()
            on=on
        >
            <SelectField label="Channel" path="arn" value=chosen choices=choices/>
            {move || channel.get().map(|channel| means(noun, &channel, before(&channel), on_air.get()))}
            {move || change.problem().get().map(problem)}
        </Confirm>
    }
}

const LIVE: &str = "It is live: IVS changes no channel that is.";

/// What it means for a channel; `before`: what it takes the place of.
fn means(noun: Noun, channel: &ChannelSummary, before: Option<String>, on_air: Option<bool>) -> View {
    let ignored = noun == Noun::Policy && channel.authorized == Some(true);
    view! {
        <ul class="facts">
            {before.map(|before| fact(Tone::Warn, format!("It has {before} now, which this takes the place of.")))}
            {ignored.then(|| fact(Tone::Warn, "It is private: IVS ignores restriction policies there, and the viewer's token decides."))}
            {on_air.is_none().then(|| fact(Tone::Plain, "Whether it is live is not known now. IVS refuses one that is."))}
            {if on_air == Some(true) { fact(Tone::Bad, LIVE) } else { fact(Tone::Plain, "It holds from the channel's next stream on.") }}
        </ul>
    }
}
