//! How each account of the configuration is reached: where its credentials come from, and what they are called with.

use crate::config::{Account, Timeouts};
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_http_client::Builder as HttpClient;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The SDK's configuration for an account. Credentials: those of the profile, if one is named, and no others (keys, `aws
/// sso login`, a process where the profile names one); without one the environment, web identity, ECS, IMDS. Then the
/// role to assume, if one is named. Nothing is called yet. Beside it, when the credentials in use will have ended.
pub async fn connect(account: &Account, timeouts: &Timeouts) -> (SdkConfig, Expiry) {
    let config = reached(account, timeouts).await;
    let expiry = Expiry::default();
    let Some(inner) = config.credentials_provider() else { return (config, expiry) };
    let watched = SharedCredentialsProvider::new(Watched { inner, expiry: expiry.clone() });
    (config.into_builder().credentials_provider(watched).build(), expiry)
}

async fn reached(account: &Account, timeouts: &Timeouts) -> SdkConfig {
    let region = Region::new(account.regions.first().cloned().unwrap_or_else(|| "us-east-1".to_owned()));
    // What gets credentials waits no longer than what uses them.
    let waits = TimeoutConfig::builder().connect_timeout(timeouts.connect).operation_timeout(timeouts.operation).build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).region(region.clone()).timeout_config(waits);
    if let Some(profile) = &account.profile {
        // By itself: in the SDK's chain the environment comes before the profile, and the keys that happen to be there
        // would decide which account is changed.
        let region = ProviderConfig::default().with_region(Some(region.clone()));
        let named = ProfileFileCredentialsProvider::builder().configure(&region).profile_name(profile).build();
        loader = loader.profile_name(profile).credentials_provider(named);
    }
    if let Some(endpoint) = &account.endpoint_url {
        loader = loader.endpoint_url(endpoint);
    }
    if account.emulated() {
        // The emulator takes any key; real ones are never sent to it.
        loader = loader.credentials_provider(Credentials::for_tests());
        // The SDK asks the environment for a proxy and knows no exception for this machine: the proxy would be asked for an
        // address that is its own.
        loader = loader.http_client(HttpClient::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https());
    }
    let base = loader.load().await;
    let Some(role) = &account.assume_role_arn else { return base };
    let provider = AssumeRoleProvider::builder(role).session_name("tally").region(region).configure(&base).build().await;
    base.into_builder().credentials_provider(SharedCredentialsProvider::new(provider)).build()
}

/// When the credentials end that were given out last.
#[derive(Clone, Debug, Default)]
pub struct Expiry(Arc<Mutex<Option<SystemTime>>>);

impl Expiry {
    /// In so many seconds, below 0 where they have; `None` where they do not, or there are none yet.
    pub fn seconds(&self) -> Option<f64> {
        let at = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(at.duration_since(SystemTime::now()).map_or_else(|past| -past.duration().as_secs_f64(), |left| left.as_secs_f64()))
    }
}

/// Notes when what it gives out ends, and does nothing else.
#[derive(Debug)]
struct Watched {
    inner: SharedCredentialsProvider,
    expiry: Expiry,
}

impl ProvideCredentials for Watched {
    fn provide_credentials<'a>(&'a self) -> provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        provider::future::ProvideCredentials::new(async move {
            let given = self.inner.provide_credentials().await?;
            *self.expiry.0.lock().unwrap_or_else(PoisonError::into_inner) = given.expiry();
            Ok(given)
        })
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.inner.fallback_on_interrupt()
    }
}
