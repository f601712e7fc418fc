//! Line 16, and restriction policies: who may watch.

use crate::fixture::{Fixture, NOW, REGION, Raw};
use aws_sdk_ivs::types::BatchStartViewerSessionRevocationViewerSession as Session;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p384::ecdsa::signature::Signer as _;
use p384::ecdsa::{Signature, SigningKey};
use p384::pkcs8::{EncodePublicKey as _, LineEnding};
use serde_json::{Value, json};

const ORIGIN: (&str, &str) = ("origin", "https://player.example.com");
const FOREIGN: (&str, &str) = ("origin", "https://evil.example");

fn key(secret: u8) -> SigningKey {
    SigningKey::from_slice(&[secret; 48]).expect("a key")
}

fn sign(key: &SigningKey, header: &Value, claims: &Value) -> String {
    let part = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature: Signature = key.sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// A private channel on air, and the key that opens it.
struct Private {
    fixture: Fixture,
    channel: String,
    playback: String,
    key_pair: String,
}

impl Private {
    async fn new() -> Self {
        let fixture = Fixture::new().await;
        let channel = fixture.ivs.create_channel().authorized(true).send().await.expect("a channel").channel.expect("it");
        let (arn, url) = (channel.arn.expect("an ARN"), channel.playback_url.expect("a playback URL"));
        let pem = p384::PublicKey::from(key(1).verifying_key()).to_public_key_pem(LineEnding::LF).expect("PEM");
        let pair = fixture.ivs.import_playback_key_pair().public_key_material(pem).send().await.expect("imported");
        fixture.go_live(&arn);
        let playback = url.replace("https://", "/playback/");
        Self { fixture, channel: arn, playback, key_pair: pair.key_pair.and_then(|pair| pair.arn).expect("its ARN") }
    }

    /// Good for a minute, with these claims more or changed.
    fn claims(&self, more: &Value) -> Value {
        let mut claims = json!({ "aws:channel-arn": self.channel, "exp": NOW / 1000 + 60 });
        for (name, value) in more.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        claims
    }

    fn token(&self, more: &Value) -> String {
        sign(&key(1), &json!({ "alg": "ES384", "typ": "JWT" }), &self.claims(more))
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Raw {
        self.fixture.send("GET", path, headers, "").await
    }

    async fn start(&self, token: &str, headers: &[(&str, &str)]) -> Raw {
        self.get(&format!("{}?token={token}", self.playback), headers).await
    }

    /// What a token with these claims is answered.
    async fn with(&self, more: Value, headers: &[(&str, &str)]) -> Raw {
        self.start(&self.token(&more), headers).await
    }
}

/// The path in a playlist that holds this.
fn path<'a>(playlist: &'a Raw, part: &str) -> &'a str {
    assert_eq!(playlist.status, 200, "{}", playlist.body);
    playlist.body.lines().find(|line| line.contains(part)).expect("a path")
}

/// It is refused, for this reason.
#[track_caller]
fn refused(answer: &Raw, why: &str) {
    let body = answer.json();
    assert_eq!((answer.status, body[0]["error_code"].as_str()), (403, Some("playback_auth_error")), "{body}");
    assert!(body[0]["error"].as_str().is_some_and(|error| error.contains(why)), "{body} does not say: {why}");
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "a page may read why");
}

#[tokio::test]
async fn line_16_a_token_of_an_imported_key_opens_a_private_channel() {
    let it = Private::new().await;
    refused(&it.get(&it.playback, &[]).await, "token required");
    let multivariant = it.with(json!({}), &[]).await;
    assert!(multivariant.body.starts_with("#EXTM3U\n"), "{}", multivariant.body);
    assert_eq!(multivariant.header("content-type"), Some("application/vnd.apple.mpegurl"));
    assert_eq!(multivariant.header("access-control-allow-origin"), Some("*"));
    let media = it.get(path(&multivariant, "/v1/playlist/"), &[]).await;
    assert!(media.body.contains("#EXT-X-TARGETDURATION"));
    let segment = it.get(path(&media, "/v1/segment/"), &[]).await;
    assert_eq!((segment.status, segment.header("content-type")), (200, Some("video/mp2t")));
}

