//! The table: every operation of IVS, once. Routes, permissions, the journal, the emulator, the SDK calls and the
//! tests all expand from it, so an operation that lacks one of them does not compile.
//!
//! Source: `model/model.json` (compared by `tests/model.rs`); rates and permissions from `docs/ivs-behaviour.md` 1.2.

use crate::access::Permission;
use crate::error::Code;
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// What an operation does to the account it is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Looks only. May be retried, shared between callers and polled.
    Reads,
    /// Makes a resource. IVS has no idempotency token, so a lost answer is resolved by looking for the operation tag.
    Creates,
    /// Changes what can be changed back.
    Changes,
    /// Ends or removes what cannot be brought back as it was.
    Destroys,
}

/// A request of IVS: one type per operation, serialised exactly as on IVS's wire.
pub trait Call: crate::constraint::Check + Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static {
    /// What IVS answers.
    type Response: Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static;
    /// The row of the table.
    const OPERATION: Operation;
    /// The ARNs this request is about, for locks and for the journal.
    fn targets(&self) -> Vec<&str> {
        Vec::new()
    }
    /// The tags that a create gives its resource; `None` for everything that is not a create.
    fn new_tags(&mut self) -> Option<&mut crate::tag::Tags> {
        None
    }
    /// Removes every secret value from a reply. Does nothing for the operations whose replies carry none.
    fn redact(_reply: &mut Self::Response) {}
}

