//! What went wrong, in words for the person who sees it: what happened, what it means here, what to do next.

use contract::call::Candidate;
use contract::{ApiError, Code, FieldErrors};

/// A failure, ready to be shown. It is shown once: in place where something failed to load, at its fields and in the
/// footer of a form, or as a message that stays where an action failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// What happened, in a few words.
    pub(crate) title: &'static str,
    /// IVS's or the console's own sentence about this very case.
    pub(crate) detail: String,
    /// The next step.
    pub(crate) advice: &'static str,
    /// Which error; `None` where no answer came that is ours.
    pub(crate) code: Option<Code>,
    /// IVS's request id, to give to AWS's support.
    pub(crate) request_id: Option<String>,
    /// The members of the request that it is about.
    pub(crate) fields: FieldErrors,
    /// Can the very same request succeed later?
    pub(crate) retryable: bool,
    /// Seconds after which that is worth trying.
    pub(crate) retry_after: Option<u32>,
}

impl Problem {
    /// No answer: the network, or the backend is not running.
    pub(crate) fn network(detail: &str) -> Self {
        Self::without_code(
            "The console does not answer",
            detail.to_owned(),
            "Look whether this computer is online and the console is running.",
        )
    }

    /// An answer that is none of ours: something between the browser and the backend gave it.
    pub(crate) fn not_ours(status: u16) -> Self {
        Self::without_code("The answer did not come from the console", format!("HTTP {status}"), "A proxy in between may have answered.")
    }

    /// A part of the app that did not come.
    pub(crate) fn part() -> Self {
        Self::without_code(
            "This part of the console could not be loaded",
            "The rest of it still works.".to_owned(),
            "Try again. If that does not help, load the whole page again: the console may have been replaced by another version.",
        )
    }

    fn without_code(title: &'static str, detail: String, advice: &'static str) -> Self {
        let fields = FieldErrors::default();
        Self { title, detail, advice, code: None, request_id: None, fields, retryable: true, retry_after: None }
    }

    /// What the request got wrong, before it was sent.
    pub(crate) fn invalid(fields: FieldErrors) -> Self {
        ApiError::from(fields).into()
    }

    /// Does it say the same, but for the id of the request?
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        (self.title, &self.detail, &self.code, &self.fields) == (other.title, &other.detail, &other.code, &other.fields)
    }

    /// Is the server looking up whether the change was made?
    pub(crate) fn is_unknown(&self) -> bool {
        self.code == Some(Code::OutcomeUnknown)
    }

    /// Can it not be said whether a change was made?
    pub(crate) fn uncertain(&self) -> bool {
        matches!(self.code, None | Some(Code::OutcomeUnknown | Code::UpstreamTimeout))
    }

    /// The same, of a change that cannot be looked up: that it was tried says nothing.
    pub(crate) fn untold(&self) -> bool {
        self.uncertain() || self.code == Some(Code::LookedUp)
    }
}

impl Problem {
    /// Adds what a lost create may have made, for the person to look at.
    pub(crate) fn with_candidates(mut self, candidates: &[Candidate]) -> Self {
        for Candidate { arn, name } in candidates {
            self.detail.push_str(&format!("\n{} {arn}", name.as_deref().unwrap_or_default()));
        }
        self
    }
}

impl From<ApiError> for Problem {
    fn from(error: ApiError) -> Self {
        let (title, advice, retryable) = words(&error.code);
        let ApiError { code, message, request_id, fields, retry_after } = error;
        // IVS's own refusal names no member: nothing is marked then.
        let advice = if code == Code::ValidationException && fields.0.is_empty() { "Its message says why." } else { advice };
        Self { title, detail: message, advice, code: Some(code), request_id, fields, retryable, retry_after }
    }
}

