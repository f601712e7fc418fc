//! What a row of the journal says, before it is one.

use contract::access::{Permission, Rights};
use contract::call::Outcome;
use contract::{Code, Operation};
use serde_json::Value;
use std::fmt;
use std::net::IpAddr;
use uuid::Uuid;

/// The id of an intent: a UUID of version 7. Receipts name it, and creates may carry it as their operation tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IntentId(pub(crate) Uuid);

impl fmt::Display for IntentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for IntentId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.parse()?))
    }
}

/// What a row is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A change in the account.
    #[default]
    Change,
    /// A secret value on its way to a person.
    Secret,
    /// A sign-in or a sign-out.
    Auth,
    /// A denial.
    Authz,
    /// The configuration at start.
    Config,
    /// Care of the console itself: jobs, exports, verification.
    Admin,
}

impl Kind {
    /// As in the file and in the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Secret => "secret",
            Self::Auth => "auth",
            Self::Authz => "authz",
            Self::Config => "config",
            Self::Admin => "admin",
        }
    }
}

/// Who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// How they came in: `none`, `proxy-jwt`, `oidc`; `system` for the console itself.
    pub mode: String,
    /// Who vouches for them, where somebody does.
    pub issuer: Option<String>,
    /// Who, for the machine: the same person always has the same. `""` for nobody.
    pub subject: String,
    /// Who, for people.
    pub display: String,
    /// A hash of the session; never its cookie.
    pub session_hash: Option<String>,
    /// What they held at that moment; absent for who is not signed in.
    pub rights: Option<Rights>,
}

impl Actor {
    /// The console itself: at start, at reconciliation.
    pub fn system() -> Self {
        Self { mode: "system".to_owned(), subject: "tally".to_owned(), display: "Tally".to_owned(), ..Self::default() }
    }
}

/// What somebody is about to do, or did in one step. Nothing in it may be secret.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intent {
    /// What it is about.
    pub kind: Kind,
    /// The request's id, as in the log and in the answer.
    pub request_id: String,
    /// Who.
    pub actor: Actor,
    /// From where, by the trusted chain.
    pub client_ip: Option<IpAddr>,
    /// What their browser calls itself; cut to 200 bytes.
    pub user_agent: Option<String>,
    /// [`Operation::name`] or [`contract::own::Route::name`].
    pub operation: String,
    /// What it asks for.
    pub permission: Option<Permission>,
    /// What gave or refused it: a role, a grant, a rule of the configuration.
    pub rule: Option<String>,
    /// The account, by its configured name.
    pub account: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The ARNs it is about.
    pub targets: Vec<String>,
    /// The request's members that are allowed here.
    pub params: Value,
    /// What the person saw, where acting on anything else would be wrong.
    pub precondition: Option<String>,
    /// The resource before, secrets removed.
    pub before: Option<Value>,
    /// What it is meant to be after, secrets removed.
    pub after: Option<Value>,
    /// Tells two values of a secret apart without telling the value.
    pub secret_fingerprint: Option<String>,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// The idempotency key. Taken by the first intent of this person that carries it, for ever.
    pub key: Option<String>,
    /// SHA-256 of the request; required with a key: the same key with another request is refused.
    pub body_hash: Option<[u8; 32]>,
}

impl Intent {
    /// IVS's operation, where it is one.
    pub fn ivs_operation(&self) -> Option<Operation> {
        self.operation.parse().ok()
    }
}

/// Whether what an event tells of was let through.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// It was.
    Allowed,
    /// It was not, and why.
    Denied {
        /// The error's code.
        code: Code,
        /// In words.
        message: String,
    },
}

/// How an intent ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// Which way. `Unknown` may be followed by one more ending, once it is known.
    pub outcome: Outcome,
    /// Found out by reading, since no answer said it.
    pub reconciled: bool,
    /// The error's code, where there was one.
    pub code: Option<Code>,
    /// Its words.
    pub message: Option<String>,
    /// IVS's request id of each attempt that was answered.
    pub aws_request_ids: Vec<String>,
    /// How often IVS was asked.
    pub attempts: u32,
    /// How long it took, in milliseconds, waiting included.
    pub millis: u64,
    /// The ARNs that it made.
    pub targets: Vec<String>,
    /// The resource after, secrets removed.
    pub after: Option<Value>,
    /// The whole answer, secrets removed: whoever repeats the request with the same key gets it.
    pub result: Option<Value>,
}

impl Ending {
    /// An ending without details.
    pub const fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            reconciled: false,
            code: None,
            message: None,
            aws_request_ids: Vec::new(),
            attempts: 0,
            millis: 0,
            targets: Vec::new(),
            after: None,
            result: None,
        }
    }
}

/// What the journal knows of an idempotency key.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The intent that took it.
    pub intent: IntentId,
    /// SHA-256 of that request.
    pub body_hash: [u8; 32],
    /// How it ended; `None` while it is under way, or when the process died under it.
    pub ending: Option<Ending>,
}

/// An intent whose end is not known: to be looked up by reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Unresolved {
    /// Its id.
    pub id: IntentId,
    /// When it was asked, in microseconds since 1970.
    pub at: i64,
    /// What was asked.
    pub intent: Intent,
    /// The `Unknown` ending, if one was written; `None` if none was.
    pub ending: Option<Ending>,
    /// Is it of an earlier start of the process? If not, its own task may still be at work and will write its end.
    pub left_behind: bool,
}
