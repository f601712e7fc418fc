//! STS, as far as a console asks it: GetCallerIdentity and AssumeRole, form-encoded in, XML out.

use crate::clock::{Millis, SECOND, rfc3339};
use crate::id::Ids;
use crate::settings::Settings;
use crate::sign::{self, Signed};
use crate::wire::{Reply, Request, pairs};
use contract::{ApiError, Code};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use std::collections::BTreeMap;

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// What AssumeRole gave, by access key.
#[derive(Debug, Default)]
pub(crate) struct Sessions(BTreeMap<String, Session>);

/// A role that was assumed.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) account: String,
    pub(crate) secret: String,
    pub(crate) token: String,
    pub(crate) expires: Millis,
    arn: String,
    id: String,
}

impl Sessions {
    pub(crate) fn find(&self, key: &str) -> Option<&Session> {
        self.0.get(key)
    }
}

/// Answers a request to STS.
pub(crate) fn answer(
    (sessions, ids): &mut (&mut Sessions, &mut Ids),
    settings: &Settings,
    now: Millis,
    request: &Request,
    request_id: &str,
) -> Reply {
    let form: BTreeMap<String, String> = pairs(&String::from_utf8_lossy(request.body())).collect();
    let action = form.get("Action").map(String::as_str).unwrap_or_default();
    let answer = sign::check(request, "sts", settings, sessions, now).and_then(|signed| match action {
        "GetCallerIdentity" => Ok(identity(sessions, &signed)),
        "AssumeRole" => assume(sessions, ids, &form, now),
        other => Err(ApiError::new(Code::from("InvalidAction"), format!("Could not find operation {other} for version 2011-06-15"))),
    });
    match answer {
        Ok(result) => xml(
            200,
            format!(
                "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
            ),
            request_id,
        ),
        Err(error) => refusal(&error, request_id),
    }
}

fn identity(sessions: &Sessions, signed: &Signed) -> String {
    let (arn, id) = match sessions.find(&signed.key) {
        Some(session) => (session.arn.clone(), session.id.clone()),
        None => (format!("arn:aws:iam::{}:user/emulator", signed.account), "AIDAEMULATOREXAMPLE01".to_owned()),
    };
    format!("<Arn>{}</Arn><UserId>{}</UserId><Account>{}</Account>", escape(&arn), escape(&id), signed.account)
}

/// Gives keys that act in the account of the role.
fn assume(sessions: &mut Sessions, ids: &mut Ids, form: &BTreeMap<String, String>, now: Millis) -> Result<String, ApiError> {
    let required = |name: &str| {
        let value = form.get(name).filter(|value| !value.is_empty());
        value.cloned().ok_or_else(|| {
            ApiError::new(
                Code::from("ValidationError"),
                format!("1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null"),
            )
        })
    };
    let (role, name) = (required("RoleArn")?, required("RoleSessionName")?);
    let parsed = role.strip_prefix("arn:aws:iam::").and_then(|rest| rest.split_once(":role/"));
    let parsed = parsed.filter(|(account, _)| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()));
    let (account, path) = parsed.ok_or_else(|| ApiError::new(Code::from("ValidationError"), format!("{role} is invalid")))?;
    let seconds = form.get("DurationSeconds").map_or(Ok(3_600), |text| text.parse::<Millis>());
    let seconds = seconds.ok().filter(|seconds| (900..=43_200).contains(seconds));
    let seconds = seconds.ok_or_else(|| ApiError::new(Code::from("ValidationError"), "DurationSeconds must be between 900 and 43200"))?;

    let (key, secret, token) = (format!("ASIA{}", ids.alnum(16).to_uppercase()), ids.alnum(40), ids.alnum(180));
    let id = format!("AROA{}:{name}", ids.alnum(17).to_uppercase());
    let role_name = path.rsplit('/').next().unwrap_or(path);
    let arn = format!("arn:aws:sts::{account}:assumed-role/{role_name}/{name}");
    let expires = now + seconds * SECOND;
    let reply = format!(
        "<AssumedRoleUser><AssumedRoleId>{id}</AssumedRoleId><Arn>{arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey><SessionToken>{token}</SessionToken><Expiration>{}</Expiration></Credentials>",
        rfc3339(expires),
        id = escape(&id),
        arn = escape(&arn),
    );
    sessions.0.insert(key, Session { account: account.to_owned(), secret, token, expires, arn, id });
    Ok(reply)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// STS has its own names for what is refused, and statuses in the query protocol.
pub(crate) fn refusal(error: &ApiError, request_id: &str) -> Reply {
    let (code, status) = match error.code.as_str() {
        "UnrecognizedClientException" => ("InvalidClientTokenId", 403),
        "MissingAuthenticationTokenException" => ("MissingAuthenticationToken", 403),
        "InvalidSignatureException" => ("SignatureDoesNotMatch", 403),
        "ExpiredTokenException" => ("ExpiredToken", 403),
        "AccessDeniedException" => ("AccessDenied", 403),
        "ThrottlingException" => ("Throttling", 400),
        "IncompleteSignatureException" => ("IncompleteSignature", 400),
        other => (other, 400),
    };
    let message = escape(&error.message);
    let body = format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    );
    xml(status, body, request_id)
}

fn xml(status: u16, body: String, request_id: &str) -> Reply {
    let mut reply = Reply::new(body.into_bytes());
    *reply.status_mut() = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        reply.headers_mut().insert("x-amzn-requestid", id);
    }
    reply
}
