//! The frame of a page: where one is, what it is called, what can be done; and the cards inside.

use super::dom;
use crate::view::prelude::*;

thread_local! {
    static OUT_OF_SIGHT: RwSignal<bool> = RwSignal::new(false);
}

/// Is the page out of sight, though it is still there? What opens over it must not, and what is open closes. To be taken first where
/// it lives as long as the app.
pub(crate) fn out_of_sight() -> RwSignal<bool> {
    OUT_OF_SIGHT.with(|hidden| *hidden)
}

/// The head of a page.
#[component]
pub(crate) fn Head(
    /// Where it hangs: label and address of the page above.
    #[prop(optional)]
    above: Option<(&'static str, Signal<String>)>,
    /// What it is called.
    #[prop(into)]
    title: TextProp,
    /// Beside the title: badges.
    #[prop(optional, into)]
    beside: ViewFn,
    /// Below the title: how much, how old, which ARN.
    #[prop(optional, into)]
    below: ViewFn,
    /// What can be done.
    #[prop(optional, into)]
    actions: ViewFn,
) -> View {
    let (crumb, tab) = (title.clone(), title.clone());
    // What a page is called may be known only some time after it is there.
    effect(move || dom::name_tab(&tab.get()));
    view! {
        {above
            .map(|(label, address)| {
                view! {
                    <nav class="crumbs" aria-label="Breadcrumb">
                        <a class="link" href=move || address.get()>{label}</a>
                        <span aria-hidden="true">"/"</span>
                        <span aria-current="page">{move || crumb.get()}</span>
                    </nav>
                }
            })}
        <header class="head">
            <div class="title">
                <h1 tabindex="-1">{move || title.get()}</h1>
                {move || beside.run()}
                <div class="below">{move || below.run()}</div>
            </div>
            <div class="actions">{move || actions.run()}</div>
        </header>
    }
}

/// A card with its heading.
pub(crate) fn card(title: &'static str, actions: View, body: View) -> View {
    view! {
        <section class="card" aria-label=title>
            <header>
                <h2>{title}</h2>
                <div class="actions">{actions}</div>
            </header>
            <div class="body">{body}</div>
        </section>
    }
}
