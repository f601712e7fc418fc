//! ARNs as people meet them: the last part, and a button for the whole.

use crate::components::copy::Copy;
use crate::view::prelude::*;
use contract::arn::Arn;

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
