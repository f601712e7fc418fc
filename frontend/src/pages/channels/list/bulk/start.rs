//! Beginning a job, and going to where it can be seen.

use super::Several;
use crate::api::Problem;
use crate::components::copy::CodeBox;
use crate::components::load::problem;
use crate::routes::Page;
use crate::shared::{as_code, jobs, toasts};
use crate::view::prelude::*;
use contract::Call;
use contract::job::Task;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// A job that is being begun from a question. What cannot be begun is said in the question, which stays as it is.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub(super) busy: RwSignal<bool>,
    failed: RwSignal<Option<Problem>>,
    go: Callback<Task>,
}

impl Start {
    pub(super) fn new(several: Several, open: RwSignal<bool>) -> Self {
        let (busy, failed, attempt) = (RwSignal::new(false), RwSignal::new(None), jobs::Attempt::new());
        let navigate = use_navigate();
        let go = Callback::new(move |task: Task| {
            let navigate = navigate.clone();
            busy.set(true);
            failed.set(None);
            let names = several.selection.chosen.get_untracked();
            let asked = attempt.start(several.source.scope.get_untracked(), task);
            wasm_bindgen_futures::spawn_local(async move {
                let started = asked.await;
                if started.is_ok() {
                    jobs::remember(names);
                }
                let here = busy.try_set(false);
                match started {
                    Ok(job) if here => {
                        open.set(false);
                        several.selection.chosen.update(|chosen| chosen.clear());
                        navigate(&Page::Job(job.id).path(), NavigateOptions::default());
                    }
                    // Whoever went elsewhere meanwhile stays there: the bar says that there is a job.
                    Ok(_) => {}
                    Err(problem) if here && open.get_untracked() => failed.set(Some(problem)),
                    Err(problem) => drop(toasts::failed(problem, None, String::new())),
                }
            });
        });
        // What failed is about what was asked then; asked again, it is another job.
        effect(move || {
            if open.get() {
                failed.set(None);
                attempt.forget();
            }
        });
        Self { busy, failed, go }
    }

    /// Begins it.
    pub(super) fn run(self, task: Task) {
        self.go.run(task);
    }

    /// Why it could not be begun.
    pub(super) fn failure(self) -> View {
        (move || self.failed.get().map(problem)).into_view()
    }
}

/// So many commands are shown: whoever wants more writes a loop.
const SHOWN: usize = 10;

/// The same with the AWS CLI, one call each.
pub(super) fn commands<R: Call>(
    several: Several,
    arns: Memo<Vec<String>>,
    request: impl Fn(String) -> R + Clone + Send + Sync + 'static,
) -> View {
    let lines = Signal::derive(move || {
        several.source.scope.with(|scope| {
            arns.with(|arns| {
                let mut lines: Vec<String> = arns.iter().take(SHOWN).map(|arn| as_code::command(scope, &request(arn.clone()))).collect();
                if arns.len() > SHOWN {
                    lines.push(format!("# and {} more, for the other channels", arns.len() - SHOWN));
                }
                lines.join("\n")
            })
        })
    });
    view! {
        <details>
            <summary>"as aws ivs"</summary>
            <CodeBox name="Copy commands" text=lines/>
        </details>
    }
}
