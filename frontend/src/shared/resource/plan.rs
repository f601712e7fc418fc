//! What takes more than one call: channels let go of one of a kind, or get another in its place; and it is deleted then. A job
//! does it, whose page has a receipt for each step.

use super::used_by::Users;
use super::{Shown, one_of};
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::routes::Noun;
use crate::shared::arn::{apart, called};
use crate::shared::job_start::Start;
use crate::shared::on_air::OnAir;
use crate::shared::{channels, session, stream_badge};
use crate::view::prelude::*;
use contract::arn::Arn;
use contract::channel::{ChannelSummary, UpdateChannel};
use contract::job::Task;
use std::collections::BTreeMap;

/// A channel that is changed, and whether it is live.
type Step = (ChannelSummary, Option<bool>);

/// A plan that can be asked for. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    shown: Shown,
    users: Users,
    /// What the channels get: its ARN and its name; `None`: nothing.
    to: Signal<Option<(String, String)>>,
    /// Is it being asked?
    open: RwSignal<bool>,
    /// Is it deleted afterwards?
    delete: RwSignal<bool>,
    /// Those that are changed.
    steps: Memo<Vec<Step>>,
}

fn named(channel: &ChannelSummary) -> (String, String) {
    let arn = channel.arn.clone().unwrap_or_default();
    let name = called(channel.name.as_deref(), &arn).to_owned();
    (arn, name)
}

impl Plan {
    /// About what is shown, and what takes its place.
    pub(crate) fn of(shown: Shown, users: Users, to: Signal<Option<(String, String)>>) -> Self {
        let live = channels::streams(move || shown.scope.get());
        let steps = Memo::new(move |_| {
            let on_air = |channel: &ChannelSummary| live.with(|state| OnAir::of(state, channel.arn.as_deref().unwrap_or_default()).known());
            let mut steps: Vec<Step> =
                users.channels(&shown.arn()).into_iter().map(|channel| (channel.clone(), on_air(&channel))).collect();
            // Those that are waited for are what is decided about.
            steps.sort_by_key(|(_, on_air)| *on_air != Some(true));
            steps
        });
        Self { shown, users, to, open: RwSignal::new(false), delete: RwSignal::new(true), steps }
    }

    /// Does any channel have it, as far as is known? Not reactive.
    pub(super) fn has_users(self) -> bool {
        self.steps.with_untracked(|steps| !steps.is_empty())
    }

    /// Asks.
    pub(super) fn ask(self) {
        self.open.set(true);
    }

    fn task(self) -> Task {
        let arns = self.steps.with(|steps| steps.iter().map(|(channel, _)| named(channel).0).collect());
        Task::DetachChannels { arn: self.shown.arn(), arns, to: self.to.get().map(|(arn, _)| arn), delete: self.delete.get() }
    }

    /// What is let go of is called so, beside what takes its place.
    fn old(self) -> String {
        let name = self.shown.name();
        self.to.get().map_or_else(|| name.clone(), |(_, to)| apart(&name, &self.shown.arn(), &to))
    }

    /// The ARN of what takes its place, and what that is called beside it.
    fn instead(self) -> Option<(String, String)> {
        self.to.get().map(|(arn, name)| {
            let name = apart(&name, &arn, &self.shown.name());
            (arn, name)
        })
    }

    /// What is typed: its name, or where what takes its place is called so too, its id.
    fn word(self) -> String {
        let name = self.shown.name();
        if self.to.with(|to| to.as_ref().is_some_and(|(_, to)| *to == name)) { Arn::short(&self.shown.arn()).to_owned() } else { name }
    }

    /// What all that it is about is called, by ARN.
    fn names(self) -> BTreeMap<String, String> {
        let mut names = BTreeMap::from([(self.shown.arn(), self.old())]);
        names.extend(self.instead());
        self.steps.with(|steps| names.extend(steps.iter().map(|(channel, _)| named(channel))));
        names
    }

    /// Why it cannot be begun.
    fn off(self) -> Off {
        let Self { users, delete, steps, .. } = self;
        Signal::derive(move || {
            let nothing = steps.with(Vec::is_empty) && !delete.get();
            match (users.complete.get(), nothing) {
                (false, _) => Some("Not all channels have been looked at yet.".to_owned()),
                (true, true) => Some("No channel has it, so there is nothing to do.".to_owned()),
                (true, false) => None,
            }
        })
    }

