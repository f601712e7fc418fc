//! Who asks, and where: Signature Version 4, as AWS checks it.
//!
//! The region comes from the credential scope. Where keys are configured, the signature is verified; otherwise it must
//! only be whole.

use crate::choices::INCOMPLETE_SIGNATURE;
use crate::clock::Millis;
use crate::settings::Settings;
use crate::sts::Sessions;
use crate::wire::Request;
use contract::{ApiError, Code};

/// Who asks, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signed {
    pub(crate) account: String,
    pub(crate) region: String,
    /// The access key's id.
    pub(crate) key: String,
}

/// The parts of an `Authorization` header.
pub(crate) struct Parts<'a> {
    pub(crate) key: &'a str,
    pub(crate) date: &'a str,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) headers: &'a str,
    pub(crate) signature: &'a str,
}

fn incomplete(message: &str) -> ApiError {
    ApiError::new(Code::from(INCOMPLETE_SIGNATURE.0), message)
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(Code::InvalidSignatureException, message)
}

/// Reads who asks; refuses as AWS refuses.
pub(crate) fn check(request: &Request, service: &str, settings: &Settings, sessions: &Sessions, now: Millis) -> Result<Signed, ApiError> {
    // A signature in the query is not taken: no client of IVS sends one.
    let header = request.headers().get(http::header::AUTHORIZATION);
    let header = header.ok_or_else(|| ApiError::new(Code::MissingAuthenticationTokenException, "Missing Authentication Token"))?;
    let parts = read(header.to_str().unwrap_or_default())?;
    if !contract::region::known(parts.region) {
        return Err(invalid(format!("Credential should be scoped to a valid region, not '{}'.", parts.region)));
    }
    if parts.service != service {
        return Err(invalid(format!("Credential should be scoped to correct service: '{service}'.")));
    }
    let session = sessions.find(parts.key);
    if session.is_some_and(|session| session.expires <= now) {
        return Err(ApiError::new(Code::ExpiredTokenException, "The security token included in the request is expired"));
    }
    if let Some(keys) = &settings.keys {
        let unknown = || ApiError::new(Code::UnrecognizedClientException, "The security token included in the request is invalid.");
        let token = request.headers().get("x-amz-security-token").and_then(|token| token.to_str().ok());
        if session.is_some_and(|session| token != Some(session.token.as_str())) {
            return Err(unknown());
        }
        let configured = keys.iter().find(|key| key.id == parts.key).map(|key| key.secret.as_str());
        let secret = configured.or(session.map(|session| session.secret.as_str())).ok_or_else(unknown)?;
        crate::sigv4::verify(request, &parts, secret)?;
    }
    let account = session.map_or(&settings.account, |session| &session.account);
    Ok(Signed { account: account.clone(), region: parts.region.to_owned(), key: parts.key.to_owned() })
}

fn read(header: &str) -> Result<Parts<'_>, ApiError> {
    let rest = header.strip_prefix("AWS4-HMAC-SHA256").ok_or_else(|| incomplete("Authorization header requires AWS4-HMAC-SHA256."))?;
    let part = |name: &str| {
        let found = rest.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        let found = found.filter(|value| !value.is_empty());
        found.ok_or_else(|| incomplete(&format!("Authorization header requires '{name}' parameter.")))
    };
    let (credential, headers, signature) = (part("Credential")?, part("SignedHeaders")?, part("Signature")?);
    let mut scope = credential.rsplitn(5, '/');
    let mut next = || scope.next().filter(|part| !part.is_empty()).ok_or_else(|| incomplete("Credential must have exactly 5 elements"));
    let (end, service, region, date, key) = (next()?, next()?, next()?, next()?, next()?);
    if end != "aws4_request" {
        return Err(invalid("Credential should be scoped with a valid terminator: 'aws4_request'."));
    }
    Ok(Parts { key, date, region, service, headers, signature })
}
