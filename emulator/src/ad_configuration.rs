//! Ad configurations: server-side ads (`docs/ivs-behaviour.md` 2.12).

use crate::choices::ATTACHED_IS_NOT_DELETED;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use contract::ApiError;
use contract::ad_configuration::{
    AdConfiguration, AdConfigurationSummary, CreateAdConfiguration, CreateAdConfigurationResponse, DeleteAdConfiguration, Empty,
    GetAdConfiguration, GetAdConfigurationResponse, ListAdConfigurations, ListAdConfigurationsResponse, PostRollConfiguration,
    UpdateAdConfiguration, UpdateAdConfigurationResponse,
};
use contract::arn::Resource;

const NO_POST_ROLL: PostRollConfiguration = PostRollConfiguration { enabled: false, duration_seconds: 15 };

impl Behave for CreateAdConfiguration {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreateAdConfigurationResponse, ApiError> {
        within_quota(region.ad_configurations.len(), ctx.settings.quotas.ad_configurations, "ad configurations")?;
        let arn = region.arn(Resource::AdConfiguration, ctx.ids);
        let ad_configuration = AdConfiguration {
            arn: arn.clone(),
            name: Some(self.name.unwrap_or_default()),
            media_tailor_playback_configurations: self.media_tailor_playback_configurations,
            post_roll_configuration: Some(self.post_roll_configuration.unwrap_or(NO_POST_ROLL)),
            tags: self.tags,
        };
        region.ad_configurations.add(&arn, ad_configuration.clone(), ctx.now);
        Ok(CreateAdConfigurationResponse { ad_configuration })
    }
}

impl Behave for UpdateAdConfiguration {
    /// What is absent stays.
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<UpdateAdConfigurationResponse, ApiError> {
        let configuration = region.ad_configurations.get_mut(&self.arn).ok_or_else(|| not_found(&self.arn))?;
        configuration.name = self.name.or(configuration.name.take());
        configuration.post_roll_configuration = self.post_roll_configuration.or(configuration.post_roll_configuration.take());
        if let Some(playback) = self.media_tailor_playback_configurations {
            configuration.media_tailor_playback_configurations = playback;
        }
        Ok(UpdateAdConfigurationResponse { ad_configuration: configuration.clone() })
    }
}

impl Behave for GetAdConfiguration {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<GetAdConfigurationResponse, ApiError> {
        let configuration = region.ad_configurations.get(&self.arn).ok_or_else(|| not_found(&self.arn))?;
        Ok(GetAdConfigurationResponse { ad_configuration: Some(configuration.clone()) })
    }
}

impl Behave for DeleteAdConfiguration {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        if region.ad_configurations.get(&self.arn).is_none() {
            return Err(not_found(&self.arn));
        }
        if ATTACHED_IS_NOT_DELETED {
            region.not_attached(&self.arn, |channel| channel.ad_configuration_arn.as_ref())?;
        }
        region.ad_configurations.remove(&self.arn);
        Ok(Empty {})
    }
}

impl Behave for ListAdConfigurations {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListAdConfigurationsResponse, ApiError> {
        let paging = Paging::new(ctx, "ad configurations", self.next_token.as_deref(), self.max_results, 100)?;
        let page = region.ad_configurations.page(paging.after, paging.most, paging.until, |_| true);
        let ad_configurations = page.items.into_iter().cloned().map(summary).collect();
        Ok(ListAdConfigurationsResponse { ad_configurations, next_token: paging.token(page.last) })
    }
}

fn summary(configuration: AdConfiguration) -> AdConfigurationSummary {
    AdConfigurationSummary {
        arn: configuration.arn,
        name: configuration.name,
        media_tailor_playback_configurations: configuration.media_tailor_playback_configurations,
        post_roll_configuration: configuration.post_roll_configuration,
        tags: configuration.tags,
    }
}
