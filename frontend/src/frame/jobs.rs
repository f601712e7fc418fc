//! The jobs in progress: how many, and how far each is.

use crate::api::client;
use crate::components::action::{Action, Look};
use crate::shared::jobs::{self, label};
use crate::shared::{session, toasts};
use crate::view::prelude::*;
use contract::job::{Job, JobState, OneJob};
use contract::own::CancelJob;

#[component]
pub(super) fn Jobs() -> View {
    let query = jobs::list();
    let running = Memo::new(move |_| {
        let jobs = query.with(|state| state.value().map(|list| list.jobs.clone())).unwrap_or_default();
        jobs.into_iter().filter(|job| job.state == JobState::Running).collect::<Vec<_>>()
    });
    let count = move || running.with(Vec::len);
    let again = Callback::new(move |()| query.refetch());
    view! {
        <button class="btn quiet small" type="button" popovertarget="jobs" hidden=move || count() == 0>
            <span class="spinner" aria-hidden="true"></span>
            {move || if count() == 1 { "1 job".to_owned() } else { format!("{} jobs", count()) }}
        </button>
        <div class="float" id="jobs" popover="auto">
            <h2>"In progress"</h2>
            <ul class="stack">{each(move || running.get(), |job| job.id.clone(), move |job| row(job, running, again))}</ul>
        </div>
    }
}

/// A row stays while its job goes on, so that the focus in it does.
fn row(first: Job, running: Memo<Vec<Job>>, again: Callback<()>) -> View {
    let (name, id) = (label(&first.task), first.id.clone());
    let job = Memo::new(move |before: Option<&Job>| {
        let last = before.unwrap_or(&first);
        running.with(|jobs| jobs.iter().find(|job| job.id == last.id).unwrap_or(last).clone())
    });
    let ended = move || job.with(|job| job.done + job.refused + job.unknown);
    let counts = move || {
        let ended = ended();
        job.with(|job| format!("{} done · {} refused · {} to go", job.done, job.refused, job.total.saturating_sub(ended)))
    };
    let busy = RwSignal::new(false);
    let off = Signal::derive(move || {
        let others = session::me().is_none_or(|me| job.with(|job| job.person != me.name));
        others.then(|| "Only whoever started it can cancel it.".to_owned())
    });
    let cancel = move |()| {
        let asked = client::own(&CancelJob(OneJob { id: id.clone() }));
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(problem) = asked.await {
                toasts::failed(problem, None, String::new());
            }
            busy.try_set(false);
            again.run(());
        });
    };
    view! {
        <li class="small">
            {name.clone()}
            <progress max=move || job.with(|job| job.total.max(1)) value=ended aria-label=name.clone()></progress>
            <div class="row">
                <span class="faint">{counts}</span>
                <Action label="Cancel" name=format!("Cancel: {name}") look=Look::Quiet off=off busy=busy on=cancel/>
            </div>
        </li>
    }
}
