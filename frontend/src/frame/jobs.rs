//! The jobs in progress, and those that ended short of what was asked: how many, and how far each is.

use crate::api::client;
use crate::components::action::{Action, Look};
use crate::components::dom;
use crate::components::part::{in_part, small_part};
use crate::routes::Page;
use crate::shared::jobs::{self, label};
use crate::shared::{session, toasts};
use crate::view::prelude::*;
use contract::job::{Job, JobState, OneJob};
use contract::own::CancelJob;

in_part! { console:
    BAR = bar or fetch_bar => view! { <Bar/> };
}

/// Most people have none at most times: what shows them is loaded once there may be some.
#[component]
pub(super) fn Jobs() -> View {
    let any = jobs::any();
    (move || any.get().then(|| small_part(BAR, "Look for jobs again"))).into_view()
}

#[component]
fn Bar() -> View {
    let query = jobs::list();
    // Those that go on, and one's own that ended short of what was asked: nothing half done stays hidden.
    let shown = Memo::new(move |_| {
        let mut jobs = query.with(|state| state.value().map(|list| list.jobs.clone())).unwrap_or_default();
        jobs.retain(|job| job.state == JobState::Running || jobs::wants_a_look(job));
        jobs
    });
    let count = move || shown.with(Vec::len);
    let at_work = Memo::new(move |_| shown.with(|jobs| jobs.iter().any(|job| job.state == JobState::Running)));
    let again = Callback::new(move |()| query.refetch());
    view! {
        <button class="btn quiet small" type="button" popovertarget="jobs" hidden=move || count() == 0>
            <span class="spinner" aria-hidden="true" hidden=move || !at_work.get()></span>
            <span class="badge warn" hidden=at_work>"▲ Not all done"</span>
            {move || if count() == 1 { "1 job".to_owned() } else { format!("{} jobs", count()) }}
        </button>
        <div class="float" id="jobs" popover="auto">
            <h2>"Jobs"</h2>
            <ul class="stack">{each(move || shown.get(), |job| job.id.clone(), move |job| row(job, shown, again))}</ul>
        </div>
    }
}

/// Following a link closes it.
fn close() {
    if let Some(list) = document().body().and_then(|body| dom::find(&body, "#jobs")) {
        // It may be closed already; then there is nothing to do.
        let _closed = list.hide_popover();
    }
}

/// A row stays while its job goes on, so that the focus in it does.
fn row(first: Job, shown: Memo<Vec<Job>>, again: Callback<()>) -> View {
    let (name, id) = (label(&first), first.id.clone());
    let job = Memo::new(move |before: Option<&Job>| {
        let last = before.unwrap_or(&first);
        shown.with(|jobs| jobs.iter().find(|job| job.id == last.id).unwrap_or(last).clone())
    });
    let ended = move || job.with(|job| job.done + job.refused + job.unknown);
    let busy = RwSignal::new(false);
    let off = Signal::derive(move || {
        let others = session::me().is_none_or(|me| job.with(|job| job.person != me.name));
        others.then(|| "Only whoever started it can cancel it.".to_owned())
    });
    let cancel_name = format!("Cancel: {name}");
    let href = Page::Job(id.clone()).path();
    let cancel = Callback::new(move |()| {
        let asked = client::own(&CancelJob(OneJob { id: id.clone() }));
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(problem) = asked.await {
                toasts::failed(problem, None, String::new());
            }
            busy.try_set(false);
            again.run(());
        });
    });
    view! {
        <li class="small">
            <a class="link" href=href on:click=|_| close()>{name.clone()}</a>
            <progress max=move || job.with(|job| job.total.max(1)) value=ended aria-label=name></progress>
            <div class="row">
                <span class="faint">{move || job.with(jobs::counts)}</span>
                <Show when=move || job.with(|job| job.state == JobState::Running)>
                    <Action label="Cancel" name=cancel_name.clone() look=Look::Quiet off=off busy=busy on=cancel/>
                </Show>
            </div>
        </li>
    }
}