macro_rules! operations {
    ($($noun:ident { $(
        $op:ident $(($target:ident))? -> $reply:ident : $permission:ident $effect:ident $($tags:ident)?, $rate:literal, $status:literal $errors:literal $($redact:ident)?;
    )* })*) => {
        /// One of the operations of IVS, by its own name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize)]
        #[serde(try_from = "String")]
        pub enum Operation { $($(#[doc = concat!("`", stringify!($op), "`")] $op,)*)* }

        impl Operation {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Operation] = &[$($(Operation::$op,)*)*];
            /// IVS's name, as in URLs, logs and IAM actions.
            pub const fn name(self) -> &'static str { match self { $($(Self::$op => stringify!($op),)*)* } }
            /// The noun it belongs to: the module of its types.
            pub const fn noun(self) -> &'static str { match self { $($(Self::$op => stringify!($noun),)*)* } }
            /// What a person needs to call it.
            pub const fn permission(self) -> Permission { match self { $($(Self::$op => Permission::$permission,)*)* } }
            /// What it does to the account.
            pub const fn effect(self) -> Effect { match self { $($(Self::$op => Effect::$effect,)*)* } }
            /// Documented calls a second for each account and region; `None` where no page gives one.
            pub const fn rate(self) -> Option<u32> { match self { $($(Self::$op => if $rate == 0 { None } else { Some($rate) },)*)* } }
            /// The HTTP status of success.
            pub const fn success(self) -> u16 { match self { $($(Self::$op => $status,)*)* } }
            /// The errors that the model declares for it. Others can still come: any operation may be throttled.
            pub fn errors(self) -> impl Iterator<Item = Code> { match self { $($(Self::$op => $errors,)*)* }.chars().filter_map(Code::from_letter) }
            /// Does its reply carry a stream key's value or an SRT passphrase?
            pub const fn secret(self) -> bool { match self { $($(Self::$op => !concat!("" $(, stringify!($redact))?).is_empty(),)*)* } }
        }

        $($(impl Call for crate::$noun::$op {
            type Response = crate::$noun::$reply;
            const OPERATION: Operation = Operation::$op;
            $(fn targets(&self) -> Vec<&str> { crate::arn::Targets::targets(&self.$target) })?
            $(fn new_tags(&mut self) -> Option<&mut crate::tag::Tags> { Some(&mut self.$tags) })?
            $(fn redact(reply: &mut Self::Response) { reply.$redact(); })?
        })*)*

        /// Calls a macro with every `noun Operation` pair: how routes, dispatch and tests are made from the table.
        #[macro_export]
        macro_rules! for_each_operation { ($callback:ident) => { $callback! { $($($noun $op;)*)* } }; }
    };
}

// noun { Operation(its target) -> Reply : permission effect, calls a second (0: undocumented), success status, errors, redact if the reply carries a secret }
// Errors by letter: Access denied, Conflict, Internal, Quota, not found (R), Throttling, pending verification (P),
// Validation, not Broadcasting, service Unavailable, Stream unavailable.
operations! {
    channel {
        BatchGetChannel(arns)  -> BatchGetChannelResponse : View Reads, 5, 200 "AUV" redact;
        CreateChannel          -> CreateChannelResponse   : Manage Creates tags, 5, 200 "APQRV" redact;
        DeleteChannel(arn)     -> Empty                   : Manage Destroys, 5, 204 "ACPRV";
        GetChannel(arn)        -> GetChannelResponse      : View Reads, 5, 200 "ARV" redact;
        ListChannels           -> ListChannelsResponse    : View Reads, 5, 200 "ACV";
        UpdateChannel(arn)     -> UpdateChannelResponse   : Manage Changes, 5, 200 "ACPRTV" redact;
    }
    stream_key {
        BatchGetStreamKey(arns)      -> BatchGetStreamKeyResponse : View Reads, 5, 200 "AUV" redact;
        CreateStreamKey(channel_arn) -> CreateStreamKeyResponse   : Operate Creates tags, 5, 200 "APQRV" redact;
        DeleteStreamKey(arn)         -> Empty                     : Operate Destroys, 5, 204 "APRV";
        GetStreamKey(arn)            -> GetStreamKeyResponse      : View Reads, 5, 200 "ARV" redact;
        ListStreamKeys(channel_arn)  -> ListStreamKeysResponse    : View Reads, 5, 200 "ARV";
    }
    stream {
        GetStream(channel_arn)     -> GetStreamResponse     : View Reads, 5, 200 "ABRV";
        InsertAdBreak(channel_arn) -> InsertAdBreakResponse : Operate Changes, 0, 200 "ABCIRTV";
        ListStreams                -> ListStreamsResponse   : View Reads, 5, 200 "AV";
        PutMetadata(channel_arn)   -> Empty                 : Operate Changes, 155, 204 "ABRTV";
        StopStream(channel_arn)    -> Empty                 : Operate Destroys, 5, 200 "ABRSV";
    }
    stream_session {
        GetStreamSession(channel_arn)   -> GetStreamSessionResponse   : View Reads, 5, 200 "ARV" redact;
        ListStreamSessions(channel_arn) -> ListStreamSessionsResponse : View Reads, 5, 200 "ARV";
    }
    playback_key_pair {
        DeletePlaybackKeyPair(arn) -> Empty                         : Manage Destroys, 3, 200 "APRV";
        GetPlaybackKeyPair(arn)    -> GetPlaybackKeyPairResponse    : View Reads, 3, 200 "ARV";
        ImportPlaybackKeyPair      -> ImportPlaybackKeyPairResponse : Manage Creates tags, 3, 200 "ACPQV";
        ListPlaybackKeyPairs       -> ListPlaybackKeyPairsResponse  : View Reads, 3, 200 "AV";
    }
    recording_configuration {
        CreateRecordingConfiguration      -> CreateRecordingConfigurationResponse : Manage Creates tags, 3, 200 "ACIPQV";
        DeleteRecordingConfiguration(arn) -> Empty                                : Manage Destroys, 3, 204 "ACIRV";
        GetRecordingConfiguration(arn)    -> GetRecordingConfigurationResponse    : View Reads, 3, 200 "AIRV";
        ListRecordingConfigurations       -> ListRecordingConfigurationsResponse  : View Reads, 3, 200 "AIV";
    }
    playback_restriction_policy {
        CreatePlaybackRestrictionPolicy      -> CreatePlaybackRestrictionPolicyResponse : Manage Creates tags, 5, 200 "APQTV";
        DeletePlaybackRestrictionPolicy(arn) -> Empty                                   : Manage Destroys, 5, 204 "ACPRV";
        GetPlaybackRestrictionPolicy(arn)    -> GetPlaybackRestrictionPolicyResponse    : View Reads, 5, 200 "APRV";
        ListPlaybackRestrictionPolicies      -> ListPlaybackRestrictionPoliciesResponse : View Reads, 5, 200 "ACPV";
        UpdatePlaybackRestrictionPolicy(arn) -> UpdatePlaybackRestrictionPolicyResponse : Manage Changes, 5, 200 "ACPRV";
    }
    ad_configuration {
        CreateAdConfiguration      -> CreateAdConfigurationResponse : Manage Creates tags, 0, 200 "ACIPQRTV";
        DeleteAdConfiguration(arn) -> Empty                         : Manage Destroys, 0, 204 "ACIRV";
        GetAdConfiguration(arn)    -> GetAdConfigurationResponse    : View Reads, 0, 200 "AIRV";
        ListAdConfigurations       -> ListAdConfigurationsResponse  : View Reads, 0, 200 "AIV";
        UpdateAdConfiguration(arn) -> UpdateAdConfigurationResponse : Manage Changes, 0, 200 "ACIPQRTV";
    }
    failover_slate_configuration {
        CreateFailoverSlateConfiguration      -> CreateFailoverSlateConfigurationResponse : Manage Creates tags, 0, 200 "ACIQTV";
        DeleteFailoverSlateConfiguration(arn) -> Empty                                    : Manage Destroys, 0, 204 "ACIRV";
        GetFailoverSlateConfiguration(arn)    -> GetFailoverSlateConfigurationResponse    : View Reads, 0, 200 "AIRV";
        ListFailoverSlateConfigurations       -> ListFailoverSlateConfigurationsResponse  : View Reads, 0, 200 "AIV";
        UpdateFailoverSlateConfiguration(arn) -> UpdateFailoverSlateConfigurationResponse : Manage Changes, 0, 200 "ACIQRTV";
    }
    viewer_session {
        BatchStartViewerSessionRevocation(viewer_sessions) -> BatchStartViewerSessionRevocationResponse : Operate Destroys, 2, 200 "APTV";
        StartViewerSessionRevocation(channel_arn)          -> Empty                                     : Operate Destroys, 10, 200 "AIPRTV";
    }
    tag {
        ListTagsForResource(resource_arn) -> ListTagsForResourceResponse : View Reads, 10, 200 "IRV";
        TagResource(resource_arn)         -> Empty                       : Manage Changes, 10, 200 "IRV";
        UntagResource(resource_arn)       -> Empty                       : Manage Changes, 10, 200 "IRV";
    }
}

impl Operation {
    /// Does it leave the account as it was?
    pub const fn reads(self) -> bool {
        matches!(self.effect(), Effect::Reads)
    }

    /// The method and path of IVS's own API: `POST /{Operation}` for all but the three tag operations.
    /// `{resourceArn}` is one percent-encoded path segment; UntagResource's keys go into the query.
    pub const fn wire(self) -> (&'static str, &'static str) {
        let tags = "/tags/{resourceArn}";
        if matches!(self, Self::ListTagsForResource) {
            ("GET", tags)
        } else if matches!(self, Self::TagResource) {
            ("POST", tags)
        } else if matches!(self, Self::UntagResource) {
            ("DELETE", tags)
        } else {
            ("POST", self.path())
        }
    }
}

macro_rules! names {
    ($($noun:ident $op:ident;)*) => {
        impl Operation {
            const fn path(self) -> &'static str { match self { $(Self::$op => concat!("/", stringify!($op)),)* } }
        }
    };
}
for_each_operation!(names);

impl std::str::FromStr for Operation {
    type Err = ();

    /// Reads IVS's own name, exactly.
    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|operation| operation.name() == name).ok_or(())
    }
}

impl TryFrom<String> for Operation {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map_err(|()| format!("{name} is no operation of IVS"))
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
