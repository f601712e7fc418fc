//! The latest jobs: one's own, and with the auditor grant everyone's.

use super::state;
use crate::api;
use crate::components::load::{Stage, failure, stage};
use crate::components::locale::lower;
use crate::components::page::Head;
use crate::components::table::{Cells, Column, Compare, Matches, Rows, Table, TableState, Usual};
use crate::components::time::Ago;
use crate::routes::Page;
use crate::shared::export::{Export, panel};
use crate::shared::{clock, jobs};
use crate::view::prelude::*;
use contract::job::Job;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

const USUAL: Usual = Usual {
    list: "jobs",
    sort: "-at",
    names: |_| false,
    fields: "",
    columns: &[
        Column { id: "what", label: "Job", class: "main", sorts: false, usual: true },
        Column { id: "state", label: "State", class: "state", sorts: false, usual: true },
        Column { id: "counts", label: "Items", class: "narrow-1", sorts: false, usual: true },
        Column { id: "where", label: "Where", class: "narrow-2", sorts: false, usual: true },
        Column { id: "who", label: "Started by", class: "narrow-2", sorts: false, usual: true },
        Column { id: "at", label: "Started", class: "narrow-1", sorts: true, usual: true },
    ],
};

/// The page.
#[component]
pub(crate) fn List() -> View {
    // Query
    let query = jobs::list();
    let list = Memo::new(move |_| query.with(|state| state.value().map(|list| Arc::new(list.jobs.clone())).unwrap_or_default()));
    let waiting = stage(query.bare());

    // Actions
    let navigate = use_navigate();
    let open = Callback::new(move |index: usize| {
        if let Some(id) = list.with_untracked(|list| list.get(index).map(|job| job.id.clone())) {
            navigate(&Page::Job(id).path(), NavigateOptions::default());
        }
    });

    // View
    let state = TableState::new(USUAL);
    let export = Export {
        file: Signal::stored("jobs".to_owned()),
        called: ("job", "jobs"),
        member: "jobs",
        head: "id,person,at,account,region,task.kind,state,cancelled,total,done,refused,unknown",
        state,
        row: Arc::new(move |index| list.with(|list| list.get(index).map(api::write).unwrap_or_default())),
        beside: None,
        full: None,
    };
    let empty = || view! { <div class="empty"><h2>"No jobs yet"</h2><p>"What takes more than one call of IVS is a job: resetting a stream key, tagging or deleting several channels. It goes on when the browser is closed, and says what became of each."</p></div> };
    view! {
        <div class="list-page">
            <Head title="Jobs" below=move || view! { <span>"The latest hundred, newest first."</span> }/>
            {failure(query.bare())}
            <Table
                label="Jobs"
                rows=rows(list, open)
                state=state
                loading=Signal::derive(move || waiting.get() == Stage::Waiting)
                example="What, where or who"
                more=move || panel(export.clone())
                empty=empty
            />
        </div>
    }
}

fn rows(list: Memo<Arc<Vec<Job>>>, open: Callback<usize>) -> Rows {
    let of = move |index: usize, read: fn(&Job) -> String| list.with(|list| list.get(index).map(read).unwrap_or_default());
    Rows {
        count: Signal::derive(move || list.with(|list| list.len())),
        key: Arc::new(move |index| of(index, |job| job.id.clone())),
        name: Arc::new(move |index| of(index, jobs::label)),
        matches: Arc::new(move |words| matches(&list.get(), words)),
        // They come newest first, and their ids are in the order of their starts.
        compare: Arc::new(move |_| {
            let list = list.get();
            let compare: Compare = Box::new(move |a, b| list.get(a).map(|job| &job.id).cmp(&list.get(b).map(|job| &job.id)));
            compare
        }),
        cells: Arc::new(move |index| cells(list, index)),
        open,
        selection: None,
        menu: None,
    }
}

fn matches(list: &Arc<Vec<Job>>, words: &[String]) -> Matches {
    let (list, words) = (Arc::clone(list), words.to_vec());
    Box::new(move |index| {
        let text = list.get(index).map(|job| lower(&format!("{} {} {} {}", jobs::label(job), job.account, job.region, job.person)));
        text.is_some_and(|text| words.iter().all(|word| text.contains(word.as_str())))
    })
}

fn cells(list: Memo<Arc<Vec<Job>>>, index: Signal<usize>) -> Cells {
    let job = Memo::new(move |_| list.with(|list| list.get(index.get()).cloned()));
    let now = clock::now();
    Box::new(move |column| {
        let Some(job) = job.get() else { return View::Nothing };
        #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit for 285,000 years")]
        let at = job.at as f64;
        match column {
            "what" => view! { <a class="link" href=Page::Job(job.id.clone()).path()>{jobs::label(&job)}</a> },
            "state" => state(&job),
            "counts" => jobs::counts(&job).into_view(),
            "where" => format!("{} · {}", job.account, job.region).into_view(),
            "who" => job.person.clone().into_view(),
            _ => view! { <Ago at=Signal::stored(at) now=now/> },
        }
    })
}
