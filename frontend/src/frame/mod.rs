//! What surrounds every page: the bar on top, the sidebar, messages, the palette, the keys.

mod age;
mod announcer;
mod gate;
mod jobs;
mod key_list;
mod offline;
mod palette;
mod place_switch;
mod side;
mod sign_in;
mod theme_switch;
mod toast_list;
mod top;
mod who;

use crate::components::dom;
use crate::shared::session;
use crate::view::prelude::*;
use gate::Gate;

/// The frame around a page. The page is made anew when another person, or the same with other rights, looks at it.
#[component]
pub(crate) fn Frame(children: ChildrenFn) -> View {
    let children = StoredValue::new(children);
    let bare = Memo::new(|_| session::nobody_yet());
    view! {
        <a class="skip" href="#main" hidden=bare on:click=|event| skip(&event)>"Skip to the page"</a>
        <div class="app" class:bare=bare>
            <top::Top />
            <side::Side />
            <main class="main" id="main" tabindex="-1">
                <offline::Offline />
                <Gate>{children.with_value(|children| children())}</Gate>
            </main>
        </div>
        <palette::Palette />
        <key_list::KeyList />
        <toast_list::ToastList />
        <announcer::Announcer />
    }
}

/// The router takes links over, this one too: it would change the address and nothing else.
fn skip(event: &web_sys::MouseEvent) {
    event.prevent_default();
    dom::focus(document().body().and_then(|body| dom::find(&body, "#main")));
}
