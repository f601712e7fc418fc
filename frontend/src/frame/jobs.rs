//! The jobs in progress: how many, and how far each is.

use crate::api::query;
use crate::shared::jobs::label;
use crate::view::prelude::*;
use contract::job::{Job, JobState, ListJobs};

/// How often the backend is asked, in milliseconds. It costs no call of IVS.
const EVERY: f64 = 5_000.0;

#[component]
pub(super) fn Jobs() -> View {
    // Nothing is asked before it is known who asks.
    let query = query::own(|| crate::shared::session::me().map(|_| ListJobs {})).every(EVERY);
    let running = Memo::new(move |_| {
        let jobs = query.with(|state| state.value().map(|list| list.jobs.clone())).unwrap_or_default();
        jobs.into_iter().filter(|job| job.state == JobState::Running).collect::<Vec<_>>()
    });
    let count = move || running.with(Vec::len);
    view! {
        <button class="btn quiet small" type="button" popovertarget="jobs" hidden=move || count() == 0>
            <span class="spinner" aria-hidden="true"></span>
            {move || if count() == 1 { "1 job".to_owned() } else { format!("{} jobs", count()) }}
        </button>
        <div class="float" id="jobs" popover="auto">
            <h2>"In progress"</h2>
            <ul class="stack">{move || running.get().into_iter().map(|job| row(&job)).collect::<View>()}</ul>
        </div>
    }
}

fn row(job: &Job) -> View {
    let name = label(&job.task);
    let ended = job.done + job.refused + job.unknown;
    let counts = format!("{} done · {} refused · {} to go", job.done, job.refused, job.total.saturating_sub(ended));
    view! {
        <li class="small">
            {name.clone()}
            <progress max=job.total.max(1) value=ended aria-label=name></progress>
            <span class="faint">{counts}</span>
        </li>
    }
}
