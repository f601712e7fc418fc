//! A region without channels: what one is, and the way to the first.

use super::create;
use crate::routes::Page;
use crate::shared::place;
use crate::view::prelude::*;

#[component]
pub(crate) fn FirstRun() -> View {
    let scope = place::scope();
    let welcome = move || Page::Welcome(scope.get()).path();
    view! {
        <div class="empty">
            <h2>{move || format!("No channels in {}", scope.get().region)}</h2>
            <p>"A channel is where an encoder sends its stream and viewers watch it. It comes with a stream key."</p>
            <div class="row centred">
                {create()}
                <a class="btn" href=welcome>"Show me how, step by step"</a>
            </div>
        </div>
    }
}
