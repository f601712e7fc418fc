//! Playback restriction policies.

use super::wire::{IntoWire, empty_replies, execute, replies};
use aws_sdk_ivs::{operation as sdk, types};
use contract::playback_restriction_policy::*;

execute! {
    CreatePlaybackRestrictionPolicy { allowed_countries, allowed_origins, enable_strict_origin_enforcement, name, tags },
    client => client
        .create_playback_restriction_policy()
        .set_allowed_countries(allowed_countries)
        .set_allowed_origins(allowed_origins)
        .set_enable_strict_origin_enforcement(enable_strict_origin_enforcement)
        .set_name(name)
        .set_tags(tags.wire())
}
execute! { DeletePlaybackRestrictionPolicy { arn }, client => client.delete_playback_restriction_policy().arn(arn) }
execute! { GetPlaybackRestrictionPolicy { arn }, client => client.get_playback_restriction_policy().arn(arn) }
execute! {
    ListPlaybackRestrictionPolicies { next_token, max_results },
    client => client.list_playback_restriction_policies().set_next_token(next_token).set_max_results(max_results)
}
execute! {
    UpdatePlaybackRestrictionPolicy { arn, allowed_countries, allowed_origins, enable_strict_origin_enforcement, name },
    client => client
        .update_playback_restriction_policy()
        .arn(arn)
        .set_allowed_countries(allowed_countries)
        .set_allowed_origins(allowed_origins)
        .set_enable_strict_origin_enforcement(enable_strict_origin_enforcement)
        .set_name(name)
}

replies! {
    sdk::create_playback_restriction_policy::CreatePlaybackRestrictionPolicyOutput =>
        CreatePlaybackRestrictionPolicyResponse { playback_restriction_policy }
    sdk::get_playback_restriction_policy::GetPlaybackRestrictionPolicyOutput =>
        GetPlaybackRestrictionPolicyResponse { playback_restriction_policy }
    sdk::list_playback_restriction_policies::ListPlaybackRestrictionPoliciesOutput =>
        ListPlaybackRestrictionPoliciesResponse { playback_restriction_policies, next_token }
    sdk::update_playback_restriction_policy::UpdatePlaybackRestrictionPolicyOutput =>
        UpdatePlaybackRestrictionPolicyResponse { playback_restriction_policy }

    types::PlaybackRestrictionPolicy => PlaybackRestrictionPolicy {
        arn, allowed_countries, allowed_origins, enable_strict_origin_enforcement, name, tags,
    }
    types::PlaybackRestrictionPolicySummary => PlaybackRestrictionPolicySummary {
        arn, allowed_countries, allowed_origins, enable_strict_origin_enforcement, name, tags,
    }
}
empty_replies! { sdk::delete_playback_restriction_policy::DeletePlaybackRestrictionPolicyOutput }