/// What happened, the next step, and whether trying again can help.
fn words(code: &Code) -> (&'static str, &'static str, bool) {
    match code {
        Code::ValidationException => ("IVS does not take these values", "Change what is marked, then send it again.", false),
        Code::ServiceQuotaExceededException => {
            ("A quota of this AWS account is used up", "Delete what is not needed, or ask AWS for more in Service Quotas.", false)
        }
        Code::AccessDeniedException => (
            "This console's AWS credentials may not do this",
            "This is not about your role, but about what the console itself may do in AWS.",
            false,
        ),
        Code::PendingVerification => ("AWS is still verifying this account", "AWS writes to the account's owner when it is done.", true),
        Code::ChannelNotBroadcasting => ("The channel is offline", "Start the encoder, then look again.", true),
        Code::ResourceNotFoundException => ("It is not there", "It may have been deleted. Go back to the list.", false),
        Code::ConflictException => ("Its state does not allow this now", "What is in its way has to end or to go first.", false),
        Code::ThrottlingException => ("IVS was called too often", "Others use the same call rate. Wait a moment, then try again.", true),
        Code::InternalServerException => ("IVS failed", "Try again. If it stays, give the request id to AWS's support.", true),
        Code::ServiceUnavailable => ("IVS cannot answer now", "Try again in a minute. AWS Health shows known outages.", true),
        Code::StreamUnavailable => ("IVS cannot reach the stream now", "Try again in a moment.", true),
        Code::UnrecognizedClientException
        | Code::InvalidSignatureException
        | Code::ExpiredTokenException
        | Code::MissingAuthenticationTokenException
        | Code::CredentialsMissing => credentials(code),
        Code::UnknownOperationException => {
            ("IVS does not know this operation", "The console and the region may be of different versions.", false)
        }
        Code::SignInRequired => ("You are signed out", "Open the address that the console printed when it started.", false),
        Code::RoleForbidden => ("Your role does not allow this", "Ask whoever runs this console for the role it names.", false),
        Code::ProxyRefused => (
            "The console was not reached through its proxy",
            "Open the address that people sign in at. Whoever runs the console finds in its log what the proxy should send.",
            false,
        ),
        Code::CrossOrigin => {
            ("The request was not accepted as the console's own", "Load the page again from the console's own address.", false)
        }
        Code::MalformedRequest | Code::RequestTooLarge | Code::UnsupportedMediaType | Code::MethodNotAllowed => {
            ("The console did not understand the request", "Load the page again: it may be of another version than the console.", false)
        }
        Code::RequestTimeout => ("The request did not reach the console in time", "Nothing was done. Try again.", true),
        Code::NotFound => ("There is no such account, region or page", "Choose another account or region above.", false),
        Code::StateChanged => ("It has changed since you looked", "Look at it again before you decide.", false),
        Code::StreamNotEnded => ("The channel is live", "It is done when the stream ends.", false),
        Code::LookedUp => ("The answer was lost, so it was looked up", "Look at what is there before you do it again.", false),
        Code::KeyReused => ("This request was sent before with other content", "Load the page again, then repeat the change.", false),
        Code::HostRefused => (
            "The console is not meant to be reached by this name",
            "Use the address it printed, or allow this one with `--allow-host`.",
            false,
        ),
        Code::Overloaded => ("The console has too much to do", "Try again in a few seconds.", true),
        Code::Busy => ("Too many calls are waiting for IVS", "Try again in a few seconds.", true),
        Code::TooManyRequests => ("You ask too often", "Its message says why.", true),
        Code::NotReady => ("The console is not ready for changes", "The Set-up page says what is missing.", true),
        Code::JournalUnavailable => {
            ("The journal cannot be written", "Nothing is changed and no secret shown without it. Look at the disk of the console.", true)
        }
        Code::UpstreamTimeout => ("IVS did not answer in time", "Try again.", true),
        Code::UpstreamUnreachable => ("IVS cannot be reached", "Look at the network of the machine that the console runs on.", true),
        Code::UpstreamUnreadable => {
            ("The answer cannot be read", "Load the page again. If it stays, something in between changes answers.", true)
        }
        Code::OutcomeUnknown => ("It is not known whether it was done", "Stay here: as soon as more is known it is shown.", false),
        Code::Internal => ("The console failed", "Its log says why, under the request id.", true),
        Code::Unknown(_) => ("AWS refused", "Its message says why.", false),
    }
}

/// The console's own credentials: what is wrong differs, where to mend it does not.
fn credentials(code: &Code) -> (&'static str, &'static str, bool) {
    let title = if matches!(code, Code::CredentialsMissing) {
        "The console has no AWS credentials"
    } else if matches!(code, Code::ExpiredTokenException) {
        "The console's AWS credentials have expired"
    } else {
        "AWS does not accept the console's credentials"
    };
    (title, "Renew them where the console runs, such as with `aws sso login`. The Set-up page checks again.", true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_title_and_a_next_step() {
        for code in Code::KNOWN {
            let problem = Problem::from(ApiError::new(code.clone(), "because"));
            assert!(!problem.title.is_empty() && problem.advice.ends_with('.'), "{code}");
            assert_eq!(problem.detail, "because");
        }
    }

    #[test]
    fn your_role_and_the_consoles_rights_read_differently() {
        assert_ne!(words(&Code::RoleForbidden).0, words(&Code::AccessDeniedException).0);
        assert_ne!(words(&Code::ChannelNotBroadcasting).0, words(&Code::ResourceNotFoundException).0);
    }

    #[test]
    fn what_is_marked_is_spoken_of_only_where_something_is() {
        let refused = |fields| Problem::from(ApiError { fields, ..ApiError::new(Code::ValidationException, "Bucket: there is none") });
        assert!(refused(FieldErrors::one("name", "Is required.".to_owned())).advice.contains("marked"));
        assert!(!refused(FieldErrors::default()).advice.contains("marked"));
    }

    #[test]
    fn what_a_lost_create_may_have_made_is_shown() {
        let candidate = |name: &str| Candidate { arn: format!("arn:{name}"), name: Some(name.to_owned()) };
        let problem = Problem::from(ApiError::new(Code::OutcomeUnknown, "Lost."));
        assert_eq!(problem.with_candidates(&[candidate("a"), candidate("b")]).detail, "Lost.\na arn:a\nb arn:b");
    }

    #[test]
    fn a_code_of_tomorrow_shows_itself() {
        let problem = Problem::from(ApiError::new(Code::from("NewException"), "new"));
        assert_eq!(problem.code.map(|code| code.to_string()), Some("NewException".to_owned()));
    }
}
