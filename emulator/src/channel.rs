//! Channels: where encoders send and viewers watch (`docs/ivs-behaviour.md` 2.3).

use crate::channel_settings::merge;
use crate::choices::{
    BATCH_NOT_FOUND_CODE, NAME_FILTER_IS_EXACT, PASSPHRASE_WITH_INSECURE_INGEST, STREAM_KEY_INHERITS_TAGS, UPDATE_WHILE_LIVE_IS_REFUSED,
};
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use crate::stream_key::new_key;
use contract::channel::{
    BatchError, BatchGetChannel, BatchGetChannelResponse, Channel, ChannelSummary, CreateChannel, CreateChannelResponse, DeleteChannel,
    Empty, GetChannel, GetChannelResponse, ListChannels, ListChannelsResponse, UpdateChannel, UpdateChannelResponse,
};
use contract::tag::Tags;
use contract::{ApiError, Code, Operation};

impl Behave for CreateChannel {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreateChannelResponse, ApiError> {
        within_quota(region.channels.len(), ctx.settings.quotas.channels, "channels")?;
        let mut channel = region.new_channel(ctx);
        channel.tags = self.tags;
        let arn = channel.arn.clone().unwrap_or_default();
        let given = UpdateChannel {
            arn: arn.clone(),
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
        merge(given, &mut channel, Operation::CreateChannel)?;
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
        region.attach(&self, Some(&before), ctx, Operation::UpdateChannel)?;
        let (arn, mut channel) = (self.arn.clone(), before);
        merge(self, &mut channel, Operation::UpdateChannel)?;
        region.channels.add(&arn, channel.clone(), ctx.now);
        Ok(UpdateChannelResponse { channel: Some(shown(&channel)) })
    }
}

impl Region {
    /// Refuses what a live channel does not take.
    fn not_live(&self, arn: &str, operation: Operation) -> Result<(), ApiError> {
        if !self.is_live(arn) {
            return Ok(());
        }
        Err(ApiError::new(Code::ConflictException, format!("Unable to perform: ivs:{operation} while resource: {arn} is live")))
    }
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
