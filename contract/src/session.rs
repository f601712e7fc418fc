//! Who is signed in, and what they may.

use crate::access::Rights;
use serde::{Deserialize, Serialize};

/// Exchanges the launch token, printed at start, for a session cookie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// From the URL's fragment; works once.
    pub token: crate::Secret,
}

/// Asks how people sign in here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetSignIn {}

/// How people sign in: with the address that the console prints at start, or at a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInWay {
    /// The provider, from [`LOGIN`] on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<Provider>,
}

/// Who vouches for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provider {
    /// What people call it.
    pub name: String,
    /// Where one signs out of it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_out_url: Option<String>,
}

/// Where a sign-in at a provider begins; `?to=` says with a path where it leads.
pub const LOGIN: &str = "/auth/login";

/// The page that says why a sign-in failed; `?why=` has a [`SignInProblem`], `?to=` where it was to lead.
pub const SIGN_IN: &str = "/sign-in";

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// Why a sign-in failed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum SignInProblem { $($(#[$doc])* $name,)* }

        impl SignInProblem {
            /// All of them.
            pub const ALL: &'static [SignInProblem] = &[$(Self::$name,)*];
            /// As in the address and in the journal.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$name => $text,)* } }
        }
    };
}

problems! {
    /// This browser did not begin it, or too long ago, or has begun another since.
    NotBegunHere = "not-begun-here";
    /// The provider did not answer, or not as one.
    ProviderUnreachable = "provider-unreachable";
    /// The provider sent the person back without vouching for them.
    ProviderRefused = "provider-refused";
    /// What the provider said does not hold.
    NotVouchedFor = "not-vouched-for";
    /// The provider vouches for them, and no rule lets them in.
    NoAccess = "no-access";
    /// The provider left the groups out, since there are too many.
    GroupsLeftOut = "groups-left-out";
    /// What the rules give does not fit into a cookie.
    TooManyRules = "too-many-rules";
    /// Too many were begun or ended from this address within a minute.
    TooOften = "too-often";
    /// The journal cannot be written, so nobody is signed in.
    NotJournaled = "not-journaled";
}

/// Signs out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignOut {
    /// In every browser, not only in this one.
    #[serde(default)]
    pub everywhere: bool,
}

/// How many sessions were ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The one that asked among them.
    pub ended: u64,
}

/// Lists one's sessions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSessions {}

/// Lists everyone's sessions, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListAllSessions {}

/// Who is signed in: at most a thousand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    /// Newest first.
    pub sessions: Vec<Signed>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signed {
    /// Its id: no secret.
    pub id: String,
    /// Who, for people.
    pub person: String,
    /// Who, for the machine.
    pub subject: String,
    /// What they hold somewhere.
    pub rights: Rights,
    /// From where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_ip: Option<String>,
    /// What the browser calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// When it began, in milliseconds since 1970.
    pub began: u64,
    /// When it was used last, some minutes exact.
    pub seen: u64,
    /// Is it the one that asks?
    pub current: bool,
}

/// Ends a session of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndSession {
    /// Which.
    pub id: String,
}

/// Ends all sessions of somebody: they are let in no more until they sign in again, and their jobs stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndSessionsOf {
    /// Who, for the machine.
    pub subject: String,
    /// Why, in the words of whoever ends them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Asks who one is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoAmI {}

/// In the demo: continues with another role and other grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActAs {
    /// The rights to continue with.
    pub rights: Rights,
}

/// The person, the place and the build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// What to call them.
    pub name: String,
    /// Who, for the machine: two people may be called the same.
    pub subject: String,
    /// What they hold somewhere.
    pub rights: Rights,
    /// An emulator is behind it, no AWS account: rights can be switched, and a restart is a reset.
    pub demo: bool,
    /// The accounts and regions they may use, in the order of the configuration.
    pub accounts: Vec<Account>,
    /// The version of the backend.
    pub version: String,
    /// Do creates carry the operation tag (`tally:op`) that a lost one is found by?
    pub operation_tag: bool,
    /// What they hold in each place, where that is not the same in all: by account and region.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// What they hold in all places, where that is not the same as somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throughout: Option<Rights>,
    /// Did they sign in here with a name, so that they can sign out here?
    #[serde(default)]
    pub named: bool,
    /// Where they sign out, where a proxy signs people in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_out_url: Option<String>,
    /// May there be jobs to tell of? One that they may see goes on, or was started within the last day.
    pub jobs: bool,
}

impl Me {
    /// What they hold in a place.
    pub fn rights_in(&self, account: &str, region: &str) -> &Rights {
        let here = self.places.iter().find(|place| place.account == account && place.region == region);
        here.map_or(&self.rights, |place| &place.rights)
    }

    /// What they hold in all places.
    pub fn rights_throughout(&self) -> &Rights {
        self.throughout.as_ref().unwrap_or(&self.rights)
    }
}

/// What somebody holds in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The configured account.
    pub account: String,
    /// The region.
    pub region: String,
    /// There.
    pub rights: Rights,
}

/// An AWS account, as the configuration names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The configured name, as in URLs.
    pub name: String,
    /// Its 12 digits, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where an emulator plays it; absent for real AWS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint_url: Option<String>,
    /// The regions of IVS in use.
    pub regions: Vec<String>,
}
