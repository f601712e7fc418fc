//! Beginning a job from a question, and going to where it can be seen.

use super::{jobs, toasts};
use crate::api::{Problem, Scope};
use crate::components::load::problem;
use crate::routes::Page;
use crate::view::prelude::*;
use contract::job::Task;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::collections::BTreeMap;

/// A job that is being begun from a question. What cannot be begun is said in the question, which stays as it is. A copy is the
/// same.
#[derive(Clone, Copy)]
pub(crate) struct Start {
    /// Is it being begun?
    pub(crate) busy: RwSignal<bool>,
    failed: RwSignal<Option<Problem>>,
    go: Callback<Task>,
}

impl Start {
    /// `open`: is it being asked? `names` says what the job's resources are called now; `begun` is called once there is a job.
    pub(crate) fn new(
        scope: Memo<Scope>,
        open: RwSignal<bool>,
        names: impl Fn() -> BTreeMap<String, String> + Send + Sync + 'static,
        begun: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Self {
        let (busy, failed, attempt) = (RwSignal::new(false), RwSignal::new(None), jobs::Attempt::new());
        let navigate = use_navigate();
        let go = Callback::new(move |task: Task| {
            let (navigate, begun) = (navigate.clone(), begun.clone());
            busy.set(true);
            failed.set(None);
            let names = untrack(&names);
            let name = task.subject().and_then(|arn| names.get(arn).cloned());
            let asked = attempt.start(scope.get_untracked(), task, name);
            wasm_bindgen_futures::spawn_local(async move {
                let started = asked.await;
                if started.is_ok() {
                    jobs::remember(names);
                }
                let here = busy.try_set(false);
                match started {
                    Ok(job) if here => {
                        open.set(false);
                        begun();
                        navigate(&Page::Job(job.id).path(), NavigateOptions::default());
                    }
                    // Whoever went elsewhere meanwhile stays there: the bar says that there is a job.
                    Ok(_) => {}
                    Err(problem) if here && open.get_untracked() => failed.set(Some(problem)),
                    Err(problem) => drop(toasts::failed(problem, None, String::new())),
                }
            });
        });
        // What failed is about what was asked then. Where no answer came, the same asked again is the same job, whenever that is.
        effect(move || {
            if open.get() {
                failed.set(None);
            }
        });
        Self { busy, failed, go }
    }

    /// Begins it.
    pub(crate) fn run(self, task: Task) {
        self.go.run(task);
    }

    /// Why it could not be begun.
    pub(crate) fn failure(self) -> View {
        let lost = move || {
            self.failed.with(|failed| failed.as_ref().is_some_and(|problem| problem.code.is_none())).then(|| {
                view! { <p class="note warn">"It may have begun all the same: " <a class="link" href=Page::Jobs.path()>"Jobs"</a> " tells. To ask again begins nothing twice."</p> }
            })
        };
        view! {
            {move || self.failed.get().map(problem)}
            {lost}
        }
    }
}
