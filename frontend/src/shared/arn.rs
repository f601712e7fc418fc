//! ARNs as people meet them: the last part, and a button for the whole.

use crate::components::copy::Copy;
use contract::arn::Arn;
use leptos::prelude::*;

/// The short id of a resource, with a button that copies its ARN.
pub(crate) fn arn(text: &str) -> AnyView {
    view! {
        <span class="arn">
            <code title=text.to_owned()>{Arn::short(text).to_owned()}</code>
            <Copy name="Copy ARN" text=Signal::stored(text.to_owned())/>
        </span>
    }
    .into_any()
}

/// The whole ARN, with a button that copies it.
pub(crate) fn whole(text: String) -> AnyView {
    view! {
        <span class="arn">
            <code>{text.clone()}</code>
            <Copy name="Copy ARN" text=Signal::stored(text)/>
        </span>
    }
    .into_any()
}
