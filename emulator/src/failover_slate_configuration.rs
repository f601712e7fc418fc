//! Failover slates: what viewers see while the encoder is gone (`docs/ivs-behaviour.md` 2.13).

use crate::choices::ATTACHED_IS_NOT_DELETED;
use crate::clock::Millis;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use contract::ApiError;
use contract::arn::Resource;
use contract::failover_slate_configuration::{
    CreateFailoverSlateConfiguration, CreateFailoverSlateConfigurationResponse, DeleteFailoverSlateConfiguration, Empty,
    FailoverSlateConfiguration, FailoverSlateConfigurationState, FailoverSlateConfigurationSummary, GetFailoverSlateConfiguration,
    GetFailoverSlateConfigurationResponse, ListFailoverSlateConfigurations, ListFailoverSlateConfigurationsResponse,
    UpdateFailoverSlateConfiguration, UpdateFailoverSlateConfigurationResponse,
};

/// A slate and how far IVS is with it: CREATING or UPDATING until a moment, then CREATED.
#[derive(Clone, Debug)]
pub struct MadeSlate {
    /// Its settings. The state in it is the one until it is ready: ask [`MadeSlate::at`].
    pub configuration: FailoverSlateConfiguration,
    ready: Millis,
}

impl MadeSlate {
    /// How far it is.
    pub fn state(&self, now: Millis) -> FailoverSlateConfigurationState {
        if now < self.ready { self.configuration.state.clone() } else { FailoverSlateConfigurationState::Created }
    }

    /// As it shows.
    pub fn at(&self, now: Millis) -> FailoverSlateConfiguration {
        FailoverSlateConfiguration { state: self.state(now), ..self.configuration.clone() }
    }
}

impl Region {
    fn failover_slate_configuration(&mut self, arn: &str) -> Result<&mut MadeSlate, ApiError> {
        self.failover_slate_configurations.get_mut(arn).ok_or_else(|| not_found(arn))
    }
}

impl Behave for CreateFailoverSlateConfiguration {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreateFailoverSlateConfigurationResponse, ApiError> {
        let quota = ctx.settings.quotas.failover_slate_configurations;
        within_quota(region.failover_slate_configurations.len(), quota, "failover slate configurations")?;
        let arn = region.arn(Resource::FailoverSlateConfiguration, ctx.ids);
        let configuration = FailoverSlateConfiguration {
            arn: arn.clone(),
            name: Some(self.name.unwrap_or_default()),
            activation_threshold_seconds: Some(self.activation_threshold_seconds.unwrap_or(3)),
            min_slate_display_seconds: Some(self.min_slate_display_seconds.unwrap_or(3)),
            max_slate_display_seconds: Some(self.max_slate_display_seconds.unwrap_or(60)),
            state: FailoverSlateConfigurationState::Creating,
            tags: self.tags,
        };
        let made = MadeSlate { configuration, ready: ctx.now + ctx.settings.delays.failover_slate_configuration };
        let shown = made.at(ctx.now);
        region.failover_slate_configurations.add(&arn, made, ctx.now);
        Ok(CreateFailoverSlateConfigurationResponse { failover_slate_configuration: shown })
    }
}

impl Behave for UpdateFailoverSlateConfiguration {
    /// What is absent stays. A slate still CREATING stays so.
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<UpdateFailoverSlateConfigurationResponse, ApiError> {
        let made = region.failover_slate_configuration(&self.arn)?;
        if made.state(ctx.now) == FailoverSlateConfigurationState::Created {
            made.configuration.state = FailoverSlateConfigurationState::Updating;
        }
        made.ready = ctx.now + ctx.settings.delays.failover_slate_configuration;
        let slate = &mut made.configuration;
        slate.name = self.name.or(slate.name.take());
        slate.activation_threshold_seconds = self.activation_threshold_seconds.or(slate.activation_threshold_seconds);
        slate.min_slate_display_seconds = self.min_slate_display_seconds.or(slate.min_slate_display_seconds);
        slate.max_slate_display_seconds = self.max_slate_display_seconds.or(slate.max_slate_display_seconds);
        Ok(UpdateFailoverSlateConfigurationResponse { failover_slate_configuration: made.at(ctx.now) })
    }
}

impl Behave for GetFailoverSlateConfiguration {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<GetFailoverSlateConfigurationResponse, ApiError> {
        let made = region.failover_slate_configuration(&self.arn)?;
        Ok(GetFailoverSlateConfigurationResponse { failover_slate_configuration: made.at(ctx.now) })
    }
}

impl Behave for DeleteFailoverSlateConfiguration {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.failover_slate_configuration(&self.arn)?;
        if ATTACHED_IS_NOT_DELETED {
            region.not_attached(&self.arn, |channel| channel.failover_slate_configuration_arn.as_ref())?;
        }
        region.failover_slate_configurations.remove(&self.arn);
        Ok(Empty {})
    }
}

impl Behave for ListFailoverSlateConfigurations {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListFailoverSlateConfigurationsResponse, ApiError> {
        let paging = Paging::new(ctx, "failover slate configurations", self.next_token.as_deref(), self.max_results, 100)?;
        let page = region.failover_slate_configurations.page(paging.after, paging.most, paging.until, |_| true);
        let failover_slate_configurations = page.items.into_iter().map(|made| summary(made.at(ctx.now))).collect();
        Ok(ListFailoverSlateConfigurationsResponse { failover_slate_configurations, next_token: paging.token(page.last) })
    }
}

fn summary(slate: FailoverSlateConfiguration) -> FailoverSlateConfigurationSummary {
    FailoverSlateConfigurationSummary {
        arn: slate.arn,
        name: slate.name,
        activation_threshold_seconds: slate.activation_threshold_seconds,
        min_slate_display_seconds: slate.min_slate_display_seconds,
        max_slate_display_seconds: slate.max_slate_display_seconds,
        state: slate.state,
        tags: slate.tags,
    }
}
