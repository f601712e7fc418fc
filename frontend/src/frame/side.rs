//! The sidebar; on a narrow screen a drawer.

use crate::nav;
use crate::shared::place;
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Side() -> View {
    view! {
        <nav class="side" aria-label="Pages">{links()}</nav>
        <nav class="side drawer" id="drawer" popover="auto" aria-label="Pages" on:click=move |event| close(&event)>{links()}</nav>
    }
}

/// Following a link closes the drawer.
fn close(event: &web_sys::MouseEvent) {
    let drawer = event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(drawer) = drawer {
        // It may be closed already; then there is nothing to do.
        let _closed = drawer.hide_popover();
    }
}

fn links() -> View {
    let (scope, page) = (place::scope(), place::page());
    let link = move |link: nav::Link| {
        let nav::Link { label, page: to } = link;
        let path = to.path();
        // A page within a list, such as one channel, belongs to that list.
        let here = move || page.with(|page| page.as_ref().is_some_and(|page| page.listed_in() == to)).then_some("page");
        view! { <li><a href=path aria-current=here>{label}</a></li> }
    };
    let group = move |group: nav::Group| {
        view! {
            <h2>{group.title}</h2>
            <ul>{group.links.into_iter().map(link).collect::<View>()}</ul>
        }
    };
    (move || nav::groups(&scope.get()).into_iter().map(group).collect::<View>()).into_view()
}