    fn title(self) -> String {
        match self.instead() {
            Some((_, to)) => format!("Put {to} in place of {} in {}?", self.old(), self.shown.scope.get().region),
            None => format!("Detach and delete {} in {}?", self.old(), self.shown.scope.get().region),
        }
    }
}

/// The button that asks.
pub(crate) fn button(plan: Plan, label: &'static str) -> View {
    let off = session::off::<UpdateChannel>();
    view! { <Action label=label look=Look::Plain off=off on=move |()| plan.ask()/> }
}

/// The question: what would be done, step by step. `loses` says what goes with it, where it is deleted.
pub(crate) fn dialog(plan: Plan, loses: &'static [(Tone, &'static str)]) -> View {
    let Plan { shown, to, open, delete, steps, .. } = plan;
    let start = Start::new(shown.scope, open, move || plan.names(), || ());
    let on = Callback::new(move |()| start.run(untrack(|| plan.task())));
    let row = |(channel, on_air): Step| view! { <li class="row"><span>{named(&channel).1}</span>{stream_badge::state(on_air)}</li> };
    let list = move || steps.get().into_iter().map(row).collect::<View>();
    let name = Signal::derive(move || if delete.get() { plan.word() } else { String::new() });
    view! {
        <Confirm
            open=open
            title=TextProp::from(move || plan.title())
            verb="Begin"
            keep="Leave it"
            type_name=name
            off=plan.off()
            busy=start.busy
            on=on
        >
            {facts(plan, loses)}
            <ul class="used-by" tabindex="0" aria-label="Channels that are changed">{list}</ul>
            {move || to.with(Option::is_some).then(|| {
                view! {
                    <label class="check">
                        <input type="checkbox" prop:checked=delete on:change=move |event| delete.set(event_target_checked(&event))/>
                        "Delete " {plan.old()} " afterwards"
                    </label>
                }
            })}
            {start.failure()}
        </Confirm>
    }
}

/// What a channel is without one.
const fn without(noun: Noun) -> &'static str {
    match noun {
        Noun::Recording => "Without it, a channel is not recorded.",
        Noun::Policy => "Without it, a public channel may be watched from every country and on every web page.",
        Noun::Ads => "Without it, a channel has no ad breaks.",
        Noun::Slate => "Without it, viewers of a channel see no slate while its encoder is gone.",
        // No channel names one.
        Noun::PlaybackKey => "",
    }
}

fn facts(plan: Plan, loses: &'static [(Tone, &'static str)]) -> View {
    let Plan { shown, to, delete, steps, .. } = plan;
    let changes = move || {
        let many = steps.with(Vec::len);
        let what = match (plan.instead(), many) {
            (Some((_, to)), 1) => format!("1 channel gets {to}"),
            (Some((_, to)), many) => format!("{many} channels get {to}, one after the other"),
            (None, 1) => "1 channel lets go of it".to_owned(),
            (None, many) => format!("{many} channels let go of it, one after the other"),
        };
        (many > 0).then(|| fact(Tone::Plain, format!("{what}. What somebody else has given a channel by then stays.")))
    };
    let live = Memo::new(move |_| steps.with(|steps| steps.iter().filter(|(_, on_air)| *on_air == Some(true)).count()));
    let waits = move || {
        let text = match live.get() {
            0 => return View::Nothing,
            1 => "1 is live: IVS changes no channel that is. It is waited for until its stream ends; the job can be cancelled.".to_owned(),
            many => format!(
                "{many} are live: IVS changes no channel that is. Each is waited for until its stream ends; the job can be cancelled."
            ),
        };
        fact(Tone::Warn, text)
    };
    let bare = move || {
        let detached = to.with(Option::is_none) && steps.with(|steps| !steps.is_empty());
        detached.then(|| fact(Tone::Bad, without(shown.noun)))
    };
    let one = one_of(shown.noun);
    let lost = move || delete.get().then(|| loses.iter().map(|(tone, text)| fact(*tone, *text)).collect::<View>());
    let ends =
        move || delete.get().then(|| fact(Tone::Bad, format!("Then the {one} is deleted. It cannot be brought back under its ARN.")));
    view! { <ul class="facts">{changes} {bare} {waits} {ends} {lost}</ul> }
}
