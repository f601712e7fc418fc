//! Channels: where encoders send and viewers watch (`docs/ivs-behaviour.md` 2.3).

use crate::choices::{
    BATCH_NOT_FOUND_CODE, MULTITRACK_IS_ALWAYS_SHOWN, NAME_FILTER_IS_EXACT, ONLY_READY_IS_ATTACHED, PASSPHRASE_WITH_INSECURE_INGEST,
    STREAM_KEY_INHERITS_TAGS, UPDATE_WHILE_LIVE_IS_REFUSED,
};
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use crate::stream_key::new_key;
use crate::wire;
use contract::arn::{Arn, Resource};
use contract::channel::{
    BatchError, BatchGetChannel, BatchGetChannelResponse, Channel, ChannelLatencyMode, ChannelSummary, ChannelType, ContainerFormat,
    CreateChannel, CreateChannelResponse, DeleteChannel, Empty, GetChannel, GetChannelResponse, ListChannels, ListChannelsResponse,
    MultitrackInputConfiguration, MultitrackMaximumResolution, MultitrackPolicy, Rules, Srt, TranscodePreset, UpdateChannel,
    UpdateChannelResponse,
};
use contract::failover_slate_configuration::FailoverSlateConfigurationState;
use contract::recording_configuration::RecordingConfigurationState;
use contract::tag::Tags;
use contract::{ApiError, Check, Code, Operation};

impl Behave for CreateChannel {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreateChannelResponse, ApiError> {
        within_quota(region.channels.len(), ctx.settings.quotas.channels, "channels")?;
        let mut channel = region.new_channel(ctx);
        channel.tags = self.tags;
        let given = Given {
            name: self.name,
            latency_mode: self.latency_mode,
            kind: self.kind,
            authorized: self.authorized,
            recording_configuration_arn: self.recording_configuration_arn,
            insecure_ingest: self.insecure_ingest,
            preset: self.preset,
            playback_restriction_policy_arn: self.playback_restriction_policy_arn,
            multitrack_input_configuration: self.multitrack_input_configuration,
            container_format: self.container_format,
            ad_configuration_arn: self.ad_configuration_arn,
            failover_slate_configuration_arn: self.failover_slate_configuration_arn,
        };
        region.attach(&given, None, ctx, Operation::CreateChannel)?;
        given.merge(&mut channel, Operation::CreateChannel)?;
        let arn = channel.arn.clone().unwrap_or_default();
        let tags = if STREAM_KEY_INHERITS_TAGS { channel.tags.clone() } else { Tags::new() };
        let key = new_key(region, ctx, &arn, tags);
        region.channels.add(&arn, channel.clone(), ctx.now);
        Ok(CreateChannelResponse { channel: Some(shown(&channel)), stream_key: Some(key) })
    }
}

impl Behave for UpdateChannel {
    /// What is absent stays; `""` clears an association; multitrack members merge.
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<UpdateChannelResponse, ApiError> {
        let before = region.channel(&self.arn)?.clone();
        if UPDATE_WHILE_LIVE_IS_REFUSED {
            region.not_live(&self.arn, Operation::UpdateChannel)?;
        }
        let given = Given {
            name: self.name,
            latency_mode: self.latency_mode,
            kind: self.kind,
            authorized: self.authorized,
            recording_configuration_arn: self.recording_configuration_arn,
            insecure_ingest: self.insecure_ingest,
            preset: self.preset,
            playback_restriction_policy_arn: self.playback_restriction_policy_arn,
            multitrack_input_configuration: self.multitrack_input_configuration,
            container_format: self.container_format,
            ad_configuration_arn: self.ad_configuration_arn,
            failover_slate_configuration_arn: self.failover_slate_configuration_arn,
        };
        region.attach(&given, Some(&before), ctx, Operation::UpdateChannel)?;
        let mut channel = before;
        given.merge(&mut channel, Operation::UpdateChannel)?;
        region.channels.add(&self.arn, channel.clone(), ctx.now);
        Ok(UpdateChannelResponse { channel: Some(shown(&channel)) })
    }
}

/// What a create and an update can both set.
struct Given {
    name: Option<String>,
    latency_mode: Option<ChannelLatencyMode>,
    kind: Option<ChannelType>,
    authorized: Option<bool>,
    recording_configuration_arn: Option<String>,
    insecure_ingest: Option<bool>,
    preset: Option<TranscodePreset>,
    playback_restriction_policy_arn: Option<String>,
    multitrack_input_configuration: Option<MultitrackInputConfiguration>,
    container_format: Option<ContainerFormat>,
    ad_configuration_arn: Option<String>,
    failover_slate_configuration_arn: Option<String>,
}

