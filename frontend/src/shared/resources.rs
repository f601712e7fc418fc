//! What a channel can be connected with, each by its own List operation.

use super::resource_select::{Offer, named};
use crate::api::{Scope, query};
use contract::ad_configuration::ListAdConfigurations;
use contract::failover_slate_configuration::ListFailoverSlateConfigurations;
use contract::playback_restriction_policy::ListPlaybackRestrictionPolicies;
use contract::recording_configuration::ListRecordingConfigurations;
use leptos::prelude::*;

/// Asks for a list only where it is wanted: `when` is false for a channel that is connected with none.
macro_rules! offers {
    ($($(#[$doc:meta])* $name:ident: $request:ident, $choose:expr;)*) => {
        $($(#[$doc])*
        pub(crate) fn $name(scope: Memo<Scope>, when: impl Fn() -> bool + Send + Sync + 'static) -> Offer {
            let ask = move || when().then(|| (scope.get(), $request { max_results: Some(100), ..$request::default() }));
            Offer::new(query::pages(ask), $choose)
        })*
    };
}

offers! {
    /// Recording configurations, with the bucket they write to.
    recording_configurations: ListRecordingConfigurations, |item| {
        let bucket = item.destination_configuration.s3.as_ref().map(|s3| format!("s3://{}", s3.bucket_name));
        named(&item.arn, item.name.as_ref(), bucket.as_deref())
    };
    /// Playback restriction policies.
    playback_restriction_policies: ListPlaybackRestrictionPolicies, |item| named(&item.arn, item.name.as_ref(), None);
    /// Ad configurations.
    ad_configurations: ListAdConfigurations, |item| named(&item.arn, item.name.as_ref(), None);
    /// Failover slates.
    failover_slate_configurations: ListFailoverSlateConfigurations, |item| named(&item.arn, item.name.as_ref(), None);
}