#[tokio::test]
async fn line_16_what_is_wrong_with_a_token_is_refused() {
    let it = Private::new().await;
    let header = json!({ "alg": "ES384", "typ": "JWT" });
    let good = it.claims(&json!({}));
    refused(&it.start(&sign(&key(2), &header, &good), &[]).await, "no playback key pair");
    refused(&it.start(&sign(&key(1), &json!({ "alg": "none" }), &good), &[]).await, "ES384");
    refused(&it.start(&sign(&key(1), &json!({ "alg": "ES384", "crit": ["x"] }), &good), &[]).await, "ES384");
    let signed = it.token(&json!({}));
    let (rest, signature) = signed.rsplit_once('.').expect("three parts");
    refused(&it.start(&format!("{rest}.{}", &signature[4..]), &[]).await, "96 bytes");
    refused(&it.start("nothing", &[]).await, "no JWT");
    let other = it.fixture.ivs.create_channel().authorized(true).send().await.expect("a channel").channel.expect("it").arn;
    refused(&it.with(json!({ "aws:channel-arn": other }), &[]).await, "another channel");
    refused(&it.with(json!({ "exp": NOW / 1000 }), &[]).await, "expired");
    refused(&it.with(json!({ "exp": NOW / 1000 + 601, "aws:viewer-id": "v" }), &[]).await, "ten minutes");
    refused(&it.with(json!({ "aws:single-use-uuid": "once" }), &[]).await, "UUID");
    assert_eq!(it.with(json!({ "exp": NOW / 1000 + 601 }), &[]).await.status, 200, "a token of nobody may live for longer");
    assert_eq!(it.with(json!({ "exp": NOW / 1000 + 600, "aws:viewer-id": "v" }), &[]).await.status, 200);
}

#[tokio::test]
async fn line_16_a_single_use_is_used_up_by_the_first_playlist() {
    let it = Private::new().await;
    let once =
        it.token(&json!({ "aws:single-use-uuid": "3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b", "aws:access-control-allow-origin": ORIGIN.1 }));
    refused(&it.start(&once, &[FOREIGN]).await, "origin not allowed");
    let multivariant = it.start(&once, &[ORIGIN]).await;
    refused(&it.start(&once, &[ORIGIN]).await, "single use");
    assert_eq!(it.get(path(&multivariant, "/v1/playlist/"), &[]).await.status, 200, "who has begun goes on");
}

#[tokio::test]
async fn line_16_origins_are_looked_at_once_or_always() {
    let it = Private::new().await;
    let origins = "https://*.example.com";
    let multivariant = it.with(json!({ "aws:access-control-allow-origin": origins }), &[ORIGIN]).await;
    let media = it.get(path(&multivariant, "/v1/playlist/"), &[FOREIGN]).await;
    assert_eq!(media.status, 200, "only the first request is looked at");
    refused(&it.with(json!({ "aws:access-control-allow-origin": origins }), &[FOREIGN]).await, "origin not allowed");
    assert_eq!(it.with(json!({ "aws:access-control-allow-origin": origins }), &[]).await.status, 200, "only browsers are bound");

    let strict = json!({ "aws:access-control-allow-origin": origins, "aws:strict-origin-enforcement": true });
    refused(&it.with(strict.clone(), &[]).await, "origin required");
    refused(&it.with(strict.clone(), &[FOREIGN]).await, "origin not allowed");
    let multivariant = it.with(strict, &[ORIGIN]).await;
    let at = path(&multivariant, "/v1/playlist/");
    refused(&it.get(at, &[]).await, "origin required");
    let media = it.get(at, &[ORIGIN]).await;
    let at = path(&media, "/v1/segment/");
    refused(&it.get(at, &[]).await, "origin required");
    refused(&it.get(at, &[FOREIGN]).await, "origin not allowed");
    assert_eq!(it.get(at, &[ORIGIN]).await.status, 200);
}

#[tokio::test]
async fn line_16_what_passes_in_mid_playback_cuts_nobody_off() {
    let it = Private::new().await;
    let token = it.token(&json!({}));
    let multivariant = it.start(&token, &[]).await;
    it.fixture.clock.advance(120_000);
    it.fixture.ivs.delete_playback_key_pair().arn(&it.key_pair).send().await.expect("deleted");
    let media = it.get(path(&multivariant, "/v1/playlist/"), &[]).await;
    assert_eq!(it.get(path(&media, "/v1/segment/"), &[]).await.status, 200);
    refused(&it.start(&token, &[]).await, "no playback key pair");
}

#[tokio::test]
async fn a_revoked_viewer_is_cut_off_up_to_the_version() {
    let it = Private::new().await;
    let with = |viewer: &str, version: i64| json!({ "aws:viewer-id": viewer, "aws:viewer-session-version": version });
    let first = it.with(json!({ "aws:viewer-id": "anna" }), &[]).await;
    let second = it.with(with("anna", 2), &[]).await;
    let revoke = it.fixture.ivs.start_viewer_session_revocation().channel_arn(&it.channel).viewer_id("anna");
    revoke.clone().send().await.expect("revoked");
    refused(&it.get(path(&first, "/v1/playlist/"), &[]).await, "revoked");
    assert_eq!(it.get(path(&second, "/v1/playlist/"), &[]).await.status, 200, "a later version");
    refused(&it.with(json!({ "aws:viewer-id": "anna" }), &[]).await, "revoked");

    revoke.viewer_session_versions_less_than_or_equal_to(2).send().await.expect("revoked");
    refused(&it.get(path(&second, "/v1/playlist/"), &[]).await, "revoked");
    assert_eq!(it.with(with("anna", 3), &[]).await.status, 200);
    let session = Session::builder().channel_arn(&it.channel).viewer_id("ben").build().expect("a session");
    it.fixture.ivs.batch_start_viewer_session_revocation().viewer_sessions(session).send().await.expect("revoked");
    refused(&it.with(json!({ "aws:viewer-id": "ben", "aws:viewer-session-version": "0" }), &[]).await, "revoked");
    assert_eq!(it.with(json!({ "aws:viewer-id": "cleo" }), &[]).await.status, 200);
}

