//! How each account of the configuration is reached: where its credentials come from, and what they are called with.

use crate::config::{Account, Timeouts};
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_smithy_http_client::Builder as HttpClient;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

/// The SDK's configuration for an account. Credentials: those of the profile, if one is named, and no others (keys, `aws
/// sso login`, a process where the profile names one); without one the environment, web identity, ECS, IMDS. Then the
/// role to assume, if one is named. Nothing is called yet.
pub async fn connect(account: &Account, timeouts: &Timeouts) -> SdkConfig {
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
        loader = loader.credentials_provider(aws_credential_types::Credentials::for_tests());
        // The SDK asks the environment for a proxy and knows no exception for this machine: the proxy would be asked for an
        // address that is its own.
        loader = loader.http_client(HttpClient::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https());
    }
    let base = loader.load().await;
    let Some(role) = &account.assume_role_arn else { return base };
    let provider = AssumeRoleProvider::builder(role).session_name("tally").region(region).configure(&base).build().await;
    let shared = aws_credential_types::provider::SharedCredentialsProvider::new(provider);
    base.into_builder().credentials_provider(shared).build()
}