impl Given {
    /// Puts what is given into a channel; then the rules between the members must hold.
    fn merge(self, channel: &mut Channel, operation: Operation) -> Result<(), ApiError> {
        let advanced = |kind: &Option<ChannelType>| matches!(kind, Some(ChannelType::AdvancedSd | ChannelType::AdvancedHd));
        let preset_given = self.preset.is_some();
        put(&mut channel.name, self.name);
        put(&mut channel.latency_mode, self.latency_mode);
        put(&mut channel.kind, self.kind);
        put(&mut channel.authorized, self.authorized);
        put(&mut channel.recording_configuration_arn, self.recording_configuration_arn);
        put(&mut channel.insecure_ingest, self.insecure_ingest);
        put(&mut channel.preset, self.preset);
        put(&mut channel.playback_restriction_policy_arn, self.playback_restriction_policy_arn);
        put(&mut channel.container_format, self.container_format);
        put(&mut channel.ad_configuration_arn, self.ad_configuration_arn);
        put(&mut channel.failover_slate_configuration_arn, self.failover_slate_configuration_arn);
        if let Some(given) = self.multitrack_input_configuration {
            let multitrack = channel.multitrack_input_configuration.get_or_insert_default();
            put(&mut multitrack.enabled, given.enabled);
            put(&mut multitrack.policy, given.policy);
            put(&mut multitrack.maximum_resolution, given.maximum_resolution);
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
}

fn put<T>(place: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *place = given;
    }
}

impl Region {
    /// A channel with nothing given.
    fn new_channel(&self, ctx: &mut Ctx<'_>) -> Channel {
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
    fn attach(&self, given: &Given, before: Option<&Channel>, ctx: &Ctx<'_>, operation: Operation) -> Result<(), ApiError> {
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

    /// Refuses what a live channel does not take.
    fn not_live(&self, arn: &str, operation: Operation) -> Result<(), ApiError> {
        if !self.is_live(arn) {
            return Ok(());
        }
        Err(ApiError::new(Code::ConflictException, format!("Unable to perform: ivs:{operation} while resource: {arn} is live")))
    }
}

/// ConflictException where the operation declares it. CreateChannel does not: ValidationException.
fn not_ready(operation: Operation, arn: Option<&str>, state: &str) -> ApiError {
    let declared = operation.errors().any(|code| code == Code::ConflictException);
    let code = if declared { Code::ConflictException } else { Code::ValidationException };
    ApiError::new(code, format!("Resource: {} is not {state}", arn.unwrap_or_default()))
}

/// A channel as replies show it.
pub(crate) fn shown(channel: &Channel) -> Channel {
    let mut channel = channel.clone();
    if channel.insecure_ingest == Some(true)
        && !PASSPHRASE_WITH_INSECURE_INGEST
        && let Some(srt) = &mut channel.srt
    {
        srt.passphrase = None;
    }
    channel
}

impl Behave for GetChannel {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<GetChannelResponse, ApiError> {
        Ok(GetChannelResponse { channel: Some(shown(region.channel(&self.arn)?)) })
    }
}

impl Behave for BatchGetChannel {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<BatchGetChannelResponse, ApiError> {
        let mut reply = BatchGetChannelResponse::default();
        for arn in distinct(self.arns) {
            match region.channels.get(&arn) {
                Some(channel) => reply.channels.push(shown(channel)),
                None => reply.errors.push(missing(arn)),
            }
        }
        Ok(reply)
    }
}

/// The entry of a batch that was not found.
pub(crate) fn missing(arn: String) -> BatchError {
    let message = not_found(&arn).message;
    BatchError { arn: Some(arn), code: Some(BATCH_NOT_FOUND_CODE.to_owned()), message: Some(message) }
}

/// Each ARN once, in the order of the request.
pub(crate) fn distinct(arns: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    arns.into_iter().filter(|arn| seen.insert(arn.clone())).collect()
}

impl Behave for DeleteChannel {
    /// Takes its stream key along. Its sessions stay.
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.channel(&self.arn)?;
        region.not_live(&self.arn, Operation::DeleteChannel)?;
        if let Some(key) = region.key_of(&self.arn).and_then(|key| key.arn.clone()) {
            region.stream_keys.remove(&key);
        }
        region.channels.remove(&self.arn);
        Ok(Empty {})
    }
}

impl Behave for ListChannels {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListChannelsResponse, ApiError> {
        let filters = [
            self.filter_by_name,
            self.filter_by_recording_configuration_arn,
            self.filter_by_playback_restriction_policy_arn,
            self.filter_by_ad_configuration_arn,
            self.filter_by_failover_slate_configuration_arn,
        ];
        if filters.iter().flatten().count() > 1 {
            return Err(ApiError::new(Code::ConflictException, "Only one filter can be used at a time"));
        }
        let paging = Paging::new(ctx, &format!("channels {filters:?}"), self.next_token.as_deref(), self.max_results, 100)?;
        let page = region.channels.page(paging.after, paging.most, paging.until, |channel| keeps(&filters, channel));
        let channels = page.items.into_iter().map(summary).collect();
        Ok(ListChannelsResponse { channels, next_token: paging.token(page.last) })
    }
}

/// Does a channel pass? A filter of `""` is none.
fn keeps(filters: &[Option<String>; 5], channel: &Channel) -> bool {
    let [name, recording, policy, ad, slate] = filters;
    let is = |filter: &Option<String>, value: &Option<String>| {
        filter.as_deref().is_none_or(|filter| filter.is_empty() || value.as_deref() == Some(filter))
    };
    let named = if NAME_FILTER_IS_EXACT {
        is(name, &channel.name)
    } else {
        name.as_deref().is_none_or(|start| channel.name.as_deref().unwrap_or_default().starts_with(start))
    };
    named
        && is(recording, &channel.recording_configuration_arn)
        && is(policy, &channel.playback_restriction_policy_arn)
        && is(ad, &channel.ad_configuration_arn)
        && is(slate, &channel.failover_slate_configuration_arn)
}

fn summary(channel: &Channel) -> ChannelSummary {
    let channel = channel.clone();
    ChannelSummary {
        arn: channel.arn,
        name: channel.name,
        latency_mode: channel.latency_mode,
        authorized: channel.authorized,
        recording_configuration_arn: channel.recording_configuration_arn,
        tags: channel.tags,
        insecure_ingest: channel.insecure_ingest,
        kind: channel.kind,
        preset: channel.preset,
        playback_restriction_policy_arn: channel.playback_restriction_policy_arn,
        ad_configuration_arn: channel.ad_configuration_arn,
        failover_slate_configuration_arn: channel.failover_slate_configuration_arn,
    }
}