#[tokio::test]
async fn what_is_not_live_cannot_be_watched() {
    let it = Private::new().await;
    let once = it.token(&json!({ "aws:single-use-uuid": "3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b" }));
    let multivariant = it.with(json!({}), &[]).await;
    it.fixture.ivs.stop_stream().channel_arn(&it.channel).send().await.expect("stopped");
    assert_eq!(it.get(path(&multivariant, "/v1/playlist/"), &[]).await.status, 404, "it has ended");
    assert_eq!(it.start(&once, &[]).await.status, 404);
    it.fixture.go_live(&it.channel);
    assert_eq!(it.get(path(&multivariant, "/v1/playlist/"), &[]).await.status, 404, "that was another stream");
    assert_eq!(it.start(&once, &[]).await.status, 200, "what was refused has not used it up");
    for other in [
        "/playback/host/x",
        "/playback/host/api/video/v1/eu-west-1.123456789012.channel.abcd.m3u8",
        "/playback/h/api/video/v1/x.1.channel.c.m3u8",
    ] {
        let answer = it.get(other, &[]).await;
        assert_eq!((answer.status, answer.json()[0]["error_code"].as_str()), (404, Some("not_found")), "{other}");
    }
    assert_eq!(it.fixture.send("POST", &it.playback, &[], "").await.status, 405);
    let asks = it.fixture.send("OPTIONS", &it.playback, &[("access-control-request-headers", "x-emulated-country")], "").await;
    assert_eq!((asks.status, asks.header("access-control-allow-headers")), (204, Some("x-emulated-country")));
}

#[tokio::test]
async fn a_policy_says_who_may_watch_a_public_channel_and_a_private_one_ignores_it() {
    let it = Private::new().await;
    let ivs = &it.fixture.ivs;
    let policy = ivs.create_playback_restriction_policy().allowed_countries("DE").allowed_origins(ORIGIN.1);
    let policy = policy.enable_strict_origin_enforcement(true).send().await.expect("a policy").playback_restriction_policy.expect("it");
    let made = ivs.create_channel().playback_restriction_policy_arn(&policy.arn).send().await.expect("a channel").channel.expect("it");
    let (arn, at) = (made.arn.expect("an ARN"), made.playback_url.expect("a URL").replace("https://", "/playback/"));
    assert_eq!(it.get(&at, &[ORIGIN]).await.status, 404, "it is not live");
    it.fixture.go_live(&arn);
    let multivariant = it.get(&at, &[ORIGIN, ("x-emulated-country", "DE")]).await;
    refused(&it.get(&at, &[ORIGIN, ("x-emulated-country", "FR")]).await, "country");
    refused(&it.get(&at, &[]).await, "origin required");
    refused(&it.get(&at, &[FOREIGN]).await, "origin not allowed");
    refused(&it.get(path(&multivariant, "/v1/playlist/"), &[]).await, "origin required");
    assert_eq!(it.get(path(&multivariant, "/v1/playlist/"), &[ORIGIN]).await.status, 200);

    ivs.update_playback_restriction_policy().arn(&policy.arn).set_allowed_countries(Some(Vec::new())).send().await.expect("updated");
    refused(&it.get(&at, &[ORIGIN, ("x-emulated-country", "FR")]).await, "country");
    it.fixture.emulator.edit(REGION, |region, ctx| region.end(ctx, &arn)).expect("ends");
    it.fixture.go_live(&arn);
    assert_eq!(it.get(&at, &[ORIGIN, ("x-emulated-country", "FR")]).await.status, 200, "now it reaches it");

    it.fixture.emulator.edit(REGION, |region, ctx| region.end(ctx, &it.channel)).expect("ends");
    ivs.update_channel().arn(&it.channel).playback_restriction_policy_arn(&policy.arn).send().await.expect("updated");
    it.fixture.go_live(&it.channel);
    assert_eq!(it.with(json!({}), &[]).await.status, 200, "a private channel ignores it");
}
