//! What takes more than one call: channels let go of one of a kind, or get another in its place; and it is deleted then. A job
//! does it, whose page has a receipt for each step.

use super::used_by::Users;
use super::{Shown, one_of};
use crate::api::Problem;
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::load::problem;
use crate::routes::Page;
use crate::shared::arn::called;
use crate::shared::on_air::OnAir;
use crate::shared::{channels, jobs, session, stream_badge};
use crate::view::prelude::*;
use contract::channel::{ChannelSummary, UpdateChannel};
use contract::job::Task;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::collections::BTreeMap;

/// A plan that can be asked for. A copy is the same.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    shown: Shown,
    users: Users,
    /// What the channels get: its ARN and its name; `None`: nothing.
    to: Signal<Option<(String, String)>>,
    /// Is it being asked?
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<Problem>>,
    delete: RwSignal<bool>,
    /// Those that are changed, the offline ones first, each with whether it is live.
    steps: Memo<Vec<(ChannelSummary, Option<bool>)>>,
}

impl Plan {
    /// About what is shown, and what takes its place.
    pub(crate) fn of(shown: Shown, users: Users, to: Signal<Option<(String, String)>>) -> Self {
        let live = channels::streams(move || shown.scope.get());
        let steps = Memo::new(move |_| {
            let on_air = |channel: &ChannelSummary| live.with(|state| OnAir::of(state, channel.arn.as_deref().unwrap_or_default()).known());
            let mut steps: Vec<_> = users.channels(&shown.arn()).into_iter().map(|channel| (on_air(&channel), channel)).collect();
            // One that is live is waited for: nobody waits behind it who need not.
            steps.sort_by_key(|(on_air, _)| *on_air == Some(true));
            steps.into_iter().map(|(on_air, channel)| (channel, on_air)).collect()
        });
        let [open, busy] = [RwSignal::new(false), RwSignal::new(false)];
        Self { shown, users, to, open, busy, failed: RwSignal::new(None), delete: RwSignal::new(true), steps }
    }

    /// Does any channel have it, as far as is known? Not reactive.
    pub(super) fn has_users(self) -> bool {
        self.steps.with_untracked(|steps| !steps.is_empty())
    }

    /// Asks.
    pub(super) fn ask(self) {
        self.open.set(true);
    }

    fn start(self, attempt: jobs::Attempt, gone: impl Fn(String) + 'static) {
        let (scope, arn) = untrack(|| (self.shown.scope.get(), self.shown.arn()));
        let steps = self.steps.get_untracked();
        let arns = steps.iter().filter_map(|(channel, _)| channel.arn.clone()).collect();
        let to = self.to.get_untracked();
        let mut names = BTreeMap::from([(arn.clone(), untrack(|| self.shown.name()))]);
        names.extend(to.clone());
        names.extend(steps.iter().filter_map(|(channel, _)| {
            let arn = channel.arn.clone()?;
            Some((arn.clone(), called(channel.name.as_deref(), &arn).to_owned()))
        }));
        let task = Task::DetachChannels { arn, arns, to: to.map(|(arn, _)| arn), delete: self.delete.get_untracked() };
        self.busy.set(true);
        self.failed.set(None);
        let asked = attempt.start(scope, task);
        wasm_bindgen_futures::spawn_local(async move {
            let started = asked.await;
            let here = self.busy.try_set(false);
            match started {
                Ok(job) => {
                    jobs::remember(names);
                    if here {
                        self.open.set(false);
                        gone(job.id);
                    }
                }
                Err(problem) => drop(self.failed.try_set(Some(problem))),
            }
        });
    }
}

/// The button that asks.
pub(crate) fn button(plan: Plan, label: &'static str) -> View {
    let off = session::off::<UpdateChannel>();
    view! { <Action label=label look=Look::Plain off=off busy=plan.busy on=move |()| plan.open.set(true)/> }
}

/// The question: what would be done, step by step.
pub(crate) fn dialog(plan: Plan) -> View {
    let Plan { shown, users, to, open, busy, failed, delete, steps } = plan;
    let (attempt, navigate) = (jobs::Attempt::new(), use_navigate());
    let on = Callback::new(move |()| {
        let navigate = navigate.clone();
        plan.start(attempt, move |job| navigate(&Page::Job(job).path(), NavigateOptions::default()));
    });
    let one = one_of(shown.noun);
    let off: Off = Signal::derive(move || {
        let nothing = steps.with(Vec::is_empty) && !delete.get();
        match (users.complete.get(), nothing) {
            (false, _) => Some("Not all channels have been looked at yet.".to_owned()),
            (true, true) => Some("No channel has it, so there is nothing to do.".to_owned()),
            (true, false) => None,
        }
    });
    let title = move || match to.get() {
        Some((_, to)) => format!("Put {to} in place of {}?", shown.name()),
        None => format!("Detach and delete {}?", shown.name()),
    };
    let row = move |(channel, on_air): (ChannelSummary, Option<bool>)| {
        let name = called(channel.name.as_deref(), channel.arn.as_deref().unwrap_or_default()).to_owned();
        view! { <li class="row"><span>{name}</span>{stream_badge::state(on_air)}</li> }
    };
    let list = move || steps.get().into_iter().map(row).collect::<View>();
    let live = Memo::new(move |_| steps.with(|steps| steps.iter().filter(|(_, on_air)| *on_air == Some(true)).count()));
    let waits = move || {
        (live.get() > 0).then(|| {
            fact(
                Tone::Warn,
                format!(
                    "{} live: IVS changes no channel that is. It is waited for until its stream ends; the job can be cancelled.",
                    if live.get() == 1 { "1 is".to_owned() } else { format!("{} are", live.get()) }
                ),
            )
        })
    };
    let changes = move || {
        let many = steps.with(Vec::len);
        let what = match (to.get(), many) {
            (Some((_, to)), 1) => format!("1 channel gets {to}"),
            (Some((_, to)), many) => format!("{many} channels get {to}, one after the other"),
            (None, 1) => "1 channel lets go of it".to_owned(),
            (None, many) => format!("{many} channels let go of it, one after the other"),
        };
        (many > 0).then(|| fact(Tone::Plain, format!("{what}. What somebody else has given a channel by then stays.")))
    };
    let ends =
        move || delete.get().then(|| fact(Tone::Bad, format!("Then the {one} is deleted. It cannot be brought back under its ARN.")));
    let name = Signal::derive(move || if delete.get() { shown.name() } else { String::new() });
    view! {
        <Confirm
            open=open
            title=TextProp::from(title)
            verb="Begin"
            keep="Leave it"
            type_name=name
            off=off
            busy=busy
            on=on
        >
            <ul class="used-by" tabindex="0" aria-label="Channels that are changed">{list}</ul>
            <ul class="facts">
                {changes}
                {waits}
                {ends}
            </ul>
            {move || to.with(Option::is_some).then(|| {
                view! {
                    <label class="check">
                        <input type="checkbox" prop:checked=delete on:change=move |event| delete.set(event_target_checked(&event))/>
                        "Delete " {shown.name()} " afterwards"
                    </label>
                }
            })}
            {move || failed.get().map(problem)}
        </Confirm>
    }
}
