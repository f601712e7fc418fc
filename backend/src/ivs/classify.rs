//! What the SDK's error means: which code and sentence the person gets, and whether a change may have happened.
//!
//! Errors are told apart by their code as text: most operations do not declare throttling or expired tokens, and what is
//! not declared arrives without a type (`docs/ivs-behaviour.md` 0, line 6).

use super::size::LARGEST_ANSWER;
use crate::error::{Certainty, Failure};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ivs::config::http::HttpResponse;
use aws_sdk_ivs::error::{ProvideErrorMetadata, SdkError};
use contract::{ApiError, Code, Open, Operation};
use http_body_util::LengthLimitError;
use std::error::Error;

/// What is known of a call that failed, free of the SDK's types: one function for all 46, not 46 copies of it.
struct Fault<'a> {
    operation: Operation,
    attempts: u32,
    how: How,
    answer: Option<Answered<'a>>,
}

/// How a call failed, as far as the SDK says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// It never left: there are no credentials to sign it with. `sso`: they come from a sign-in that is over.
    NoCredentials { sso: bool },
    /// It never left: it could not be built.
    NotBuilt,
    /// It never left: no connection came about.
    NotConnected,
    /// No answer in time.
    Hung,
    /// The connection broke before the answer was there.
    Broke,
    /// The answer is longer than any of IVS's.
    Endless,
    /// Something answered, but not with a reply or an error of IVS.
    Unreadable,
    /// IVS answered with an error.
    Answered,
}

/// What IVS, or something in its place, answered.
struct Answered<'a> {
    status: u16,
    code: Option<&'a str>,
    message: Option<String>,
    request_id: Option<String>,
    retry_after: Option<u32>,
    /// Is the body what IVS could have written: JSON, or nothing at all? A proxy writes HTML.
    plain: bool,
}

/// Turns what the SDK says into a failure. `attempts`: how often the call was put on the wire.
pub(crate) fn failure<E>(operation: Operation, error: &SdkError<E, HttpResponse>, attempts: u32) -> Failure
where
    E: Error + ProvideErrorMetadata + 'static,
{
    let answer = error.raw_response().map(|raw| Answered::read(raw, error.code(), error.message()));
    let how = match error {
        SdkError::ConstructionFailure(_) => unsent(error),
        SdkError::TimeoutError(_) => How::Hung,
        SdkError::DispatchFailure(_) if attempts == 0 => unsent(error),
        SdkError::DispatchFailure(_) if never_connected(error) => How::NotConnected,
        SdkError::DispatchFailure(dispatch) if dispatch.is_timeout() => How::Hung,
        // A body that stopped flowing ends here too.
        SdkError::ResponseError(_) if chain(error).contains("minimum throughput") => How::Hung,
        SdkError::ResponseError(_) if find::<LengthLimitError>(error).is_some() => How::Endless,
        SdkError::ResponseError(_) => How::Unreadable,
        SdkError::ServiceError(_) => answer.as_ref().map_or(How::Unreadable, Answered::how),
        // The SDK's own enumeration, which may grow.
        SdkError::DispatchFailure(_) | _ => How::Broke,
    };
    let cause = Some(chain(error));
    Fault { operation, attempts, how, answer }.failure(cause)
}

