//! Skeleton, value, failure in place: how anything that is looked up gets onto the page.

use super::action::Action;
use super::copy::Copy;
use crate::api::{Bare, Problem, Query};
use crate::view::prelude::*;

/// How far a query is, without what it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing has come yet.
    Waiting,
    /// There is a value.
    There,
    /// There is none, and it is known why.
    Failed,
}

/// Follows a query's stage.
pub(crate) fn stage(query: Bare) -> Memo<Stage> {
    Memo::new(move |_| match (query.is_there(), query.problem().is_some()) {
        (true, _) => Stage::There,
        (false, true) => Stage::Failed,
        (false, false) => Stage::Waiting,
    })
}

/// Shows what a query finds. The view is made once and follows the value; what fails is said above it, and what was
/// known before stays. `skeleton` has the size of what it stands for, so that nothing moves.
pub(crate) fn load<T: Clone + PartialEq + Send + Sync + 'static>(
    query: Query<T>,
    skeleton: impl Into<ViewFn>,
    show: impl Fn(Signal<T>) -> View + Send + Sync + 'static,
) -> View {
    let value =
        Memo::new(move |before: Option<&Option<T>>| query.with(|state| state.value().cloned()).or_else(|| before.cloned().flatten()));
    let there = Memo::new(move |_| value.with(Option::is_some));
    let stage = stage(query.bare());
    let skeleton: ViewFn = skeleton.into();
    // Made once: a value that changes must not close what was opened in the view.
    let body = move || match there.get().then(|| value.get_untracked()).flatten() {
        Some(first) => show(Signal::derive(move || value.get().unwrap_or_else(|| first.clone()))),
        None => {
            let skeleton = skeleton.clone();
            (move || (stage.get() == Stage::Waiting).then(|| view! { <div aria-busy="true">{skeleton.run()}</div> })).into_view()
        }
    };
    view! {
        {failure(query.bare())}
        {body}
    }
}

/// Why looking up has failed, for as long as it does. What is asked again and again fails with another request id each
/// time, and is the same failure: said again, it would be read out again.
pub(crate) fn failure(query: Bare) -> View {
    let failed = Memo::new(move |before: Option<&Option<Problem>>| {
        let now = query.problem();
        let same = before.and_then(Option::as_ref).filter(|before| now.as_ref().is_some_and(|now| now.is_like(before)));
        same.cloned().or(now)
    });
    (move || failed.get().map(|problem| failed_load(problem, Callback::new(move |()| query.refetch())))).into_view()
}

/// Why something could not be loaded, where it would stand, with the way to try again.
pub(crate) fn failed_load(what: Problem, retry: Callback<()>) -> View {
    panel(what, Some(retry))
}

/// Why something that was asked for did not happen.
pub(crate) fn problem(what: Problem) -> View {
    panel(what, None)
}

fn panel(what: Problem, retry: Option<Callback<()>>) -> View {
    let code = what.code.as_ref().map(|code| code.as_str().to_owned());
    let request = what.request_id.map(|id| {
        view! {
            <span>"request " <code>{id.clone()}</code></span>
            <Copy name="Copy request id" text=Signal::stored(id)/>
        }
    });
    view! {
        <div class="problem" role="alert">
            <b>{what.title}</b>
            <p>{what.detail}</p>
            <p class="soft">{what.advice}</p>
            <footer>
                {code.map(|code| view! { <code>{code}</code> })}
                {request}
                {retry.map(|retry| view! { <Action label="Try again" on=retry/> })}
            </footer>
        </div>
    }
}

/// Lines where text will be.
pub(crate) fn skeleton_lines(lines: usize) -> View {
    let line = |_| view! { <span class="skeleton"></span> };
    view! { <div class="skeletons" aria-hidden="true">{(0..lines).map(line).collect::<View>()}</div> }
}
