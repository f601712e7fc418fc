//! Live streams, and what is done to them by operations.

use crate::choices::AD_BREAK_WITHOUT_ADS;
use crate::clock::{HOUR, Millis, rfc3339};
use crate::encoder::Encoder;
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region};
use crate::stream_session::EventKind;
use contract::channel::ContainerFormat;
use contract::playback_restriction_policy::PlaybackRestrictionPolicy;
use contract::stream::{
    Empty, GetStream, GetStreamResponse, InsertAdBreak, InsertAdBreakResponse, ListStreams, ListStreamsResponse, PutMetadata, StopStream,
    Stream, StreamHealth, StreamState, StreamSummary,
};
use contract::{ApiError, Code};

/// A stream ends then at the latest (`docs/ivs-behaviour.md` 2.5).
const LONGEST: Millis = 48 * HOUR;

/// A live stream.
#[derive(Clone, Debug)]
pub struct Live {
    /// The channel.
    pub channel_arn: String,
    /// `st-` and 23 letters or digits.
    pub stream_id: String,
    /// When it began.
    pub started: Millis,
    /// Whether the encoder sends enough.
    pub health: StreamHealth,
    /// How many watch when it is well attended.
    pub audience: u64,
    /// What the encoder sends.
    pub encoder: Encoder,
    /// The stream key that the encoder signed in with.
    pub key_arn: String,
    /// How long after StopStream the encoder signs in again, if it does.
    pub reconnects: Option<Millis>,
    pub(crate) ads_until: Millis,
    /// As it was when the stream began: a change reaches a running one only after a restart.
    pub(crate) policy: Option<PlaybackRestrictionPolicy>,
}

impl Live {
    fn summary(&self, now: Millis) -> StreamSummary {
        StreamSummary {
            channel_arn: Some(self.channel_arn.clone()),
            stream_id: Some(self.stream_id.clone()),
            state: Some(StreamState::Live),
            health: Some(self.health.clone()),
            viewer_count: Some(self.viewers(now)),
            start_time: Some(rfc3339(self.started)),
        }
    }
}

fn offline(channel: &str) -> ApiError {
    ApiError::new(Code::ChannelNotBroadcasting, format!("Channel: {channel} is not currently online"))
}

impl Region {
    /// Is the channel live?
    pub fn is_live(&self, channel: &str) -> bool {
        self.live.get(channel).is_some()
    }

    /// Live streams, in the order they began.
    pub fn live(&self) -> impl Iterator<Item = &Live> {
        self.live.iter()
    }

    /// The live stream of a channel, or which of the two 404s it is.
    pub(crate) fn stream(&self, channel: &str) -> Result<&Live, ApiError> {
        self.channel(channel)?;
        self.live.get(channel).ok_or_else(|| offline(channel))
    }

    /// The same, to change it.
    pub(crate) fn stream_mut(&mut self, channel: &str) -> Result<&mut Live, ApiError> {
        self.channel(channel)?;
        self.live.get_mut(channel).ok_or_else(|| offline(channel))
    }

    /// Ends the streams that have run for too long, at the moment they had.
    pub(crate) fn end_overlong(&mut self, now: Millis) {
        let overlong = |live: &&Live| now - live.started >= LONGEST;
        let due: Vec<(String, Millis)> = self.live.iter().filter(overlong).map(|live| (live.channel_arn.clone(), live.started)).collect();
        for (channel, started) in due {
            self.off_air(&channel, started + LONGEST);
        }
    }
}

impl Behave for GetStream {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<GetStreamResponse, ApiError> {
        let live = region.stream(&self.channel_arn)?;
        let StreamSummary { channel_arn, stream_id, state, health, viewer_count, start_time } = live.summary(ctx.now);
        let playback_url = region.channel(&self.channel_arn)?.playback_url.clone();
        Ok(GetStreamResponse { stream: Some(Stream { channel_arn, stream_id, playback_url, start_time, state, health, viewer_count }) })
    }
}

impl Behave for ListStreams {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListStreamsResponse, ApiError> {
        let health = self.filter_by.and_then(|filter| filter.health);
        let paging = Paging::new(ctx, &format!("streams {health:?}"), self.next_token.as_deref(), self.max_results, 100)?;
        let keep = |live: &Live| health.as_ref().is_none_or(|health| live.health == *health);
        let page = region.live.page(paging.after, paging.most, paging.until, keep);
        let streams = page.items.into_iter().map(|live| live.summary(ctx.now)).collect();
        Ok(ListStreamsResponse { streams, next_token: paging.token(page.last) })
    }
}

impl Behave for PutMetadata {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.stream(&self.channel_arn)?;
        Ok(Empty {})
    }
}

impl Behave for StopStream {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.stream(&self.channel_arn)?;
        region.stop(&self.channel_arn, ctx.now);
        Ok(Empty {})
    }
}

impl Behave for InsertAdBreak {
    /// Needs a live channel with an ad configuration and the container format TS, and no running break
    /// (`docs/ivs-behaviour.md` 2.12).
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<InsertAdBreakResponse, ApiError> {
        let arn = self.channel_arn;
        let running = region.stream(&arn)?.ads_until > ctx.now;
        let channel = region.channel(&arn)?;
        if channel.ad_configuration_arn.as_deref().unwrap_or_default().is_empty() {
            return Err(ApiError::new(AD_BREAK_WITHOUT_ADS, format!("Channel: {arn} has no ad configuration")));
        }
        if channel.container_format == Some(ContainerFormat::FragmentedMp4) {
            return Err(ApiError::new(AD_BREAK_WITHOUT_ADS, format!("Channel: {arn} does not have the container format TS")));
        }
        if running {
            return Err(ApiError::new(Code::ConflictException, format!("An ad break is already running on channel: {arn}")));
        }
        // A time that has passed begins the break at once.
        let asked = self.target_start_at.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok()).map(jiff::Timestamp::as_millisecond);
        let start = asked.unwrap_or(ctx.now).max(ctx.now);
        region.stream_mut(&arn)?.ads_until = start + Millis::from(self.duration_seconds) * crate::clock::SECOND;
        if let Some(session) = region.newest_session(&arn) {
            session.note(ctx.now, EventKind::AdBreak, "Ad Break Inserted");
        }
        let ad_break_id = self.ad_break_id.unwrap_or_else(|| ctx.ids.alnum(12));
        Ok(InsertAdBreakResponse { ad_break_id: Some(ad_break_id), target_start_at: Some(rfc3339(start)) })
    }
}
