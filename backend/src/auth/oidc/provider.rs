//! The provider: what it says of itself, and asking it.

use crate::auth::fetch::Http;
use crate::auth::kept::Kept;
use crate::auth::keys;
use crate::config::auth::Oidc;
use openidconnect::core::CoreClientAuthMethod;
use openidconnect::{ClientId, ClientSecret, IssuerUrl, ProviderMetadataWithLogout};
use std::sync::Arc;
use std::time::Duration;

/// What it says of itself, its keys among it.
pub(super) type Metadata = ProviderMetadataWithLogout;

#[derive(Debug)]
pub(super) struct Provider {
    pub(super) issuer: IssuerUrl,
    pub(super) client_id: ClientId,
    pub(super) secret: ClientSecret,
    pub(super) http: Http,
    read: Kept<Metadata>,
}

impl Provider {
    /// Nothing is asked yet: a provider that is away does not keep the console from starting.
    pub(super) fn new(config: &Oidc) -> Result<Self, String> {
        let said = |value: &Option<String>, key: &str| value.clone().ok_or_else(|| format!("{key} is missing."));
        let path = config.client_secret_file.as_ref().ok_or("oidc.client_secret_file is missing.")?;
        let secret = std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}.", path.display()))?;
        let issuer = said(&config.issuer, "oidc.issuer")?;
        Ok(Self {
            http: Http::new(&issuer, config.ca_file.as_deref())?,
            issuer: IssuerUrl::new(issuer).map_err(|error| error.to_string())?,
            client_id: ClientId::new(said(&config.client_id, "oidc.client_id")?),
            secret: ClientSecret::new(secret.trim().to_owned()),
            read: Kept::default(),
        })
    }

    /// What it says of itself. One asks at a time; the others wait for what it hears.
    pub(super) async fn metadata(&self) -> Result<Arc<Metadata>, String> {
        self.read.fresh(|| self.ask()).await
    }

    /// The same, read anew if that was not done just now: a token names a key that was not there.
    pub(super) async fn anew(&self) -> Result<Arc<Metadata>, String> {
        self.read.anew(|| self.ask()).await
    }

    /// What was read last, whatever its age.
    pub(super) fn known(&self) -> Option<Arc<Metadata>> {
        self.read.known()
    }

    /// How long ago that was.
    pub(super) fn age(&self) -> Option<Duration> {
        self.read.age()
    }

    async fn ask(&self) -> Result<Metadata, String> {
        let metadata = Metadata::discover_async(self.issuer.clone(), &self.http).await.map_err(|error| described(&error))?;
        let strong = keys::strong(metadata.jwks())?;
        Ok(metadata.set_jwks(strong))
    }

    /// Does it want the client's secret in the body? Only where it does not take it the usual way.
    pub(super) fn secret_in_body(metadata: &Metadata) -> bool {
        let methods = metadata.token_endpoint_auth_methods_supported();
        methods.is_some_and(|all| {
            !all.contains(&CoreClientAuthMethod::ClientSecretBasic) && all.contains(&CoreClientAuthMethod::ClientSecretPost)
        })
    }
}

/// An error with its causes.
pub(in crate::auth) fn described(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
