//! Stream keys: what encoders sign in with, one for each channel (`docs/ivs-behaviour.md` 2.4).

use crate::channel::{distinct, missing};
use crate::page::Paging;
use crate::store::{Behave, Ctx, Region, not_found, within_quota};
use contract::ApiError;
use contract::arn::Resource;
use contract::stream_key::{
    BatchGetStreamKey, BatchGetStreamKeyResponse, CreateStreamKey, CreateStreamKeyResponse, DeleteStreamKey, Empty, GetStreamKey,
    GetStreamKeyResponse, ListStreamKeys, ListStreamKeysResponse, StreamKey, StreamKeySummary,
};
use contract::tag::Tags;

/// Makes a channel's stream key. The value is `sk_{region}_{12}_{30}`; nothing in it means anything.
pub(crate) fn new_key(region: &mut Region, ctx: &mut Ctx<'_>, channel: &str, tags: Tags) -> StreamKey {
    let arn = region.arn(Resource::StreamKey, ctx.ids);
    let value = format!("sk_{}_{}_{}", region.name, ctx.ids.alnum(12), ctx.ids.alnum(30));
    let key = StreamKey { arn: Some(arn.clone()), value: Some(value.into()), channel_arn: Some(channel.to_owned()), tags };
    region.stream_keys.add(&arn, key.clone(), ctx.now);
    key
}

impl Region {
    /// The stream key of a channel.
    pub fn key_of(&self, channel: &str) -> Option<&StreamKey> {
        self.stream_keys.iter().find(|key| key.channel_arn.as_deref() == Some(channel))
    }

    fn stream_key(&self, arn: &str) -> Result<&StreamKey, ApiError> {
        self.stream_keys.get(arn).ok_or_else(|| not_found(arn))
    }
}

impl Behave for CreateStreamKey {
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<CreateStreamKeyResponse, ApiError> {
        region.channel(&self.channel_arn)?;
        within_quota(usize::from(region.key_of(&self.channel_arn).is_some()), 1, "stream keys per channel")?;
        Ok(CreateStreamKeyResponse { stream_key: Some(new_key(region, ctx, &self.channel_arn, self.tags)) })
    }
}

impl Behave for GetStreamKey {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<GetStreamKeyResponse, ApiError> {
        Ok(GetStreamKeyResponse { stream_key: Some(region.stream_key(&self.arn)?.clone()) })
    }
}

impl Behave for BatchGetStreamKey {
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<BatchGetStreamKeyResponse, ApiError> {
        let mut reply = BatchGetStreamKeyResponse::default();
        for arn in distinct(self.arns) {
            match region.stream_keys.get(&arn) {
                Some(key) => reply.stream_keys.push(key.clone()),
                None => reply.errors.push(missing(arn)),
            }
        }
        Ok(reply)
    }
}

impl Behave for DeleteStreamKey {
    /// A running stream goes on.
    fn behave(self, region: &mut Region, _: &mut Ctx<'_>) -> Result<Empty, ApiError> {
        region.stream_keys.remove(&self.arn).map(|_| Empty {}).ok_or_else(|| not_found(&self.arn))
    }
}

impl Behave for ListStreamKeys {
    /// One to a page unless asked for more.
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<ListStreamKeysResponse, ApiError> {
        region.channel(&self.channel_arn)?;
        let list = format!("stream keys {}", self.channel_arn);
        let paging = Paging::new(ctx, &list, self.next_token.as_deref(), self.max_results, 1)?;
        let keep = |key: &StreamKey| key.channel_arn.as_ref() == Some(&self.channel_arn);
        let page = region.stream_keys.page(paging.after, paging.most, paging.until, keep);
        let summary =
            |key: &StreamKey| StreamKeySummary { arn: key.arn.clone(), channel_arn: key.channel_arn.clone(), tags: key.tags.clone() };
        Ok(ListStreamKeysResponse { stream_keys: page.items.into_iter().map(summary).collect(), next_token: paging.token(page.last) })
    }
}
