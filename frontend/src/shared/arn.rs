//! ARNs as people meet them: the last part, and a button for the whole.

use super::toasts;
use crate::components::copy::{Copy, to_clipboard};
use crate::view::prelude::*;
use contract::arn::Arn;

/// What people call a resource: its name, or where it has none the last part of its ARN.
pub(crate) fn called<'a>(name: Option<&'a str>, arn: &'a str) -> &'a str {
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| Arn::short(arn))
}

/// The short id of a resource, with a button that copies its ARN.
pub(crate) fn arn(text: &str) -> View {
    view! {
        <span class="arn">
            <code title=text.to_owned()>{Arn::short(text).to_owned()}</code>
            <Copy name="Copy ARN" text=Signal::stored(text.to_owned())/>
        </span>
    }
}

/// The whole ARN, with a button that copies it.
pub(crate) fn whole(text: String) -> View {
    view! {
        <span class="arn">
            <code>{text.clone()}</code>
            <Copy name="Copy ARN" text=Signal::stored(text)/>
        </span>
    }
}

/// Copies a text, and says so in these words; or what to do instead.
pub(crate) async fn copy(text: String, said: &'static str) {
    match to_clipboard(&text).await {
        Ok(()) => toasts::say(toasts::Tone::Good, said),
        Err(refused) => toasts::say(toasts::Tone::Warn, refused),
    }
}

/// Copies an ARN.
pub(crate) fn copy_arn(arn: String) {
    leptos::task::spawn_local(copy(arn, "ARN copied"));
}

/// The short id in a list; pressing it copies the ARN.
pub(crate) fn id(arn: &str, called: &str) -> View {
    let (whole, label) = (arn.to_owned(), format!("Copy the ARN of {called}"));
    let copy = move |_| copy_arn(whole.clone());
    view! { <button type="button" class="id" aria-label=label title="Copy the ARN" on:click=copy>{Arn::short(arn).to_owned()}</button> }
}