/// Why a call never left.
fn unsent(error: &(dyn Error + 'static)) -> How {
    let Some(credentials) = find::<CredentialsError>(error) else {
        return if chain(error).contains("identity") { How::NoCredentials { sso: false } } else { How::NotBuilt };
    };
    // Only the text says that it was the sign-in: the types of these errors are private to the SDK.
    let text = format!("{} {credentials:?}", chain(error));
    How::NoCredentials { sso: ["SSO", "Sso", "UnauthorizedException"].iter().any(|word| text.contains(word)) }
}

/// Did the connection never come about (name, route, refusal, TLS)? Then nothing was sent. The SDK itself does not tell
/// this from a connection that broke after the request was sent; hyper does.
fn never_connected(error: &(dyn Error + 'static)) -> bool {
    find::<hyper_util::client::legacy::Error>(error).is_some_and(hyper_util::client::legacy::Error::is_connect)
}

pub(crate) fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

/// The error and its causes, for the log. Never their `Debug`: that of an answer prints its body.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let causes: Vec<String> = std::iter::successors(Some(error), |&error| error.source()).map(ToString::to_string).collect();
    causes.join(": ")
}

impl<'a> Answered<'a> {
    fn read(raw: &'a HttpResponse, code: Option<&'a str>, message: Option<&'a str>) -> Self {
        let body = raw.body().bytes().unwrap_or_default();
        let json = serde_json::from_slice::<serde_json::Value>(body).ok();
        let header = |name| raw.headers().get(name);
        // IVS's model names the text `exceptionMessage`, and the SDK reads only `message`.
        let text = |member| json.as_ref().and_then(|json| json.get(member)).and_then(|text| text.as_str()).map(str::to_owned);
        Self {
            status: raw.status().as_u16(),
            code,
            message: message
                .map(str::to_owned)
                .or_else(|| text("exceptionMessage"))
                .or_else(|| text("Message"))
                .filter(|text| !text.is_empty()),
            request_id: header("x-amzn-requestid").map(str::to_owned),
            retry_after: header("retry-after").and_then(|seconds| seconds.parse().ok()),
            plain: body.is_empty() || json.is_some(),
        }
    }

    /// An error of IVS, or something unreadable in its place: a reply that does not parse, a proxy's page.
    fn how(&self) -> How {
        if self.status >= 400 && (self.code.is_some() || self.plain || self.status == 429) { How::Answered } else { How::Unreadable }
    }

    /// The code it stands for.
    fn meaning(&self) -> Code {
        match (self.code, self.status) {
            (Some(code), _) => known(code),
            // Not IVS, which names its error: something before it. Refused all the same, and not sent again by the governor.
            (None, 429) => Code::Busy,
            (None, 503) => Code::ServiceUnavailable,
            (None, 500..) => Code::InternalServerException,
            (None, _) => Code::UpstreamUnreadable,
        }
    }
}

/// The codes that IVS's model declares for at least one operation, and those that every AWS service may answer, with the
/// sentence that tells what to do. It stands beside AWS's own words, which seldom do.
static AWS: [(Code, &str); 17] = [
    (Code::ValidationException, "IVS refused the request as invalid."),
    (Code::ServiceQuotaExceededException, "A quota of this AWS account is used up. Delete what is no longer needed, or ask AWS for more."),
    // Its sentence names the missing right: `denied`.
    (Code::AccessDeniedException, ""),
    (Code::PendingVerification, "AWS is still verifying this account. Try again later, or ask AWS Support."),
    (Code::ChannelNotBroadcasting, "The channel is offline."),
    (Code::ResourceNotFoundException, "There is no such resource in this account and region."),
    (Code::ConflictException, "The state of the resource does not allow it now."),
    (Code::ThrottlingException, "IVS is called too often in this account and region. Try again in a few seconds."),
    (Code::Busy, "Something between this console and IVS takes no more calls now. Try again in a few seconds."),
    (Code::InternalServerException, "IVS failed."),
    (Code::ServiceUnavailable, "IVS cannot answer now."),
    (Code::StreamUnavailable, "IVS cannot reach the stream now."),
    (
        Code::UnrecognizedClientException,
        "AWS does not know the console's access key. Was it deleted or switched off? Give the console valid credentials.",
    ),
    (
        Code::InvalidSignatureException,
        "AWS refuses the console's signature. Check its secret access key, and the clock of the machine it runs on.",
    ),
    (
        Code::ExpiredTokenException,
        "The console's AWS session has expired. Renew its credentials (for a profile of IAM Identity Center: `aws sso login`).",
    ),
    (Code::MissingAuthenticationTokenException, "AWS saw no signature. Does a proxy between the console and AWS remove headers?"),
    (
        Code::UnknownOperationException,
        "What answers in place of IVS does not know this operation. Check the configured endpoint and region.",
    ),
];

const NOT_CONNECTED: &str =
    "The console cannot connect to IVS, so nothing was sent. Check its network, name resolution and proxy settings, then try again.";
const SIGNED_OUT: &str =
    "The console's AWS sign-in is over. Run `aws sso login` for its profile on the machine it runs on, then try again.";
const NO_CREDENTIALS: &str = "The console has no AWS credentials. Give it some (the environment, a profile, `aws sso login`, or a role of \
                              the machine), then try again.";

/// What to do when an answer is lost or says nothing. What is known of a change, and what is done about it, is said by
/// whoever made it.
fn next(operation: Operation) -> &'static str {
    if operation.reads() { "Try again; if it stays so, see the AWS Health Dashboard." } else { "Whether it was done is not known." }
}

/// With a full stop, which AWS leaves out here and there: more sentences follow.
fn sentence(said: &str) -> String {
    if said.ends_with(['.', '!', '?']) { said.to_owned() } else { format!("{said}.") }
}

/// The code by its name. Other AWS services, and older ones, name the same things differently.
fn known(code: &str) -> Code {
    let name = match code {
        "AccessDenied" => "AccessDeniedException",
        "ExpiredToken" | "RequestExpired" => "ExpiredTokenException",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "SignatureDoesNotMatch" | "IncompleteSignature" | "IncompleteSignatureException" | "RequestTimeTooSkewed" => {
            "InvalidSignatureException"
        }
        "MissingAuthenticationToken" => "MissingAuthenticationTokenException",
        "Throttling" | "ThrottledException" | "TooManyRequestsException" | "RequestLimitExceeded" | "SlowDown" => "ThrottlingException",
        "InternalFailure" | "InternalServerError" | "InternalError" => "InternalServerException",
        "ServiceUnavailableException" => "ServiceUnavailable",
        other => other,
    };
    let code = Code::from(name);
    // Codes of ours mean something else in the browser than an answer from outside can mean.
    if code.known() && advice(&code).is_none() { Code::UpstreamUnreadable } else { code }
}

