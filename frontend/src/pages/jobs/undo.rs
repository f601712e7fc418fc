//! Deleting what a job created, as one set: how many they are is typed.

use crate::api::Scope;
use crate::components::action::{Action, Look, Off};
use crate::components::badge::Tone;
use crate::components::confirm::{Confirm, fact};
use crate::components::page;
use crate::shared::job_start::Start;
use crate::shared::{jobs, session};
use crate::view::prelude::*;
use contract::arn::{Arn, Resource};
use contract::channel::DeleteChannel;
use contract::job::{Job, JobState, Task};
use std::collections::BTreeMap;

/// The channels that it made, with their names.
fn channels(job: &Job) -> BTreeMap<String, String> {
    let made = |arn: &&String| Arn::parse(arn).is_some_and(|arn| arn.resource == Resource::Channel);
    job.items.iter().filter_map(|item| Some((item.made.iter().find(made)?.clone(), jobs::item_name(item)))).collect()
}

/// The card.
pub(super) fn card(job: Signal<Job>) -> View {
    let made = Memo::new(move |_| job.with(channels));
    let scope = Memo::new(move |_| job.with(|job| Scope { account: job.account.clone(), region: job.region.clone() }));
    let open = RwSignal::new(false);
    let start = Start::new(scope, open, move || made.get(), || ());
    let running = Memo::new(move |_| job.with(|job| job.state == JobState::Running));
    let role = session::off::<DeleteChannel>();
    let off: Off =
        Signal::derive(move || role.get().or_else(|| running.get().then(|| "Cancel the job first, or wait for its end.".to_owned())));
    let word = Signal::derive(move || match made.with(BTreeMap::len) {
        1 => "1 channel".to_owned(),
        many => format!("{many} channels"),
    });
    let on = Callback::new(move |()| start.run(Task::DeleteChannels { arns: made.with_untracked(|made| made.keys().cloned().collect()) }));
    let names = move || made.with(|made| made.values().map(|name| view! { <li>{name.clone()}</li> }).collect::<View>());
    let any = Memo::new(move |_| made.with(|made| !made.is_empty()));
    let body = view! {
        <p class="soft">"The channels that this job created, deleted as one set. Those that existed before are left alone."</p>
        <div class="row"><Action label=move || format!("Delete the {} it created…", word.get()) look=Look::Danger off=off on=move |()| open.set(true)/></div>
        <Confirm
            open=open
            title=TextProp::from(move || format!("Delete the {} that this job created in {}?", word.get(), scope.get().region))
            verb="Delete channels"
            keep="Keep them"
            type_name=word
            busy=start.busy
            on=on
        >
            <ul class="names" tabindex="0" aria-label="Channels">{names}</ul>
            <ul class="facts">
                {fact(Tone::Bad, "Their stream keys go with them, and their playback URLs stop working. This cannot be undone.")}
                {fact(Tone::Plain, "IVS deletes none that is live; what has been deleted already is left alone.")}
            </ul>
            {start.failure()}
        </Confirm>
    };
    view! { <div hidden=move || !any.get()>{page::card("Undo", View::Nothing, body.into_view())}</div> }
}
