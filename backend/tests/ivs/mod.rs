//! What the tests of the wire share: a configuration of the SDK for a server of the test's own.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use std::net::SocketAddr;

/// Credentials that the test's server does not check.
pub(crate) fn credentials() -> Option<SharedCredentialsProvider> {
    Some(SharedCredentialsProvider::new(Credentials::new("AKIAEXAMPLE", "secret", None, None, "test")))
}

/// A configuration for the server at `address`.
pub(crate) fn config(address: SocketAddr, credentials: Option<SharedCredentialsProvider>) -> SdkConfig {
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .endpoint_url(format!("http://{address}"));
    config.set_credentials_provider(credentials);
    config.build()
}
