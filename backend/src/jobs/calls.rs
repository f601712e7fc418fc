//! The calls of jobs go the way of everyone's calls: through [`Ivs::perform`].

use super::perform::{Ask, Change, OnAir, Perform};
use crate::auth::held::Held;
use crate::caller::Caller;
use crate::ivs::governor::Lane;
use crate::ivs::{Ivs, Resolve, Scope};
use contract::Code;
use contract::call::{CallBody, CallFailure, CallReply, Expect, Receipt};
use contract::stream::{GetStream, ListStreams};
use contract::stream_key::{ListStreamKeys, StreamKeySummary};
use std::collections::BTreeSet;

/// So many pages of live streams are looked at: those of as many channels as a job takes. What is live beyond them is tried, and IVS
/// refuses it.
const PAGES: usize = contract::job::MOST / 100;

/// Calls IVS for whoever started a job.
#[derive(Debug)]
pub struct Calls {
    ivs: Ivs,
}

impl Calls {
    /// Those of this console.
    pub const fn new(ivs: Ivs) -> Self {
        Self { ivs }
    }

    async fn call<R: Resolve>(&self, ask: &Ask<'_>, request: R) -> Result<CallReply<R::Response>, CallFailure> {
        self.call_of(ask, CallBody::of(request)).await
    }

    async fn call_of<R: Resolve>(&self, ask: &Ask<'_>, body: CallBody<R>) -> Result<CallReply<R::Response>, CallFailure> {
        // What a job reads, it acts upon.
        if R::OPERATION.reads() {
            self.ivs.look_anew(&Scope { account: ask.account.to_owned(), region: ask.region.to_owned() });
        }
        self.call_in(if R::OPERATION.reads() { Lane::Click } else { Lane::Change }, ask, body).await
    }

    async fn call_in<R: Resolve>(&self, lane: Lane, ask: &Ask<'_>, body: CallBody<R>) -> Result<CallReply<R::Response>, CallFailure> {
        let caller = Caller {
            actor: ask.actor.clone(),
            held: ask.held.clone(),
            request_id: ask.request_id.to_owned(),
            client_ip: None,
            user_agent: None,
            lane,
        };
        let scope = Scope { account: ask.account.to_owned(), region: ask.region.to_owned() };
        let (reason, key) = (ask.reason.map(str::to_owned), ask.key.map(str::to_owned));
        self.ivs.perform(&caller, &scope, CallBody { reason, key, ..body }).await
    }
}

impl Perform for Calls {
    fn held_of(&self, subject: &str) -> Option<Held> {
        self.ivs.held_of(subject)
    }

    fn most_new_tags(&self) -> usize {
        self.ivs.most_new_tags()
    }

    async fn change(&self, ask: &Ask<'_>, change: Change) -> Result<Receipt, CallFailure> {
        match change {
            Change::CreateChannel(request) => self.call(ask, *request).await.map(|reply| reply.receipt),
            Change::StopStream { request, seen } => {
                let expect = seen.map(|stream_id| Expect { stream_id: Some(stream_id), ..Expect::default() });
                self.call_of(ask, CallBody { expect, ..CallBody::of(request) }).await.map(|reply| reply.receipt)
            }
            Change::BatchStartViewerSessionRevocation(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::DeleteChannel(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::TagResource(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::UntagResource(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::DeleteStreamKey(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::CreateStreamKey(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::UpdateChannel { request, seen } => {
                let body = CallBody { seen: Some(*seen), ..CallBody::of(*request) };
                self.call_of(ask, body).await.map(|reply| reply.receipt)
            }
            Change::DeleteRecordingConfiguration(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::DeletePlaybackRestrictionPolicy(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::DeleteAdConfiguration(request) => self.call(ask, request).await.map(|reply| reply.receipt),
            Change::DeleteFailoverSlateConfiguration(request) => self.call(ask, request).await.map(|reply| reply.receipt),
        }
    }

    async fn live(&self, ask: &Ask<'_>) -> Result<BTreeSet<String>, CallFailure> {
        let mut live = BTreeSet::new();
        let mut list = ListStreams { max_results: Some(100), ..ListStreams::default() };
        for _ in 0..PAGES {
            // It only says for what to wait, for hours perhaps: the pages that look at the same share it, and clicks go first.
            let page = self.call_in(Lane::Poll, ask, CallBody::of(list.clone())).await?.response;
            live.extend(page.streams.into_iter().filter_map(|stream| stream.channel_arn));
            match page.next_token.filter(|token| !token.is_empty()) {
                Some(token) => list.next_token = Some(token),
                None => break,
            }
        }
        Ok(live)
    }

    async fn stream(&self, ask: &Ask<'_>, channel_arn: &str) -> Result<Option<OnAir>, CallFailure> {
        match self.call(ask, GetStream { channel_arn: channel_arn.to_owned() }).await {
            Ok(reply) => {
                let stream = reply.response.stream.unwrap_or_default();
                let since = stream.start_time.and_then(|text| text.parse::<jiff::Timestamp>().ok());
                let since = since.and_then(|at| u64::try_from(at.as_millisecond()).ok());
                Ok(Some(OnAir { id: stream.stream_id.unwrap_or_default(), since }))
            }
            Err(failure) if failure.error.code == Code::ChannelNotBroadcasting => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// A channel has one stream key: one page holds it.
    async fn stream_keys(&self, ask: &Ask<'_>, channel_arn: &str) -> Result<Vec<StreamKeySummary>, CallFailure> {
        let list = ListStreamKeys { channel_arn: channel_arn.to_owned(), next_token: None, max_results: None };
        Ok(self.call(ask, list).await?.response.stream_keys)
    }
}
