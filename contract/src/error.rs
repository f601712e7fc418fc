//! What can go wrong, by code: IVS's own eleven, the common ones of AWS, and ours. The code is carried, never folded
//! into the status: `RoleForbidden` (this person) is not `AccessDeniedException` (this console's AWS rights), and
//! `ChannelNotBroadcasting` is not `ResourceNotFoundException`, though their statuses agree.

use crate::constraint::FieldErrors;
use crate::open::open_enum;
use serde::{Deserialize, Serialize};

open_enum! {
    /// Which error. Codes that this build does not know come from AWS and show as themselves.
    Code {
        /// A member is outside its limits, or the request breaks a rule of IVS.
        ValidationException = "ValidationException",
        /// A quota is used up. HTTP 402.
        ServiceQuotaExceededException = "ServiceQuotaExceededException",
        /// The console's AWS credentials lack a right.
        AccessDeniedException = "AccessDeniedException",
        /// AWS is still verifying the account.
        PendingVerification = "PendingVerification",
        /// The channel is offline: the ordinary answer of GetStream.
        ChannelNotBroadcasting = "ChannelNotBroadcasting",
        /// There is no such resource.
        ResourceNotFoundException = "ResourceNotFoundException",
        /// The resource's state forbids it: live, attached, a duplicate.
        ConflictException = "ConflictException",
        /// Called too often. Any operation may answer it, declared or not.
        ThrottlingException = "ThrottlingException",
        /// IVS failed.
        InternalServerException = "InternalServerException",
        /// IVS cannot answer now.
        ServiceUnavailable = "ServiceUnavailable",
        /// The stream cannot be reached now.
        StreamUnavailable = "StreamUnavailable",

        /// AWS does not know the access key.
        UnrecognizedClientException = "UnrecognizedClientException",
        /// The signature does not fit.
        InvalidSignatureException = "InvalidSignatureException",
        /// The session token has expired.
        ExpiredTokenException = "ExpiredTokenException",
        /// The request was not signed.
        MissingAuthenticationTokenException = "MissingAuthenticationTokenException",
        /// The request names no operation of IVS.
        UnknownOperationException = "UnknownOperationException",

        /// Nobody is signed in.
        SignInRequired = "SignInRequired",
        /// This person's role or grants do not allow it.
        RoleForbidden = "RoleForbidden",
        /// The request did not come through the proxy that people sign in at, or not as that would send it.
        ProxyRefused = "ProxyRefused",
        /// The request did not come from the console's own page.
        CrossOrigin = "CrossOrigin",
        /// The `Host` is none that this console is reached by, or there is not exactly one.
        HostRefused = "HostRefused",
        /// The body is not declared as `application/json`.
        UnsupportedMediaType = "UnsupportedMediaType",
        /// The request is not one of ours: not JSON, not an object, an unknown member.
        MalformedRequest = "MalformedRequest",
        /// The body is larger than any request of ours.
        RequestTooLarge = "RequestTooLarge",
        /// The body did not arrive in time.
        RequestTimeout = "RequestTimeout",
        /// There is no such route, account or region.
        NotFound = "NotFound",
        /// This method is not for this route.
        MethodNotAllowed = "MethodNotAllowed",
        /// The state is not what the person saw.
        StateChanged = "StateChanged",
        /// What a job changes only while its channel is offline: the channel is live, and the job waits.
        StreamNotEnded = "StreamNotEnded",
        /// The answer of a change was lost; it was looked up, and this is the last word on it.
        LookedUp = "LookedUp",
        /// The idempotency key was used for another request.
        KeyReused = "KeyReused",
        /// Too much is waiting for IVS's call rate already.
        Busy = "Busy",
        /// This person asks more often than people do, or has asked for many secret values at once a moment ago.
        TooManyRequests = "TooManyRequests",
        /// The console itself answers too many requests at once already.
        Overloaded = "Overloaded",
        /// The console is starting or its account check failed; nothing is changed until it passes.
        NotReady = "NotReady",
        /// The journal cannot be written, so nothing is changed and no secret is shown.
        JournalUnavailable = "JournalUnavailable",
        /// There are no AWS credentials.
        CredentialsMissing = "CredentialsMissing",
        /// No answer within the deadline.
        UpstreamTimeout = "UpstreamTimeout",
        /// IVS could not be reached.
        UpstreamUnreachable = "UpstreamUnreachable",
        /// The answer was not one of IVS's.
        UpstreamUnreadable = "UpstreamUnreadable",
        /// A change whose end is not known. Nothing is sent twice; it is being looked up.
        OutcomeUnknown = "OutcomeUnknown",
        /// A fault of the console's own.
        Internal = "Internal",
    }
}

impl Code {
    /// IVS's own errors by the letters of the table.
    pub(crate) fn from_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'A' => Self::AccessDeniedException,
            'B' => Self::ChannelNotBroadcasting,
            'C' => Self::ConflictException,
            'I' => Self::InternalServerException,
            'P' => Self::PendingVerification,
            'Q' => Self::ServiceQuotaExceededException,
            'R' => Self::ResourceNotFoundException,
            'S' => Self::StreamUnavailable,
            'T' => Self::ThrottlingException,
            'U' => Self::ServiceUnavailable,
            'V' => Self::ValidationException,
            _ => return None,
        })
    }

    /// The HTTP status it is answered with, by IVS, by the emulator and by the backend.
    pub const fn status(&self) -> u16 {
        match self {
            Self::ValidationException | Self::MalformedRequest => 400,
            Self::SignInRequired => 401,
            Self::ServiceQuotaExceededException => 402,
            Self::AccessDeniedException
            | Self::PendingVerification
            | Self::UnrecognizedClientException
            | Self::InvalidSignatureException
            | Self::ExpiredTokenException
            | Self::MissingAuthenticationTokenException
            | Self::RoleForbidden
            | Self::ProxyRefused
            | Self::CrossOrigin => 403,
            Self::ChannelNotBroadcasting | Self::ResourceNotFoundException | Self::UnknownOperationException | Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::ConflictException | Self::LookedUp | Self::StreamNotEnded => 409,
            Self::StateChanged => 412,
            Self::RequestTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::HostRefused => 421,
            Self::KeyReused => 422,
            Self::ThrottlingException | Self::Busy | Self::TooManyRequests => 429,
            Self::InternalServerException | Self::Internal => 500,
            Self::UpstreamUnreachable | Self::UpstreamUnreadable | Self::Unknown(_) => 502,
            Self::ServiceUnavailable
            | Self::StreamUnavailable
            | Self::Overloaded
            | Self::NotReady
            | Self::JournalUnavailable
            | Self::CredentialsMissing => 503,
            Self::UpstreamTimeout | Self::OutcomeUnknown => 504,
        }
    }
}

/// An error as it crosses to the browser: nothing in it is secret, and nothing of the cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// Which.
    pub code: Code,
    /// In words; IVS's own where it is IVS's error.
    pub message: String,
    /// IVS's request id, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The members it is about.
    #[serde(default, skip_serializing_if = "no_fields")]
    pub fields: FieldErrors,
    /// Seconds after which it is worth trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

fn no_fields(fields: &FieldErrors) -> bool {
    fields.0.is_empty()
}

impl ApiError {
    /// An error of ours, with its sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), request_id: None, fields: FieldErrors::default(), retry_after: None }
    }
}

impl From<FieldErrors> for ApiError {
    fn from(fields: FieldErrors) -> Self {
        Self { fields: fields.clone(), ..Self::new(Code::ValidationException, fields.to_string()) }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}
