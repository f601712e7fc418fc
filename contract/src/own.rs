//! The second table: the routes that are ours and not IVS's. `POST` with JSON, like the operations. What stands in
//! neither table cannot be reached.

use crate::access::{Grant, Permission, Rights};
use crate::channel::BatchError;
use crate::{job, journal, session, setup};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// Who may use a route of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone who reaches the console: signing in.
    Anyone,
    /// Anyone who is signed in.
    SignedIn,
    /// Whoever holds the permission somewhere: the place is judged where it is known.
    Needs(Permission),
    /// Whoever holds the permission in every account and region: what it is about is the console itself.
    NeedsThroughout(Permission),
    /// Whoever holds a role and the grant in every account and region.
    NeedsGrant(Grant),
}

impl Access {
    /// May somebody who holds these rights somewhere, and those throughout? `None`: not signed in.
    pub fn allows(self, holds: Option<(&Rights, &Rights)>) -> bool {
        match self {
            Self::Anyone => true,
            Self::SignedIn => holds.is_some(),
            Self::Needs(permission) => holds.is_some_and(|(somewhere, _)| somewhere.allow(permission)),
            Self::NeedsThroughout(permission) => holds.is_some_and(|(_, throughout)| throughout.allow(permission)),
            Self::NeedsGrant(grant) => holds.is_some_and(|(_, throughout)| throughout.role.is_some() && throughout.grants.contains(&grant)),
        }
    }
}

/// A request of ours.
pub trait Own: Serialize + DeserializeOwned + Debug + Send + 'static {
    /// What it answers.
    type Reply: Serialize + DeserializeOwned + Debug + Send + 'static;
    /// The row of the table.
    const ROUTE: Route;
}

macro_rules! routes {
    ($($name:ident $path:literal : $noun:ident::$request:ident => $reply:ty, $access:expr;)*) => {
        /// One of our routes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Route { $(#[doc = concat!("`", $path, "`")] $name,)* }

        impl Route {
            /// All of them.
            pub const ALL: &'static [Route] = &[$(Route::$name,)*];
            /// Its path.
            pub const fn path(self) -> &'static str { match self { $(Self::$name => $path,)* } }
            /// Who may.
            pub const fn access(self) -> Access { match self { $(Self::$name => $access,)* } }
            /// Its name, as in the journal.
            pub const fn name(self) -> &'static str { match self { $(Self::$name => stringify!($name),)* } }
        }

        $(impl Own for crate::$noun::$request {
            type Reply = $reply;
            const ROUTE: Route = Route::$name;
        })*

        /// Calls a macro with every request of the table: how routes are made from it.
        #[macro_export]
        macro_rules! for_each_route { ($callback:ident) => { $callback! { $($crate::$noun::$request;)* } }; }
    };
}

routes! {
    SignIn           "/api/session"                : session::SignIn        => session::Me,           Access::Anyone;
    GetSignIn        "/api/sign-in"                : session::GetSignIn     => session::SignInWay,    Access::Anyone;
    SignOut          "/api/session/end"            : session::SignOut       => session::Ended,        Access::SignedIn;
    ListSessions     "/api/sessions"               : session::ListSessions  => session::Sessions,     Access::SignedIn;
    EndSession       "/api/sessions/end"           : session::EndSession    => session::Ended,        Access::SignedIn;
    ListAllSessions  "/api/sessions/all"           : session::ListAllSessions => session::Sessions,   Access::NeedsThroughout(Permission::Manage);
    EndSessionsOf    "/api/sessions/end-of"        : session::EndSessionsOf => session::Ended,        Access::NeedsThroughout(Permission::Manage);
    Me               "/api/me"                     : session::WhoAmI        => session::Me,           Access::SignedIn;
    ActAs            "/api/me/act-as"              : session::ActAs         => session::Me,           Access::SignedIn;
    GetSetup         "/api/setup"                  : setup::GetSetup        => setup::Setup,          Access::NeedsThroughout(Permission::View);
    RevealStreamKey  "/api/reveal/stream-key"      : own::RevealStreamKey   => Revealed,              Access::Needs(Permission::Reveal);
    RevealStreamKeys "/api/reveal/stream-keys"     : own::RevealStreamKeys  => RevealedStreamKeys,    Access::Needs(Permission::Reveal);
    RevealPassphrase "/api/reveal/srt-passphrase"  : own::RevealPassphrase  => Revealed,              Access::Needs(Permission::Reveal);
    StartJob         "/api/jobs/start"             : job::StartJob          => job::Job,              Access::Needs(Permission::Operate);
    ListJobs         "/api/jobs"                   : job::ListJobs          => job::Jobs,             Access::Needs(Permission::View);
    GetJob           "/api/jobs/get"               : own::GetJob            => job::Job,              Access::Needs(Permission::View);
    CancelJob        "/api/jobs/cancel"            : own::CancelJob         => job::Job,              Access::Needs(Permission::Operate);
    RetryJob         "/api/jobs/retry"             : own::RetryJob          => job::Job,              Access::Needs(Permission::Operate);
    GetJournalEntry  "/api/journal/get"            : journal::GetJournalEntry => journal::JournalDetail, Access::Needs(Permission::View);
    VerifyJournal    "/api/journal/verify"         : journal::VerifyJournal => journal::JournalVerified, Access::NeedsGrant(Grant::Auditor);
    ListJournal      "/api/journal"                : journal::ListJournal   => journal::JournalPage,  Access::Needs(Permission::View);
}

macro_rules! job_calls {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub job::OneJob);)*
    };
}

job_calls! {
    /// Looks at a job with its items.
    GetJob
    /// Begins no further item of a job.
    CancelJob
    /// Begins the refused items of a job again.
    RetryJob
}

/// Asks for a stream key's value. Journaled before it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevealStreamKey {
    /// The configured account.
    pub account: String,
    /// The region.
    pub region: String,
    /// The stream key's ARN.
    pub arn: String,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How many stream keys are revealed at once at most.
pub const MOST_REVEALED: usize = 1_000;

/// So often somebody may ask for many stream keys at once: once in so many seconds.
pub const REVEALED_EVERY: u32 = 60;

/// Asks for the values of many stream keys: for a result file. Journaled before they leave, with the name of each.
///
/// One at a time for each person, and at most one in [`REVEALED_EVERY`] seconds: else it is refused as `TooManyRequests`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevealStreamKeys {
    /// The configured account.
    pub account: String,
    /// The region.
    pub region: String,
    /// The stream keys' ARNs, 1 to [`MOST_REVEALED`].
    pub arns: Vec<String>,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The values of many stream keys, and a receipt.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RevealedStreamKeys {
    /// Those that there are.
    pub keys: Vec<RevealedStreamKey>,
    /// Those that IVS did not answer, each with why.
    #[serde(default)]
    pub errors: Vec<BatchError>,
    /// The journal's row that says who saw them.
    pub journal: String,
}

/// The value of one stream key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevealedStreamKey {
    /// Its ARN.
    pub arn: String,
    /// Its channel's.
    pub channel_arn: String,
    /// The value.
    pub value: crate::Secret,
}

/// Asks for a channel's SRT passphrase. Journaled before it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevealPassphrase {
    /// The configured account.
    pub account: String,
    /// The region.
    pub region: String,
    /// The channel's ARN.
    pub arn: String,
    /// Why, in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A secret value on its way to the one person who asked for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revealed {
    /// The value.
    pub value: crate::Secret,
    /// The row of the journal.
    pub journal: String,
}
