//! The messages about changes, read out politely as they come.

use crate::components::copy::CodeBox;
use crate::shared::toasts::{self, Toast, Tone};
use crate::view::prelude::*;

#[component]
pub(super) fn ToastList() -> View {
    let list = toasts::list();
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-relevant="additions">
            {each(move || list.get(), |toast| toast.id, card)}
        </div>
    }
}

fn card(toast: Toast) -> View {
    let Toast { id, tone, title, detail, receipt, code, line } = toast;
    let (class, word) = match tone {
        Tone::Good => ("good", "● Done"),
        Tone::Warn => ("warn", "▲ Unknown"),
        Tone::Bad => ("bad", "■ Refused"),
    };
    let small = toasts::facts(code, receipt.as_ref());
    view! {
        <div class=format!("toast tone-{class}")>
            <span class=format!("badge {class}")>{word}</span>
            <div class="toast-text">
                {title}
                {(!detail.is_empty()).then(|| view! { <p class="soft">{detail}</p> })}
                {(!small.is_empty()).then(|| view! { <small>{small}</small> })}
                {(!line.is_empty()).then(|| view! { <details><summary>"as aws ivs"</summary><CodeBox name="Copy command" text=Signal::stored(line)/></details> })}
            </div>
            <button class="btn small quiet" type="button" aria-label="Close this message" on:click=move |_| toasts::close(id)>"×"</button>
        </div>
    }
}
