//! Something that is there only while a condition holds.

use super::{Child, ChildrenFn, View};
use crate::signal::Memo;
use leptos::component;

/// What is inside, made anew whenever the condition becomes true.
#[component]
pub(crate) fn Show(
    /// While it is to be there.
    when: impl Fn() -> bool + Send + Sync + 'static,
    /// What is to be there.
    children: ChildrenFn,
) -> View {
    let when = Memo::new(move |_| when());
    (move || when.get().then(|| children())).into_view()
}
