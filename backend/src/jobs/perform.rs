//! What a job asks of the one handler that calls IVS.

use crate::auth::held::Held;
use crate::ivs::Scope;
use crate::journal::Actor;
use contract::access::Rights;
use contract::ad_configuration::DeleteAdConfiguration;
use contract::call::{CallFailure, Receipt};
use contract::channel::{CreateChannel, DeleteChannel, UpdateChannel};
use contract::failover_slate_configuration::DeleteFailoverSlateConfiguration;
use contract::playback_restriction_policy::DeletePlaybackRestrictionPolicy;
use contract::recording_configuration::DeleteRecordingConfiguration;
use contract::stream::StopStream;
use contract::stream_key::{CreateStreamKey, DeleteStreamKey, StreamKeySummary};
use contract::tag::{TagResource, UntagResource};
use contract::viewer_session::BatchStartViewerSessionRevocation;
use contract::{Check as _, FieldErrors, Operation};
use std::collections::BTreeSet;

/// Somebody's call, made for them by a job.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// Who started the job.
    pub actor: &'a Actor,
    /// What they hold now, and where.
    pub held: Held,
    /// The id of the request that started it.
    pub request_id: &'a str,
    /// The account, by its configured name.
    pub account: &'a str,
    /// The region.
    pub region: &'a str,
    /// Why, in the person's words.
    pub reason: Option<&'a str>,
    /// The idempotency key of this very call; `None` for a read.
    pub key: Option<&'a str>,
}

impl Ask<'_> {
    /// What they hold where it is to be done.
    pub(crate) fn rights(&self) -> Rights {
        self.held.at(&Scope { account: self.account.to_owned(), region: self.region.to_owned() })
    }
}

/// A change that jobs make.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Creates a channel.
    CreateChannel(Box<CreateChannel>),
    /// Deletes a channel.
    DeleteChannel(DeleteChannel),
    /// Adds tags.
    TagResource(TagResource),
    /// Removes tags.
    UntagResource(UntagResource),
    /// Deletes a stream key.
    DeleteStreamKey(DeleteStreamKey),
    /// Creates a stream key.
    CreateStreamKey(CreateStreamKey),
    /// Stops the stream of a channel.
    StopStream {
        /// Of which.
        request: StopStream,
        /// The stream that was seen: another one is not stopped.
        seen: Option<String>,
    },
    /// Revokes the sessions of viewers.
    BatchStartViewerSessionRevocation(BatchStartViewerSessionRevocation),
    /// Changes a channel that is still as it was seen.
    UpdateChannel {
        /// What is changed.
        request: Box<UpdateChannel>,
        /// The same members as they were seen.
        seen: Box<UpdateChannel>,
    },
    /// Deletes a recording configuration.
    DeleteRecordingConfiguration(DeleteRecordingConfiguration),
    /// Deletes a playback restriction policy.
    DeletePlaybackRestrictionPolicy(DeletePlaybackRestrictionPolicy),
    /// Deletes an ad configuration.
    DeleteAdConfiguration(DeleteAdConfiguration),
    /// Deletes a failover slate.
    DeleteFailoverSlateConfiguration(DeleteFailoverSlateConfiguration),
}

impl Change {
    /// IVS's operation.
    pub const fn operation(&self) -> Operation {
        match self {
            Self::CreateChannel(_) => Operation::CreateChannel,
            Self::StopStream { .. } => Operation::StopStream,
            Self::BatchStartViewerSessionRevocation(_) => Operation::BatchStartViewerSessionRevocation,
            Self::DeleteChannel(_) => Operation::DeleteChannel,
            Self::TagResource(_) => Operation::TagResource,
            Self::UntagResource(_) => Operation::UntagResource,
            Self::DeleteStreamKey(_) => Operation::DeleteStreamKey,
            Self::CreateStreamKey(_) => Operation::CreateStreamKey,
            Self::UpdateChannel { .. } => Operation::UpdateChannel,
            Self::DeleteRecordingConfiguration(_) => Operation::DeleteRecordingConfiguration,
            Self::DeletePlaybackRestrictionPolicy(_) => Operation::DeletePlaybackRestrictionPolicy,
            Self::DeleteAdConfiguration(_) => Operation::DeleteAdConfiguration,
            Self::DeleteFailoverSlateConfiguration(_) => Operation::DeleteFailoverSlateConfiguration,
        }
    }

    /// The limits of the request.
    ///
    /// # Errors
    /// The members that are outside them.
    pub fn check(&self) -> Result<(), FieldErrors> {
        match self {
            Self::CreateChannel(request) => request.check(),
            Self::StopStream { request, .. } => request.check(),
            Self::BatchStartViewerSessionRevocation(request) => request.check(),
            Self::DeleteChannel(request) => request.check(),
            Self::TagResource(request) => request.check(),
            Self::UntagResource(request) => request.check(),
            Self::DeleteStreamKey(request) => request.check(),
            Self::CreateStreamKey(request) => request.check(),
            Self::UpdateChannel { request, .. } => request.check(),
            Self::DeleteRecordingConfiguration(request) => request.check(),
            Self::DeletePlaybackRestrictionPolicy(request) => request.check(),
            Self::DeleteAdConfiguration(request) => request.check(),
            Self::DeleteFailoverSlateConfiguration(request) => request.check(),
        }
    }
}

/// A stream that is live.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnAir {
    /// Its id.
    pub id: String,
    /// When it began, in milliseconds since 1970, where IVS says so.
    pub since: Option<u64>,
}

/// Calls IVS as a person would, through every step: permission, journal, governor. The journal must know each change by
/// [`Ask::key`] before anything is sent, and refuse to send twice under one key.
pub trait Perform: Send + Sync + 'static {
    /// What somebody holds now. `None`: nobody of that name may anything any more.
    fn held_of(&self, subject: &str) -> Option<Held>;

    /// How many tags of one's own a create may have.
    fn most_new_tags(&self) -> usize;

    /// Makes a change.
    fn change(&self, ask: &Ask<'_>, change: Change) -> impl Future<Output = Result<Receipt, CallFailure>> + Send;

    /// The channels of the region that are live, by their ARNs.
    fn live(&self, ask: &Ask<'_>) -> impl Future<Output = Result<BTreeSet<String>, CallFailure>> + Send;

    /// The stream of a channel that is live. `None`: it is offline.
    fn stream(&self, ask: &Ask<'_>, channel_arn: &str) -> impl Future<Output = Result<Option<OnAir>, CallFailure>> + Send;

    /// Lists the stream keys of a channel, without their values.
    fn stream_keys(&self, ask: &Ask<'_>, channel_arn: &str) -> impl Future<Output = Result<Vec<StreamKeySummary>, CallFailure>> + Send;
}
