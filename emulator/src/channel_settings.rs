//! What a channel is made of, and how what is given goes into it (`docs/ivs-behaviour.md` 2.3). A create is a new channel
//! with an update on it.

use crate::choices::{MULTITRACK_IS_ALWAYS_SHOWN, MULTITRACK_WITHOUT_ENABLED_IS_OFF, ONLY_READY_IS_ATTACHED};
use crate::store::{Ctx, Region};
use crate::wire;
use contract::arn::{Arn, Resource};
use contract::channel::{
    Channel, ChannelLatencyMode, ChannelType, ContainerFormat, MultitrackInputConfiguration, MultitrackMaximumResolution, MultitrackPolicy,
    Rules, Srt, TranscodePreset, UpdateChannel,
};
use contract::failover_slate_configuration::FailoverSlateConfigurationState;
use contract::recording_configuration::RecordingConfigurationState;
use contract::tag::Tags;
use contract::{ApiError, Check, Code, Operation};

/// Puts what is given into a channel; then the rules between the members must hold. What is absent stays, `""` clears an
/// association, the members of multitrack merge.
pub(crate) fn merge(given: UpdateChannel, channel: &mut Channel, operation: Operation) -> Result<(), ApiError> {
    let advanced = |kind: &Option<ChannelType>| matches!(kind, Some(ChannelType::AdvancedSd | ChannelType::AdvancedHd));
    let preset_given = given.preset.is_some();
    put(&mut channel.name, given.name);
    put(&mut channel.latency_mode, given.latency_mode);
    put(&mut channel.kind, given.kind);
    put(&mut channel.authorized, given.authorized);
    put(&mut channel.recording_configuration_arn, given.recording_configuration_arn);
    put(&mut channel.insecure_ingest, given.insecure_ingest);
    put(&mut channel.preset, given.preset);
    put(&mut channel.playback_restriction_policy_arn, given.playback_restriction_policy_arn);
    put(&mut channel.container_format, given.container_format);
    put(&mut channel.ad_configuration_arn, given.ad_configuration_arn);
    put(&mut channel.failover_slate_configuration_arn, given.failover_slate_configuration_arn);
    if let Some(new) = given.multitrack_input_configuration {
        let multitrack = channel.multitrack_input_configuration.get_or_insert_default();
        put(&mut multitrack.enabled, new.enabled.or(MULTITRACK_WITHOUT_ENABLED_IS_OFF.then_some(false)));
        put(&mut multitrack.policy, new.policy);
        put(&mut multitrack.maximum_resolution, new.maximum_resolution);
    }
    // The preset follows the type: the ADVANCED ones have one, the others none.
    if !preset_given {
        let none = channel.preset.as_ref().is_none_or(|preset| preset.as_str().is_empty());
        match advanced(&channel.kind) {
            true if none => channel.preset = Some(TranscodePreset::HigherBandwidthDelivery),
            false => channel.preset = Some(TranscodePreset::default()),
            true => {}
        }
    }
    Rules::of(channel).check().map_err(|errors| wire::invalid(operation, errors))
}

fn put<T>(place: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *place = given;
    }
}

impl Region {
    /// A channel with nothing given.
    pub(crate) fn new_channel(&self, ctx: &mut Ctx<'_>) -> Channel {
        let arn = self.arn(Resource::Channel, ctx.ids);
        let prefix = self.prefix();
        let (region, account, id) = (&self.name, &self.account, Arn::short(&arn).to_owned());
        let multitrack = MultitrackInputConfiguration {
            enabled: Some(false),
            policy: Some(MultitrackPolicy::Allow),
            maximum_resolution: Some(MultitrackMaximumResolution::FullHd),
        };
        Channel {
            arn: Some(arn),
            name: Some(String::new()),
            latency_mode: Some(ChannelLatencyMode::Low),
            kind: Some(ChannelType::Standard),
            recording_configuration_arn: Some(String::new()),
            ingest_endpoint: Some(format!("{prefix}.global-contribute.live-video.net")),
            playback_url: Some(format!(
                "https://{prefix}.{region}.playback.live-video.net/api/video/v1/{region}.{account}.channel.{id}.m3u8"
            )),
            authorized: Some(false),
            tags: Tags::new(),
            insecure_ingest: Some(false),
            preset: Some(TranscodePreset::default()),
            srt: Some(Srt { endpoint: Some(format!("{prefix}.srt.live-video.net")), passphrase: Some(ctx.ids.alnum(69).into()) }),
            playback_restriction_policy_arn: Some(String::new()),
            multitrack_input_configuration: MULTITRACK_IS_ALWAYS_SHOWN.then_some(multitrack),
            container_format: Some(ContainerFormat::Ts),
            ad_configuration_arn: Some(String::new()),
            failover_slate_configuration_arn: Some(String::new()),
        }
    }

    /// Refuses associations with what is not there or not ready. What was attached before may stay as it is.
    pub(crate) fn attach(
        &self,
        given: &UpdateChannel,
        before: Option<&Channel>,
        ctx: &Ctx<'_>,
        operation: Operation,
    ) -> Result<(), ApiError> {
        self.attachable(&self.playback_restriction_policies, given.playback_restriction_policy_arn.as_deref())?;
        self.attachable(&self.ad_configurations, given.ad_configuration_arn.as_deref())?;
        let recording = given.recording_configuration_arn.as_deref();
        let slate = given.failover_slate_configuration_arn.as_deref();
        self.attachable(&self.recording_configurations, recording)?;
        self.attachable(&self.failover_slate_configurations, slate)?;
        if !ONLY_READY_IS_ATTACHED {
            return Ok(());
        }
        let same = |given: Option<&str>, before: Option<&String>| before.map(String::as_str) == given;
        if let Some(made) = recording.and_then(|arn| self.recording_configurations.get(arn))
            && !same(recording, before.and_then(|channel| channel.recording_configuration_arn.as_ref()))
            && made.state(ctx.now) != RecordingConfigurationState::Active
        {
            return Err(not_ready(operation, recording, "ACTIVE"));
        }
        if let Some(made) = slate.and_then(|arn| self.failover_slate_configurations.get(arn))
            && !same(slate, before.and_then(|channel| channel.failover_slate_configuration_arn.as_ref()))
            && made.state(ctx.now) != FailoverSlateConfigurationState::Created
        {
            return Err(not_ready(operation, slate, "CREATED"));
        }
        Ok(())
    }
}

/// ConflictException where the operation declares it. CreateChannel does not: ValidationException.
fn not_ready(operation: Operation, arn: Option<&str>, state: &str) -> ApiError {
    let declared = operation.errors().any(|code| code == Code::ConflictException);
    let code = if declared { Code::ConflictException } else { Code::ValidationException };
    ApiError::new(code, format!("Resource: {} is not {state}", arn.unwrap_or_default()))
}
