//! What an account has in a region, and what a request sees of it.

use crate::clock::{DAY, MINUTE, Millis};
use crate::failover_slate_configuration::MadeSlate;
use crate::id::{Ids, hash};
use crate::playback::Playback;
use crate::recording_configuration::MadeRecording;
use crate::scenario::Pending;
use crate::settings::Settings;
use crate::shelf::Shelf;
use crate::stream::Live;
use crate::stream_session::Session;
use contract::ad_configuration::AdConfiguration;
use contract::arn::{Arn, Resource};
use contract::channel::Channel;
use contract::playback_key_pair::PlaybackKeyPair;
use contract::playback_restriction_policy::PlaybackRestrictionPolicy;
use contract::stream_key::StreamKey;
use contract::{ApiError, Call, Code};
use std::collections::BTreeMap;

/// What an operation does. Written once for each of the 46; `dispatch` is expanded from the table, so that one without
/// behaviour does not compile.
pub trait Behave: Call {
    /// Carries the request out, or says why not; a refusal changes nothing. The request has passed its own `check`.
    ///
    /// # Errors
    /// Those that the table declares for the operation.
    fn behave(self, region: &mut Region, ctx: &mut Ctx<'_>) -> Result<Self::Response, ApiError>;
}

/// What a request is carried out with.
#[derive(Debug)]
pub struct Ctx<'a> {
    /// The time.
    pub now: Millis,
    /// Where ids come from.
    pub ids: &'a mut Ids,
    /// The emulator's settings.
    pub settings: &'a Settings,
    /// Lists show what was made until then: now, unless they are made to lag.
    pub lists_until: Millis,
    /// Page tokens of another epoch are dead.
    pub(crate) token_epoch: u64,
}

/// What an account has in a region.
#[derive(Clone, Debug)]
pub struct Region {
    /// The account's digits.
    pub account: String,
    /// Such as `eu-west-1`.
    pub name: String,
    /// When sessions were last looked through for what is too old.
    settled: Millis,
    /// Channels.
    pub channels: Shelf<Channel>,
    /// Stream keys, one for each channel.
    pub stream_keys: Shelf<StreamKey>,
    /// Playback key pairs.
    pub playback_key_pairs: Shelf<PlaybackKeyPair>,
    /// Recording configurations, with how far they are.
    pub recording_configurations: Shelf<MadeRecording>,
    /// Playback restriction policies.
    pub playback_restriction_policies: Shelf<PlaybackRestrictionPolicy>,
    /// Ad configurations.
    pub ad_configurations: Shelf<AdConfiguration>,
    /// Failover slates, with how far they are.
    pub failover_slate_configurations: Shelf<MadeSlate>,
    /// Live streams, by the ARN of their channel.
    pub(crate) live: Shelf<Live>,
    /// Sessions by channel, oldest first, also of deleted channels.
    pub(crate) sessions: BTreeMap<String, Vec<Session>>,
    /// What scenarios have planned.
    pub(crate) pending: Pending,
    /// Who watches, and with what.
    pub(crate) playback: Playback,
}

/// How long sessions are kept (`docs/ivs-behaviour.md` 2.5).
const SESSIONS_KEPT: Millis = 60 * DAY;

impl Region {
    pub(crate) fn new(account: &str, name: &str) -> Self {
        Self {
            account: account.to_owned(),
            name: name.to_owned(),
            settled: 0,
            channels: Shelf::default(),
            stream_keys: Shelf::default(),
            playback_key_pairs: Shelf::default(),
            recording_configurations: Shelf::default(),
            playback_restriction_policies: Shelf::default(),
            ad_configurations: Shelf::default(),
            failover_slate_configurations: Shelf::default(),
            live: Shelf::default(),
            sessions: BTreeMap::new(),
            pending: Pending::default(),
            playback: Playback::default(),
        }
    }

    /// A new ARN of a kind: 12 letters and digits.
    pub(crate) fn arn(&self, resource: Resource, ids: &mut Ids) -> String {
        Arn { region: self.name.clone(), account: self.account.clone(), resource, id: ids.alnum(12) }.to_string()
    }

    /// The 12 hexadecimal digits that all endpoints of an account in a region begin with.
    pub(crate) fn prefix(&self) -> String {
        Ids::seeded(hash(&format!("{}/{}", self.account, self.name))).hex(12)
    }

    /// Does what time does: streams end after 48 hours, sessions go after 60 days.
    pub(crate) fn settle(&mut self, now: Millis) {
        self.end_overlong(now);
        // An account may have many sessions; to the minute is exact enough for the 60th day.
        if now - self.settled < MINUTE {
            return;
        }
        self.settled = now;
        for sessions in self.sessions.values_mut() {
            sessions.retain(|session| session.ended.is_none_or(|ended| now - ended < SESSIONS_KEPT));
        }
        self.sessions.retain(|_, sessions| !sessions.is_empty());
    }

    /// Refuses an association with what does not exist. `""` and nothing are no association.
    pub(crate) fn attachable<T>(&self, shelf: &Shelf<T>, arn: Option<&str>) -> Result<(), ApiError> {
        match arn.filter(|arn| !arn.is_empty()) {
            Some(arn) if shelf.get(arn).is_none() => Err(not_found(arn)),
            _ => Ok(()),
        }
    }

    /// The channel, or that there is none.
    pub(crate) fn channel(&self, arn: &str) -> Result<&Channel, ApiError> {
        self.channels.get(arn).ok_or_else(|| not_found(arn))
    }

    /// Refuses to delete what a channel is attached to, by the member that holds its ARN.
    pub(crate) fn not_attached(&self, arn: &str, member: fn(&Channel) -> Option<&String>) -> Result<(), ApiError> {
        match self.channels.iter().find(|channel| member(channel).is_some_and(|attached| attached == arn)) {
            Some(channel) => {
                let channel = channel.arn.as_deref().unwrap_or_default();
                Err(ApiError::new(Code::ConflictException, format!("Resource: {arn} is attached to channel: {channel}")))
            }
            None => Ok(()),
        }
    }
}

/// There is no such resource.
pub(crate) fn not_found(arn: &str) -> ApiError {
    ApiError::new(Code::ResourceNotFoundException, format!("Resource: {arn} not found"))
}

/// Refuses one more than there may be.
pub(crate) fn within_quota(there: usize, most: usize, what: &str) -> Result<(), ApiError> {
    if there < most {
        return Ok(());
    }
    Err(ApiError::new(Code::ServiceQuotaExceededException, format!("You have reached the quota of {most} {what}")))
}
