//! STS beside IVS: who am I, and another account's role.

use crate::fixture::{Fixture, NOW};
use aws_sdk_ivs::error::ProvideErrorMetadata;
use aws_sdk_sts::config::{Builder, Credentials, Region, retry::RetryConfig};

fn sts(fixture: &Fixture, credentials: Credentials) -> aws_sdk_sts::Client {
    let config = Builder::new().endpoint_url(&fixture.url).region(Region::new("eu-west-1")).credentials_provider(credentials);
    aws_sdk_sts::Client::from_conf(config.retry_config(RetryConfig::disabled()).build())
}

#[tokio::test]
async fn the_caller_is_the_configured_account() {
    let fixture = Fixture::new().await;
    let me = sts(&fixture, Credentials::new("AKID", "s", None, None, "test")).get_caller_identity().send().await.expect("me");
    assert_eq!((me.account(), me.arn()), (Some("123456789012"), Some("arn:aws:iam::123456789012:user/emulator")));
}

#[tokio::test]
async fn an_assumed_role_acts_in_its_own_account_until_it_expires() {
    let fixture = Fixture::new().await;
    fixture.channel().await;
    let mine = sts(&fixture, Credentials::new("AKID", "s", None, None, "test"));
    let role = "arn:aws:iam::210987654321:role/ops/reader";
    let given = mine.assume_role().role_arn(role).role_session_name("tally").send().await.expect("a role").credentials.expect("keys");
    assert_eq!(given.expiration().to_millis().expect("a time"), NOW + 3_600_000);
    let keys = Credentials::new(given.access_key_id(), given.secret_access_key(), Some(given.session_token().to_owned()), None, "test");
    let me = sts(&fixture, keys.clone()).get_caller_identity().send().await.expect("me");
    assert_eq!(me.arn(), Some("arn:aws:sts::210987654321:assumed-role/reader/tally"));

    let ivs = crate::fixture::client(&fixture.url, "eu-west-1", given.access_key_id(), given.secret_access_key());
    assert!(ivs.list_channels().send().await.expect("a list").channels.is_empty(), "the other account's");
    fixture.clock.advance(3_600_000);
    let expired = sts(&fixture, keys).get_caller_identity().send().await.expect_err("expired");
    assert_eq!(expired.code(), Some("ExpiredToken"));
}

#[tokio::test]
async fn where_keys_are_configured_an_assumed_role_needs_its_own_secret_and_token() {
    let key = emulator::Key { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), secret: "right".to_owned() };
    let fixture = Fixture::with(|settings| settings.keys = Some(vec![key])).await;
    // The signature is made at the machine's time, so the role's hour is counted from there.
    fixture.clock.advance(jiff::Timestamp::now().as_millisecond() - NOW);
    let caller = |key: &str, secret: &str, token: Option<&str>| {
        let keys = Credentials::new(key, secret, token.map(str::to_owned), None, "test");
        sts(&fixture, keys).get_caller_identity().send()
    };
    let wrong = caller("AKIAIOSFODNN7EXAMPLE", "wrong", None).await.expect_err("a wrong secret");
    assert_eq!(wrong.code(), Some("SignatureDoesNotMatch"));
    let mine = sts(&fixture, Credentials::new("AKIAIOSFODNN7EXAMPLE", "right", None, None, "test"));
    let role = "arn:aws:iam::210987654321:role/reader";
    let given = mine.assume_role().role_arn(role).role_session_name("tally").send().await.expect("a role").credentials.expect("keys");
    let (id, secret, token) = (given.access_key_id(), given.secret_access_key(), given.session_token());
    assert_eq!(caller(id, secret, Some(token)).await.expect("me").account(), Some("210987654321"));
    for (secret, token) in [("wrong", Some(token)), (secret, Some("wrong")), (secret, None)] {
        caller(id, secret, token).await.expect_err("not its own");
    }
}