fn advice(code: &Code) -> Option<&'static str> {
    AWS.iter().find(|(known, _)| known == code).map(|(_, sentence)| *sentence)
}

impl Fault<'_> {
    fn failure(self, cause: Option<String>) -> Failure {
        let (code, message) = self.words();
        let answer = self.answer.as_ref();
        let retry_after =
            answer.and_then(|answer| answer.retry_after).or(matches!(code, Code::ThrottlingException | Code::Busy).then_some(1));
        let request_id = answer.and_then(|answer| answer.request_id.clone());
        let certainty = self.certainty();
        let api = ApiError { request_id, retry_after, ..ApiError::new(code, message) };
        Failure { api, certainty, attempts: self.attempts, cause, candidates: Vec::new() }
    }

    fn words(&self) -> (Code, String) {
        let operation = self.operation;
        let status = self.answer.as_ref().map_or(0, |answer| answer.status);
        match self.how {
            How::NoCredentials { sso: true } => (Code::CredentialsMissing, SIGNED_OUT.to_owned()),
            How::NoCredentials { sso: false } => (Code::CredentialsMissing, NO_CREDENTIALS.to_owned()),
            How::NotBuilt => (Code::Internal, format!("The console could not send {operation}. Its log says why.")),
            How::NotConnected => (Code::UpstreamUnreachable, NOT_CONNECTED.to_owned()),
            How::Hung => (Code::UpstreamTimeout, format!("IVS did not answer {operation} in time. {}", next(operation))),
            How::Broke => {
                (Code::UpstreamUnreachable, format!("The connection to IVS broke before it answered {operation}. {}", next(operation)))
            }
            How::Endless => (
                Code::UpstreamUnreadable,
                format!(
                    "What answered {operation} is longer than {} MiB, so it is not a reply of IVS and was not read to its end. Is there a \
                     proxy in between? Check the endpoint.",
                    LARGEST_ANSWER >> 20
                ),
            ),
            How::Unreadable => (
                Code::UpstreamUnreadable,
                format!(
                    "What answered {operation} (HTTP {status}) is not a reply of IVS. Is there a proxy in between? Check the endpoint."
                ),
            ),
            How::Answered => self.answered(),
        }
    }

    /// IVS's own words where it has some; ours where they do not say what to do.
    fn answered(&self) -> (Code, String) {
        let Some(answer) = &self.answer else { return (Code::UpstreamUnreadable, String::new()) };
        let code = answer.meaning();
        let said = answer.message.as_deref();
        let advice = match advice(&code) {
            Some("") => denied(self.operation, said),
            Some(sentence) if answer.status >= 500 => format!("{sentence} {}", next(self.operation)),
            Some(sentence) => sentence.to_owned(),
            None => format!("IVS refused {}: {} (HTTP {}).", self.operation, answer.code.unwrap_or("no code"), answer.status),
        };
        let message = match said {
            // IVS speaks of what the person asked for: nothing to add. Of all else it says too little to act on.
            Some(said)
                if self.operation.errors().any(|declared| declared == code)
                    && code.status() < 500
                    && code != Code::AccessDeniedException =>
            {
                said.to_owned()
            }
            Some(said) => format!("{advice} AWS says: {}", sentence(said)),
            None => advice,
        };
        (code, message)
    }

    /// Did it change anything? No, only where that is certain: it never left, or IVS refused it by a code we know, or
    /// throttled it. In doubt unknown.
    fn certainty(&self) -> Certainty {
        match (self.how, &self.answer) {
            _ if self.attempts == 0 => Certainty::Refused,
            (How::NoCredentials { .. } | How::NotBuilt | How::NotConnected, _) => Certainty::Refused,
            (How::Answered, Some(answer)) if answer.status == 429 => Certainty::Refused,
            (How::Answered, Some(answer)) if answer.status < 500 && answer.code.is_some() && advice(&answer.meaning()).is_some() => {
                Certainty::Refused
            }
            (How::Hung | How::Broke | How::Endless | How::Unreadable | How::Answered, _) => Certainty::Unknown,
        }
    }
}

/// Which right the console's credentials lack. A create with tags may lack `ivs:TagResource` instead, and recording
/// rights of S3; then AWS names it.
fn denied(operation: Operation, said: Option<&str>) -> String {
    let action = said
        .and_then(|said| said.split_once("not authorized to perform: "))
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .map(|action| action.trim_end_matches([',', '.', ';']))
        .filter(|action| action.contains(':'))
        .map_or_else(|| format!("ivs:{operation}"), str::to_owned);
    format!("The console's AWS credentials lack the IAM action {action}. Allow it to them, then try again.")
}
