//! ARNs as people meet them: the last part, and a button for the whole.

use crate::components::copy::Copy;
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
