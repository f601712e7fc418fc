//! What went wrong with a call, in two halves: what the browser may see, and the cause, which goes to the log once.

use contract::call::{CallFailure, Candidate};
use contract::{ApiError, Code};

/// Did the call change anything?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It did not: IVS refused it, or it never left.
    Refused,
    /// Nobody knows: the answer was lost after the request may have arrived.
    Unknown,
    /// Nobody will know: it was lost, and no reading tells of such a call.
    Never,
}

/// A call that did not succeed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// For the browser: IVS's code, message and request id, or ours.
    pub api: ApiError,
    /// Did it change anything? Meaningless for reads.
    pub certainty: Certainty,
    /// How often IVS was asked.
    pub attempts: u32,
    /// For the log: never shown, never a secret.
    pub cause: Option<String>,
    /// What a create that was lost may have made, where only a person can tell.
    pub candidates: Vec<Candidate>,
}

impl Failure {
    /// A refusal of ours: nothing was sent.
    pub fn refused(code: Code, message: impl Into<String>) -> Self {
        Self { api: ApiError::new(code, message), certainty: Certainty::Refused, attempts: 0, cause: None, candidates: Vec::new() }
    }

    /// A fault of our own; the cause is for the log.
    pub fn internal(cause: impl Into<String>) -> Self {
        let told = Self::refused(Code::Internal, "The console failed. Its log has the cause.");
        Self { cause: Some(cause.into()), ..told }
    }

    /// For the browser, where nothing was begun; the cause goes to the log.
    pub fn told(self) -> CallFailure {
        if let Some(cause) = &self.cause {
            tracing::error!(code = %self.api.code, cause, "a request failed before anything was begun");
        }
        CallFailure { error: self.api, receipt: None }
    }
}

impl From<contract::FieldErrors> for Failure {
    fn from(fields: contract::FieldErrors) -> Self {
        Self { api: fields.into(), ..Self::refused(Code::ValidationException, "") }
    }
}
