//! What a channel can be connected with, each by its own List operation.

use super::resource_select::Offer;
use crate::api::Scope;
use crate::routes::Noun;
use crate::view::prelude::*;
use contract::ad_configuration::ListAdConfigurations;
use contract::failover_slate_configuration::ListFailoverSlateConfigurations;
use contract::playback_restriction_policy::ListPlaybackRestrictionPolicies;
use contract::recording_configuration::ListRecordingConfigurations;

/// Asks for a list only where it is wanted: `when` is false for a channel that is connected with none.
macro_rules! offers {
    ($($(#[$doc:meta])* $name:ident: $request:ident;)*) => {
        $($(#[$doc])*
        pub(crate) fn $name(scope: Memo<Scope>, when: impl Fn() -> bool + 'static) -> Offer {
            let ask = move || when().then(|| (scope.get(), $request { max_results: Some(100), ..$request::default() }));
            Offer::of(ask)
        })*
    };
}

/// What a channel can be connected with, of each kind.
#[derive(Clone, Copy)]
pub(crate) struct Offers {
    pub(crate) recordings: Offer,
    pub(crate) policies: Offer,
    pub(crate) ads: Offer,
    pub(crate) slates: Offer,
}

impl Offers {
    /// All that a region has.
    pub(crate) fn of(scope: Memo<Scope>) -> Self {
        Self {
            recordings: recording_configurations(scope, || true),
            policies: playback_restriction_policies(scope, || true),
            ads: ad_configurations(scope, || true),
            slates: failover_slate_configurations(scope, || true),
        }
    }
}

impl Offer {
    /// Those of one kind; `None` for what no channel names.
    pub(crate) fn of_kind(noun: Noun, scope: Memo<Scope>, when: impl Fn() -> bool + 'static) -> Option<Self> {
        match noun {
            Noun::Recording => Some(recording_configurations(scope, when)),
            Noun::Policy => Some(playback_restriction_policies(scope, when)),
            Noun::Ads => Some(ad_configurations(scope, when)),
            Noun::Slate => Some(failover_slate_configurations(scope, when)),
            Noun::PlaybackKey => None,
        }
    }
}

offers! {
    /// Recording configurations, with the bucket they write to.
    recording_configurations: ListRecordingConfigurations;
    /// Playback restriction policies.
    playback_restriction_policies: ListPlaybackRestrictionPolicies;
    /// Ad configurations.
    ad_configurations: ListAdConfigurations;
    /// Failover slates.
    failover_slate_configurations: ListFailoverSlateConfigurations;
}
