//! An emulator on a free port, with a clock that stands still, and clients for it.

use aws_sdk_ivs::Client;
use aws_sdk_ivs::config::{Builder, Credentials, Region, retry::RetryConfig};
use aws_sdk_ivs::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ivs::operation::RequestId;
use emulator::{Emulator, Encoder, ManualClock, Rates, Settings};
use std::fmt::Debug;
use std::sync::Arc;

/// The region that tests speak to unless they say another.
pub(crate) const REGION: &str = "eu-west-1";
/// 2026-05-05T21:55:38Z
pub(crate) const NOW: i64 = 1_778_018_138_000;

/// A served emulator.
pub(crate) struct Fixture {
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) url: String,
    pub(crate) ivs: Client,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Fixture {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Fixture {
    /// One without rates, so that a test calls as often as it likes.
    pub(crate) async fn new() -> Self {
        Self::with(|settings| settings.rates = Rates::Unlimited).await
    }

    pub(crate) async fn with(set: impl FnOnce(&mut Settings)) -> Self {
        let clock = Arc::new(ManualClock::at(NOW));
        let mut settings = Settings { clock: Arc::new(Arc::clone(&clock)), ..Settings::default() };
        set(&mut settings);
        let emulator = Emulator::new(settings);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let served = Arc::clone(&emulator);
        let server = tokio::spawn(async move { emulator::serve(listener, served).await.expect("serves") });
        let ivs = client(&url, REGION, "AKIDEXAMPLE", "secret");
        Self { emulator, clock, url, ivs, server }
    }

    /// A channel's ARN and the ARN of its stream key.
    pub(crate) async fn channel(&self) -> (String, String) {
        let made = self.ivs.create_channel().name("a").send().await.expect("a channel");
        let arn = made.channel.and_then(|channel| channel.arn).expect("its ARN");
        (arn, made.stream_key.and_then(|key| key.arn).expect("its key's ARN"))
    }

    /// Takes a channel on air.
    pub(crate) fn go_live(&self, channel: &str) -> String {
        self.emulator.edit(REGION, |region, ctx| region.go_live(ctx, channel, &Encoder::default())).expect("goes live")
    }

    /// Takes a channel on air that has lost its stream key: gives it a new one first.
    pub(crate) async fn go_live_again(&self, channel: &str) {
        self.ivs.create_stream_key().channel_arn(channel).send().await.expect("a key");
        self.go_live(channel);
    }

    /// A raw request, signed enough for an emulator without keys.
    pub(crate) async fn raw(&self, method: &str, path: &str, body: &str) -> Raw {
        let scope = "Credential=AKIDEXAMPLE/20260505/eu-west-1/ivs/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
        self.send(method, path, &[("authorization", &format!("AWS4-HMAC-SHA256 {scope}"))], body).await
    }

    /// A raw request with these headers alone.
    pub(crate) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Raw {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let address = self.url.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("connects");
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head =
            format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).await.expect("writes");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("reads");
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Raw { status, head: head.to_owned(), body: body.to_owned() }
    }
}

/// A client of a region, with retries off: a test wants the first answer.
pub(crate) fn client(url: &str, region: &str, key: &str, secret: &str) -> Client {
    let config = Builder::new()
        .endpoint_url(url)
        .region(Region::new(region.to_owned()))
        .credentials_provider(Credentials::new(key, secret, None, None, "test"))
        .retry_config(RetryConfig::disabled())
        .build();
    Client::from_conf(config)
}

/// An answer as it came.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Raw {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(": ")).map(|(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }
}

/// What went wrong: status, code and text. Every error has a request id.
pub(crate) fn refused<T: Debug, E: ProvideErrorMetadata + RequestId + Debug>(answer: Result<T, SdkError<E>>) -> (u16, String, String) {
    let error = answer.expect_err("it is refused");
    let status = error.raw_response().expect("an answer came").status().as_u16();
    let inner = error.as_service_error().expect("the service refused");
    assert!(inner.request_id().is_some_and(|id| id.len() == 36), "a request id");
    (status, inner.code().unwrap_or_default().to_owned(), inner.message().unwrap_or_default().to_owned())
}

/// The same without the text.
pub(crate) fn code<T: Debug, E: ProvideErrorMetadata + RequestId + Debug>(answer: Result<T, SdkError<E>>) -> (u16, String) {
    let (status, code, _) = refused(answer);
    (status, code)
}

/// For comparing with [`code`].
pub(crate) fn error(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}
