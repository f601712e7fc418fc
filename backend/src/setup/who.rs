//! Whose credentials these are, by STS.

use super::{Checked, finding};
use crate::ivs::classify::{chain, find};
use crate::ivs::size::AnswerLimit;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::config::http::HttpResponse;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::get_caller_identity::GetCallerIdentityError;
use contract::setup::{Finding, Verdict};
use std::time::Duration;

/// STS answers in milliseconds or not at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of an account's credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The digits of the expected account, or of any where none is expected.
    Known(String),
    /// AWS refuses them, or they are another account's.
    Refused,
    /// Nobody said.
    Unsaid,
}

/// Whose credentials are these?
pub(super) async fn identity(account: &Checked) -> (Finding, Who) {
    let what = format!("Credentials of {}", account.name);
    let config = aws_sdk_sts::config::Builder::from(&account.config).interceptor(AnswerLimit).build();
    let asked = aws_sdk_sts::Client::from_conf(config).get_caller_identity().send();
    let bad = |detail: String, advice: &str, who| (finding(&what, Verdict::Bad, detail, Some(advice)), who);
    match tokio::time::timeout(PATIENCE, asked).await {
        Err(_) => bad("AWS STS did not answer within 10 seconds.".to_owned(), NETWORK, Who::Unsaid),
        Ok(Err(error)) => {
            let (detail, advice, who) = failed(&error);
            bad(detail, advice, who)
        }
        Ok(Ok(identity)) => {
            let (id, arn) = (identity.account.unwrap_or_default(), identity.arn.unwrap_or_default());
            match &account.expected_id {
                Some(expected) if *expected != id => bad(
                    format!("They are {arn}'s, of account {id}; the configuration expects {expected}."),
                    "Nothing is changed in the wrong account: mend the credentials or expected_account_id.",
                    Who::Refused,
                ),
                Some(_) | None => (finding(&what, Verdict::Good, arn, None), Who::Known(id)),
            }
        }
    }
}

const NETWORK: &str = "Look at the network and the proxy between this console and AWS.";
const NONE: &str = "Give this console credentials: a role of the machine or task, a profile (aws sso login), or the environment.";

/// What went wrong, in the words of AWS where it has some. Never the error's `Debug`, which prints the whole answer.
fn failed(error: &SdkError<GetCallerIdentityError, HttpResponse>) -> (String, &'static str, Who) {
    let Some(answer) = error.raw_response() else {
        let missing = find::<CredentialsError>(error).is_some() || chain(error).contains("identity");
        return (chain(error), if missing { NONE } else { NETWORK }, Who::Unsaid);
    };
    let status = answer.status().as_u16();
    let detail = match (error.code(), error.message()) {
        (Some(code), Some(message)) => format!("{code}: {message}"),
        (Some(code), None) => code.to_owned(),
        (None, _) => format!("AWS STS answered HTTP {status}, and not why."),
    };
    if status >= 500 || status == 429 {
        return (detail, "AWS STS failed. It is asked again by itself; the AWS Health Dashboard shows known outages.", Who::Unsaid);
    }
    if error.code().is_none() {
        // A proxy or a captive portal refuses, too, and says nothing of the credentials.
        return (detail, NETWORK, Who::Unsaid);
    }
    let advice = match error.code() {
        Some("ExpiredToken" | "ExpiredTokenException") => "The credentials have expired. For a profile with SSO: aws sso login.",
        Some("InvalidClientTokenId" | "UnrecognizedClientException" | "SignatureDoesNotMatch") => {
            "AWS does not know these keys. Look at where they come from."
        }
        Some(_) | None => "Look at the role or the keys that this console uses.",
    };
    (detail, advice, Who::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_sts::error::ErrorMetadata;
    use aws_smithy_types::body::SdkBody;

    fn answered(status: u16, code: Option<&str>) -> Who {
        let mut metadata = ErrorMetadata::builder();
        if let Some(code) = code {
            metadata = metadata.code(code);
        }
        let response = HttpResponse::new(status.try_into().unwrap(), SdkBody::empty());
        failed(&SdkError::service_error(GetCallerIdentityError::generic(metadata.build()), response)).2
    }

    #[test]
    fn only_what_aws_says_refuses() {
        assert_eq!(answered(403, Some("InvalidClientTokenId")), Who::Refused);
        for (status, code) in [(403, None), (407, None), (429, Some("Throttling")), (500, Some("InternalFailure")), (503, None)] {
            assert_eq!(answered(status, code), Who::Unsaid, "{status} {code:?}");
        }
    }
}
