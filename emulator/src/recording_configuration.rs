//! Recording configurations: where broadcasts are kept (`docs/ivs-behaviour.md` 2.7).

use crate::choices::{BUCKET_REGION_IS_ITS_ENDING, CREATING_IS_NOT_DELETED, MISSING_BUCKET};
use crate::clock::Millis;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use contract::arn::Resource;
use contract::recording_configuration::{
    CreateRecordingConfiguration, CreateRecordingConfigurationResponse, DeleteRecordingConfiguration, Empty, GetRecordingConfiguration,
    GetRecordingConfigurationResponse, ListRecordingConfigurations, ListRecordingConfigurationsResponse, RecordingConfiguration,
    RecordingConfigurationState, RecordingConfigurationSummary, RecordingMode, RenditionConfiguration,
    RenditionConfigurationRenditionSelection, ThumbnailConfiguration, ThumbnailConfigurationStorage,
};
use contract::{ApiError, Code};

/// A recording configuration and how far IVS is with it: CREATING until a moment, then ACTIVE or CREATE_FAILED for ever.
#[derive(Clone, Debug)]
pub struct MadeRecording {
    /// Its settings. The state in it is not kept up: ask [`MadeRecording::at`].
    pub configuration: RecordingConfiguration,
    ready: Millis,
    fails: bool,
}

impl MadeRecording {
    /// How far it is.
    pub fn state(&self, now: Millis) -> RecordingConfigurationState {
        match (now < self.ready, self.fails) {
            (true, _) => RecordingConfigurationState::Creating,
            (false, true) => RecordingConfigurationState::CreateFailed,
            (false, false) => RecordingConfigurationState::Active,
        }
    }

    /// As it shows.
    pub fn at(&self, now: Millis) -> RecordingConfiguration {
        RecordingConfiguration { state: self.state(now), ..self.configuration.clone() }
    }
}

impl Behave for CreateRecordingConfiguration {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreateRecordingConfigurationResponse, ApiError> {
        within_quota(region.recording_configurations.len(), ctx.settings.quotas.recording_configurations, "recording configurations")?;
        let missing =
            || ApiError::new(Code::ValidationException, "CreateRecordingConfiguration.destinationConfiguration.s3 is a required attribute");
        let bucket = &self.destination_configuration.s3.as_ref().ok_or_else(missing)?.bucket_name;
        let fails = fails(bucket, &region.name)?;
        let rendition_configuration = Some(renditions(self.rendition_configuration)?);
        let arn = region.arn(Resource::RecordingConfiguration, ctx.ids);
        let configuration = RecordingConfiguration {
            arn: arn.clone(),
            name: Some(self.name.unwrap_or_default()),
            destination_configuration: self.destination_configuration,
            state: RecordingConfigurationState::Creating,
            tags: self.tags,
            thumbnail_configuration: Some(thumbnails(self.thumbnail_configuration)),
            recording_reconnect_window_seconds: Some(self.recording_reconnect_window_seconds.unwrap_or(0)),
            rendition_configuration,
        };
        let made = MadeRecording { configuration, ready: ctx.now + ctx.settings.delays.recording_configuration, fails };
        let shown = made.at(ctx.now);
        region.recording_configurations.add(&arn, made, ctx.now);
        Ok(CreateRecordingConfigurationResponse { recording_configuration: Some(shown) })
    }
}

/// Will IVS fail with this bucket later? Where it fails at once, that is the error.
fn fails(bucket: &str, region: &str) -> Result<bool, ApiError> {
    let elsewhere = BUCKET_REGION_IS_ITS_ENDING
        && contract::region::REGIONS.iter().any(|(name, _)| *name != region && bucket.ends_with(&format!("-{name}")));
    if elsewhere && region != "us-east-1" {
        return Err(ApiError::new(Code::ValidationException, format!("Bucket: {bucket} is not in the region {region}")));
    }
    Ok(elsewhere || bucket.starts_with(MISSING_BUCKET))
}

fn thumbnails(given: Option<ThumbnailConfiguration>) -> ThumbnailConfiguration {
    let given = given.unwrap_or_default();
    let mode = given.recording_mode.unwrap_or(RecordingMode::Interval);
    let interval = mode == RecordingMode::Interval;
    ThumbnailConfiguration {
        recording_mode: Some(mode),
        target_interval_seconds: given.target_interval_seconds.or(interval.then_some(60)),
        resolution: given.resolution,
        storage: given.storage.or(interval.then(|| vec![ThumbnailConfigurationStorage::Sequential])),
    }
}

fn renditions(given: Option<RenditionConfiguration>) -> Result<RenditionConfiguration, ApiError> {
    let given = given.unwrap_or_default();
    let selection = given.rendition_selection.unwrap_or(RenditionConfigurationRenditionSelection::All);
    let none = given.renditions.as_ref().is_none_or(Vec::is_empty);
    if selection == RenditionConfigurationRenditionSelection::Custom && none {
        return Err(ApiError::new(Code::ValidationException, "renditionConfiguration.renditions is required for CUSTOM"));
    }
    Ok(RenditionConfiguration { rendition_selection: Some(selection), renditions: Some(given.renditions.unwrap_or_default()) })
}

impl Region {
    fn recording_configuration(&self, arn: &str) -> Result<&MadeRecording, ApiError> {
        self.recording_configurations.get(arn).ok_or_else(|| not_found(arn))
    }
}

impl Behave for GetRecordingConfiguration {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<GetRecordingConfigurationResponse, ApiError> {
        Ok(GetRecordingConfigurationResponse { recording_configuration: Some(region.recording_configuration(&self.arn)?.at(ctx.now)) })
    }
}

impl Behave for DeleteRecordingConfiguration {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        let made = region.recording_configuration(&self.arn)?;
        if CREATING_IS_NOT_DELETED && made.state(ctx.now) == RecordingConfigurationState::Creating {
            return Err(ApiError::new(Code::ConflictException, format!("Resource: {} is still being created", self.arn)));
        }
        region.not_attached(&self.arn, |channel| channel.recording_configuration_arn.as_ref())?;
        region.recording_configurations.remove(&self.arn);
        Ok(Empty {})
    }
}

impl Behave for ListRecordingConfigurations {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListRecordingConfigurationsResponse, ApiError> {
        let paging = Paging::new(ctx, "recording configurations", self.next_token.as_deref(), self.max_results, 100)?;
        let page = region.recording_configurations.page(paging.after, paging.most, paging.until, |_| true);
        let summary = |made: &MadeRecording| {
            let RecordingConfiguration { arn, name, destination_configuration, state, tags, .. } = made.at(ctx.now);
            RecordingConfigurationSummary { arn, name, destination_configuration, state, tags }
        };
        let recording_configurations = page.items.into_iter().map(summary).collect();
        Ok(ListRecordingConfigurationsResponse { recording_configurations, next_token: paging.token(page.last) })
    }
}
