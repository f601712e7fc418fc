//! What the pages of the kinds that channels are configured with are made of: a list of them, one of them, forms. These are
//! parts that take values and closures; what a kind has that others do not stays in its page.

mod attach;
mod delete;
mod edit;
mod list;
mod listed;
mod new;
mod one;
mod plain;
mod plan;
mod used;
mod used_by;

pub(crate) use delete::{Deletion, button as delete_button, dialog as delete_dialog};
pub(crate) use list::{ListPage, page as list_page};
pub(crate) use listed::{Fact, Listed, listed, names};
pub(crate) use new::{Making, page as new_page};
pub(crate) use one::{Known, MAKING, NOT_MADE, Shown, of_page, page as detail_page};
pub(crate) use plain::{PlainEdit, PlainNew, edit as plain_edit, new as plain_new};
pub(crate) use plan::{Plan, button as plan_button, dialog as plan_dialog};
pub(crate) use used::Used;
pub(crate) use used_by::{Users, named_by};

use crate::api::Scope;
use crate::components::form::Purpose;
use crate::routes::{At, Noun, Page};
use contract::arn::{Arn, Resource};

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

/// The same at the beginning of one.
const fn kind_of(noun: Noun) -> &'static str {
    match noun {
        Noun::Recording => "Recording configuration",
        Noun::PlaybackKey => "Playback key pair",
        Noun::Policy => "Playback restriction policy",
        Noun::Ads => "Ad configuration",
        Noun::Slate => "Failover slate",
    }
}

/// Several of the kind, in the middle of a sentence.
pub(crate) const fn many_of(noun: Noun) -> &'static str {
    match noun {
        Noun::Recording => "recording configurations",
        Noun::PlaybackKey => "playback key pairs",
        Noun::Policy => "playback restriction policies",
        Noun::Ads => "ad configurations",
        Noun::Slate => "failover slates",
    }
}

/// What the form is for that brings another: IVS makes no keys.
pub(crate) const fn purpose(noun: Noun) -> Purpose {
    match noun {
        Noun::PlaybackKey => Purpose::Import(one_of(noun)),
        Noun::Recording | Noun::Policy | Noun::Ads | Noun::Slate => Purpose::Create(one_of(noun)),
    }
}

/// The page of what has this ARN; `None` for stream keys, which have none.
pub(crate) fn page_of(scope: Scope, arn: Arn) -> Option<Page> {
    let noun = Noun::ALL.into_iter().find(|noun| kind(*noun) == arn.resource);
    match noun {
        Some(noun) => Some(Page::Resource(scope, noun, At::One(arn.id))),
        None => (arn.resource == Resource::Channel).then_some(Page::Channel(scope, arn.id)),
    }
}
