//! What the pages of the kinds that channels are configured with are made of: a list of them, one of them, forms. These are
//! parts that take values and closures; what a kind has that others do not stays in its page.

mod delete;
mod edit;
mod list;
mod listed;
mod new;
mod one;
mod plan;
mod used_by;

pub(crate) use delete::{Deletion, button as delete_button, dialog as delete_dialog};
pub(crate) use edit::{Editing, form as edit_form};
pub(crate) use list::{ListPage, page as list_page};
pub(crate) use listed::{Fact, Listed, column, listed, names};
pub(crate) use new::{Making, page as new_page};
pub(crate) use one::{Known, Shown, edit_page, of_page, page as detail_page};
pub(crate) use plan::{Plan, button as plan_button, dialog as plan_dialog};
pub(crate) use used_by::{Users, card as used_by_card};

use crate::routes::Noun;
use contract::arn::Resource;

/// As ARNs and errors name the kind.
pub(crate) const fn kind(noun: Noun) -> Resource {
    match noun {
        Noun::Recording => Resource::RecordingConfiguration,
        Noun::PlaybackKey => Resource::PlaybackKey,
        Noun::Policy => Resource::PlaybackRestrictionPolicy,
        Noun::Ads => Resource::AdConfiguration,
        Noun::Slate => Resource::FailoverSlateConfiguration,
    }
}

/// One of the kind, in the middle of a sentence.
pub(crate) const fn one_of(noun: Noun) -> &'static str {
    match noun {
        Noun::Recording => "recording configuration",
        Noun::PlaybackKey => "playback key pair",
        Noun::Policy => "playback restriction policy",
        Noun::Ads => "ad configuration",
        Noun::Slate => "failover slate",
    }
}

/// What is done to have another: IVS makes no keys.
pub(crate) const fn verb(noun: Noun) -> &'static str {
    if matches!(noun, Noun::PlaybackKey) { "Import" } else { "Create" }
}
