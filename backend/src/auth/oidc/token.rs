//! From the code that the provider sent to what it says of somebody. The library checks signature, issuer, audience, time and nonce;
//! here the rest: only asymmetric signatures, a token issued just now, the hash of the access token, a name that can be a name.

use super::provider::{Metadata, Provider, described};
use super::{Failed, Oidc};
use crate::auth::jws::is_name;
use crate::auth::rules::Claims;
use contract::session::SignInProblem;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, Client, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdTokenClaims, IdTokenFields, IdTokenVerifier, Nonce, OAuth2TokenResponse as _, PkceCodeVerifier, RedirectUrl, StandardErrorResponse,
    StandardTokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Every claim beside the standard ones.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Others(Claims);

impl openidconnect::AdditionalClaims for Others {}

type Fields = IdTokenFields<Others, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;

/// The library's client, told of the endpoints that a sign-in needs.
pub(super) type Asking = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Only what is signed with a key that the provider alone has. Never what the token would like.
pub(super) const SIGNED: [CoreJwsSigningAlgorithm; 7] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Clocks differ.
const LEEWAY: i64 = 60;
/// A token that a code was just exchanged for was just made.
const JUST: i64 = 600;

/// What the provider sent somebody back with.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub(super) state: String,
    pub(super) code: Option<String>,
    /// Who says so (RFC 9207).
    pub(super) issuer: Option<String>,
    pub(super) error: Option<String>,
}

/// Somebody whom the provider vouches for.
#[derive(Debug)]
pub(super) struct Vouched {
    pub(super) subject: String,
    pub(super) claims: Claims,
}

/// Asks in the name of this console.
pub(super) fn client(metadata: &Metadata, provider: &Provider, callback: RedirectUrl) -> Asking {
    let how = if Provider::secret_in_body(metadata) { AuthType::RequestBody } else { AuthType::BasicAuth };
    Client::from_provider_metadata(metadata.clone(), provider.client_id.clone(), Some(provider.secret.clone()))
        .set_redirect_uri(callback)
        .set_auth_type(how)
}

fn refused(cause: impl Into<String>) -> Failed {
    Failed::new(SignInProblem::NotVouchedFor, cause)
}

/// Exchanges the code, and believes what holds.
pub(super) async fn ask(oidc: &Oidc, answered: &Answered, verifier: String, nonce: &str) -> Result<Vouched, Failed> {
    let provider = &oidc.provider;
    let unreachable = |cause| Failed::new(SignInProblem::ProviderUnreachable, cause);
    // First: what another provider says is of no interest, be it an error.
    if answered.issuer.as_ref().is_some_and(|said| said != provider.issuer.as_str()) {
        return Err(refused("another issuer answered"));
    }
    if let Some(error) = &answered.error {
        return Err(Failed::new(SignInProblem::ProviderRefused, format!("the provider answered {error:?}")));
    }
    let code = answered.code.clone().ok_or_else(|| refused("neither a code nor an error"))?;
    let metadata = provider.metadata().await.map_err(unreachable)?;
    let asking = client(&metadata, provider, oidc.callback()?);
    let request = asking.exchange_code(AuthorizationCode::new(code)).map_err(|error| refused(error.to_string()))?;
    let exchanged = request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&provider.http).await;
    let tokens = exchanged.map_err(|error| match error {
        openidconnect::RequestTokenError::Request(error) => unreachable(described(&error)),
        // The provider's own words are its, and may hold what it was sent.
        openidconnect::RequestTokenError::ServerResponse(said) => refused(format!("the code was refused: {:?}", said.error())),
        openidconnect::RequestTokenError::Parse(..) | openidconnect::RequestTokenError::Other(_) => {
            refused("no answer of a token endpoint")
        }
    })?;
    let claims = verified(oidc, &metadata, &asking, &tokens, nonce).await?;
    let mut all = flat(&claims);
    if oidc.userinfo {
        let request = asking.user_info(tokens.access_token().clone(), Some(claims.subject().clone()));
        let request = request.map_err(|_| unreachable("it has no userinfo endpoint".to_owned()))?;
        let more: Result<UserInfoClaims<Others, CoreGenderClaim>, _> = request.request_async(&provider.http).await;
        let more = more.map_err(|error| unreachable(format!("userinfo: {}", described(&error))))?;
        flat(&more).into_iter().for_each(|(name, value)| {
            all.entry(name).or_insert(value);
        });
    }
    Ok(Vouched { subject: named(claims.subject().as_str())?, claims: all })
}

type Claimed = IdTokenClaims<Others, CoreGenderClaim>;

/// The claims of the ID token, if it holds. Signed with a key that was not there when the provider was read, it is read again.
async fn verified(oidc: &Oidc, metadata: &Arc<Metadata>, asking: &Asking, tokens: &Tokens, nonce: &str) -> Result<Claimed, Failed> {
    let token = tokens.extra_fields().id_token().ok_or_else(|| refused("no ID token"))?;
    let nonce = Nonce::new(nonce.to_owned());
    let (claims, verifier) = {
        let verifier = strict(asking.id_token_verifier());
        match token.claims(&verifier, &nonce) {
            Ok(claims) => (claims.clone(), None),
            Err(first) => {
                let anew = oidc.provider.anew().await.map_err(|cause| Failed::new(SignInProblem::ProviderUnreachable, cause))?;
                if Arc::ptr_eq(&anew, metadata) {
                    return Err(refused(described(&first)));
                }
                let again = client(&anew, &oidc.provider, oidc.callback()?);
                let claims = token.claims(&strict(again.id_token_verifier()), &nonce).map_err(|error| refused(described(&error)))?;
                (claims.clone(), Some(again))
            }
        }
    };
    // The library asks for it only where there are several audiences.
    if claims.authorized_party().is_some_and(|party| **party != *oidc.provider.client_id) {
        return Err(refused("it was made for another client"));
    }
    let asking = verifier.as_ref().unwrap_or(asking);
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| refused(error.to_string()))?;
        let verifier = strict(asking.id_token_verifier());
        let key = token.signing_key(&verifier).map_err(|error| refused(error.to_string()))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|error| refused(error.to_string()))?;
        if actual != *expected {
            return Err(refused("the access token is another"));
        }
    }
    Ok(claims)
}

fn strict(verifier: IdTokenVerifier<'_, CoreJsonWebKey>) -> IdTokenVerifier<'_, CoreJsonWebKey> {
    verifier.set_allowed_algs(SIGNED).set_issue_time_verifier_fn(|issued| {
        let now = i64::try_from(crate::auth::ticket::now()).unwrap_or_default();
        let since = now - issued.timestamp();
        if (-LEEWAY..=JUST).contains(&since) { Ok(()) } else { Err("it was not issued just now".to_owned()) }
    })
}

/// As names and values again: of what was verified, not of what was sent.
fn flat(claims: &impl Serialize) -> Claims {
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => claims,
        Ok(_) | Err(_) => Claims::new(),
    }
}

fn named(subject: &str) -> Result<String, Failed> {
    if is_name(subject) { Ok(subject.to_owned()) } else { Err(refused("a subject that cannot be a name")) }
}
