//! Playback restriction policies: which countries and origins may watch (`docs/ivs-behaviour.md` 2.9).

use crate::choices::ATTACHED_IS_NOT_DELETED;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use contract::ApiError;
use contract::arn::Resource;
use contract::playback_restriction_policy::{
    CreatePlaybackRestrictionPolicy, CreatePlaybackRestrictionPolicyResponse, DeletePlaybackRestrictionPolicy, Empty,
    GetPlaybackRestrictionPolicy, GetPlaybackRestrictionPolicyResponse, ListPlaybackRestrictionPolicies,
    ListPlaybackRestrictionPoliciesResponse, PlaybackRestrictionPolicy, PlaybackRestrictionPolicySummary, UpdatePlaybackRestrictionPolicy,
    UpdatePlaybackRestrictionPolicyResponse,
};

impl Behave for CreatePlaybackRestrictionPolicy {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreatePlaybackRestrictionPolicyResponse, ApiError> {
        let quota = ctx.settings.quotas.playback_restriction_policies;
        within_quota(region.playback_restriction_policies.len(), quota, "playback restriction policies")?;
        let arn = region.arn(Resource::PlaybackRestrictionPolicy, ctx.ids);
        let policy = PlaybackRestrictionPolicy {
            arn: arn.clone(),
            allowed_countries: self.allowed_countries.unwrap_or_default(),
            allowed_origins: self.allowed_origins.unwrap_or_default(),
            enable_strict_origin_enforcement: Some(self.enable_strict_origin_enforcement.unwrap_or(false)),
            name: Some(self.name.unwrap_or_default()),
            tags: self.tags,
        };
        region.playback_restriction_policies.add(&arn, policy.clone(), ctx.now);
        Ok(CreatePlaybackRestrictionPolicyResponse { playback_restriction_policy: Some(policy) })
    }
}

impl Behave for UpdatePlaybackRestrictionPolicy {
    /// What is absent stays; `[]` allows all again.
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<UpdatePlaybackRestrictionPolicyResponse, ApiError> {
        let policy = region.playback_restriction_policies.get_mut(&self.arn).ok_or_else(|| not_found(&self.arn))?;
        policy.name = self.name.or(policy.name.take());
        policy.enable_strict_origin_enforcement = self.enable_strict_origin_enforcement.or(policy.enable_strict_origin_enforcement);
        if let Some(countries) = self.allowed_countries {
            policy.allowed_countries = countries;
        }
        if let Some(origins) = self.allowed_origins {
            policy.allowed_origins = origins;
        }
        Ok(UpdatePlaybackRestrictionPolicyResponse { playback_restriction_policy: Some(policy.clone()) })
    }
}

impl Behave for GetPlaybackRestrictionPolicy {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<GetPlaybackRestrictionPolicyResponse, ApiError> {
        let policy = region.playback_restriction_policies.get(&self.arn).ok_or_else(|| not_found(&self.arn))?;
        Ok(GetPlaybackRestrictionPolicyResponse { playback_restriction_policy: Some(policy.clone()) })
    }
}

impl Behave for DeletePlaybackRestrictionPolicy {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        if region.playback_restriction_policies.get(&self.arn).is_none() {
            return Err(not_found(&self.arn));
        }
        if ATTACHED_IS_NOT_DELETED {
            region.not_attached(&self.arn, |channel| channel.playback_restriction_policy_arn.as_ref())?;
        }
        region.playback_restriction_policies.remove(&self.arn);
        Ok(Empty {})
    }
}

impl Behave for ListPlaybackRestrictionPolicies {
    /// One to a page unless asked for more.
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListPlaybackRestrictionPoliciesResponse, ApiError> {
        let paging = Paging::new(ctx, "playback restriction policies", self.next_token.as_deref(), self.max_results, 1)?;
        let page = region.playback_restriction_policies.page(paging.after, paging.most, paging.until, |_| true);
        let playback_restriction_policies = page.items.into_iter().cloned().map(summary).collect();
        Ok(ListPlaybackRestrictionPoliciesResponse { playback_restriction_policies, next_token: paging.token(page.last) })
    }
}

fn summary(policy: PlaybackRestrictionPolicy) -> PlaybackRestrictionPolicySummary {
    PlaybackRestrictionPolicySummary {
        arn: policy.arn,
        allowed_countries: policy.allowed_countries,
        allowed_origins: policy.allowed_origins,
        enable_strict_origin_enforcement: policy.enable_strict_origin_enforcement,
        name: policy.name,
        tags: policy.tags,
    }
}
