//! Lines 6, 7, 12, 13, 15: stream keys, pages, filters, key pairs, batches.

use crate::fixture::{Fixture, REGION, code, error, refused};
use emulator::{Quotas, Rates};

#[tokio::test]
async fn line_06_a_channel_has_one_stream_key() {
    let fixture = Fixture::new().await;
    let made = fixture.ivs.create_channel().send().await.expect("a channel");
    let (channel, first) = (made.channel.expect("it").arn.expect("arn"), made.stream_key.expect("its key"));
    let listed = fixture.ivs.list_stream_keys().channel_arn(&channel).max_results(50).send().await.expect("keys");
    assert_eq!(listed.stream_keys.len(), 1);
    assert_eq!(listed.stream_keys[0].arn, first.arn);

    let second = fixture.ivs.create_stream_key().channel_arn(&channel).send().await;
    assert_eq!(code(second), error(402, "ServiceQuotaExceededException"));

    fixture.ivs.delete_stream_key().arn(first.arn.clone().expect("arn")).send().await.expect("deleted");
    let second = fixture.ivs.create_stream_key().channel_arn(&channel).send().await.expect("a key").stream_key.expect("it");
    assert_ne!((&second.arn, &second.value), (&first.arn, &first.value));
    assert!(second.value.is_some_and(|value| value.starts_with("sk_eu-west-1_")));
    assert_eq!(code(fixture.ivs.get_stream_key().arn(first.arn.expect("arn")).send().await), error(404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn line_06_a_default_channel_looks_like_the_services() {
    let fixture = Fixture::new().await;
    let (arn, _) = fixture.channel().await;
    let answer = fixture.raw("POST", "/GetChannel", &serde_json::json!({ "arn": arn }).to_string()).await.json();
    let channel = &answer["channel"];
    let id = arn.rsplit('/').next().expect("an id");
    let prefix =
        channel["ingestEndpoint"].as_str().and_then(|host| host.strip_suffix(".global-contribute.live-video.net")).expect("a host");
    assert_eq!((id.len(), prefix.len()), (12, 12));
    let playback = format!("https://{prefix}.eu-west-1.playback.live-video.net/api/video/v1/eu-west-1.123456789012.channel.{id}.m3u8");
    let passphrase = channel["srt"]["passphrase"].as_str().expect("a passphrase");
    assert_eq!(passphrase.len(), 69);
    assert_eq!(
        *channel,
        serde_json::json!({
            "arn": arn, "name": "a", "latencyMode": "LOW", "type": "STANDARD", "authorized": false, "insecureIngest": false,
            "ingestEndpoint": format!("{prefix}.global-contribute.live-video.net"), "playbackUrl": playback, "tags": {}, "preset": "",
            "recordingConfigurationArn": "", "playbackRestrictionPolicyArn": "", "adConfigurationArn": "",
            "failoverSlateConfigurationArn": "", "containerFormat": "TS",
            "srt": { "endpoint": format!("{prefix}.srt.live-video.net"), "passphrase": passphrase },
            "multitrackInputConfiguration": { "enabled": false, "maximumResolution": "FULL_HD", "policy": "ALLOW" },
        })
    );
}

#[tokio::test]
async fn line_07_two_lists_have_one_item_to_a_page() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    let keys = fixture.ivs.list_stream_keys().channel_arn(&channel).send().await.expect("keys");
    assert_eq!((keys.stream_keys.len(), keys.next_token), (1, None));
    for _ in 0..3 {
        fixture.ivs.create_playback_restriction_policy().send().await.expect("a policy");
    }
    let page = fixture.ivs.list_playback_restriction_policies().send().await.expect("a page");
    assert_eq!(page.playback_restriction_policies.len(), 1);
    assert!(page.next_token.is_some());
    let mut pages = fixture.ivs.list_playback_restriction_policies().into_paginator().send();
    let mut arns = std::collections::BTreeSet::new();
    while let Some(page) = pages.next().await {
        arns.extend(page.expect("a page").playback_restriction_policies.into_iter().map(|policy| policy.arn));
    }
    assert_eq!(arns.len(), 3);
}

#[tokio::test]
async fn line_07_a_page_token_belongs_to_its_list_and_can_die() {
    let fixture = Fixture::with(|settings| {
        settings.rates = Rates::Unlimited;
        settings.page_token_life = Some(60_000);
    })
    .await;
    for _ in 0..3 {
        fixture.channel().await;
    }
    let next = async || fixture.ivs.list_channels().max_results(1).send().await.expect("a page").next_token.expect("a token");
    let list = |token: String| fixture.ivs.list_channels().max_results(1).next_token(token).send();
    let token = next().await;
    assert!(token.len() <= 1024 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=_-".contains(&b)));
    list(token.clone()).await.expect("the second page");

    let elsewhere = fixture.ivs.list_channels().filter_by_name("a").next_token(&token).send().await;
    assert_eq!(code(elsewhere), error(400, "ValidationException"));
    assert_eq!(code(list(format!("AAAA{}", &token[4..])).await), error(400, "ValidationException"), "made up");
    fixture.clock.advance(60_001);
    assert_eq!(code(list(token).await), error(400, "ValidationException"), "expired");
    let token = next().await;
    fixture.emulator.expire_page_tokens();
    assert_eq!(code(list(token).await), error(400, "ValidationException"), "killed");
}

#[tokio::test]
async fn line_12_two_filters_are_a_conflict() {
    let fixture = Fixture::new().await;
    let arn = format!("arn:aws:ivs:{REGION}:123456789012:playback-restriction-policy/abcdABCDefgh");
    let both = fixture.ivs.list_channels().filter_by_name("a").filter_by_playback_restriction_policy_arn(arn).send().await;
    assert_eq!(code(both), error(409, "ConflictException"));
    fixture.channel().await;
    let named = async |name: &str| fixture.ivs.list_channels().filter_by_name(name).send().await.expect("a list").channels.len();
    assert_eq!((named("a").await, named("b").await), (1, 0));
}

const VECTOR: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEd0r4mRaUNaqy2SqlVYbnLD7J+zZMS3VG
F2QFsgS2Y9Ha3J2/ZPZ2pQqOtnxWJs/W2fWnptMlRdENUyUpMpTy2+Uub2CgC36X
hzDdL6EsN69hvD1e/0gkQvHHAuOB86Ls
-----END PUBLIC KEY-----
";

/// A public key of P-256, which IVS does not take.
const P256: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
-----END PUBLIC KEY-----
";

/// The public half of one of many keys of P-384.
fn another_key(n: u8) -> String {
    use p384::pkcs8::{EncodePublicKey, LineEnding};
    let key = p384::SecretKey::from_slice(&[n; 48]).expect("a number below the order");
    key.public_key().to_public_key_pem(LineEnding::LF).expect("a PEM")
}

#[tokio::test]
async fn an_update_changes_what_is_given_alone() {
    use aws_sdk_ivs::types::{ChannelType, ContainerFormat, MultitrackInputConfiguration, MultitrackPolicy, TranscodePreset};
    let fixture = Fixture::new().await;
    let policy = fixture.ivs.create_playback_restriction_policy().send().await.expect("made").playback_restriction_policy.expect("it").arn;
    let made = fixture.ivs.create_channel().name("a").playback_restriction_policy_arn(&policy).r#type(ChannelType::AdvancedHdChannelType);
    let made = made.send().await.expect("made").channel.expect("it");
    assert_eq!(made.preset, Some(TranscodePreset::HigherBandwidthTranscodePreset), "the ADVANCED types have one");
    let arn = made.arn.expect("arn");
    let update = || fixture.ivs.update_channel().arn(&arn);

    let plain = update().r#type(ChannelType::StandardChannelType).send().await.expect("updated").channel.expect("it");
    assert_eq!((plain.preset.map(|preset| preset.as_str().to_owned()).as_deref(), plain.name.as_deref()), (Some(""), Some("a")));
    assert_eq!(plain.playback_restriction_policy_arn.as_deref(), Some(policy.as_str()), "absent stays");
    assert_eq!(code(fixture.ivs.delete_playback_restriction_policy().arn(&policy).send().await), error(409, "ConflictException"));
    let cleared = update().playback_restriction_policy_arn("").send().await.expect("updated").channel.expect("it");
    assert_eq!(cleared.playback_restriction_policy_arn.as_deref(), Some(""));
    fixture.ivs.delete_playback_restriction_policy().arn(&policy).send().await.expect("deleted");

    let on = MultitrackInputConfiguration::builder().enabled(true).policy(MultitrackPolicy::Require).build();
    let with_ts = update().multitrack_input_configuration(on.clone()).send().await;
    assert_eq!(code(with_ts), error(400, "ValidationException"), "multitrack needs FRAGMENTED_MP4");
    update().multitrack_input_configuration(on).container_format(ContainerFormat::FragmentedMp4).send().await.expect("updated");
    let off = MultitrackInputConfiguration::builder().enabled(false).build();
    let off = update().multitrack_input_configuration(off).send().await.expect("updated").channel.expect("it");
    let multitrack = off.multitrack_input_configuration.expect("it is always shown");
    assert_eq!((multitrack.enabled, multitrack.policy), (false, Some(MultitrackPolicy::Require)), "its members merge");
    assert_eq!(code(update().name("no spaces").send().await), error(400, "ValidationException"));
    assert_eq!(code(update().playback_restriction_policy_arn(policy).send().await), error(404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn line_13_playback_keys_have_fingerprints_and_a_limit() {
    let fixture = Fixture::new().await;
    let import = |pem: &str| fixture.ivs.import_playback_key_pair().public_key_material(pem).send();
    let pair = import(VECTOR).await.expect("imported").key_pair.expect("it");
    assert_eq!(pair.fingerprint.as_deref(), Some("1e:86:7b:9c:f6:32:1c:cb:1e:a8:a0:09:db:7f:98:b3"));
    assert_eq!(code(import(VECTOR).await), error(409, "ConflictException"));
    for n in [1, 2] {
        import(&another_key(n)).await.expect("imported");
    }
    assert_eq!(code(import(&another_key(3)).await), error(402, "ServiceQuotaExceededException"));
    for odd in [P256, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "x"] {
        assert_eq!(code(import(odd).await), error(400, "ValidationException"));
    }
    let raw = serde_json::json!({ "arn": pair.arn }).to_string();
    assert_eq!(fixture.raw("POST", "/DeletePlaybackKeyPair", &raw).await.status, 200, "not 204 as the other deletes");
    import(VECTOR).await.expect("there is room again");
}

#[tokio::test]
async fn line_15_batches_fail_in_parts() {
    let fixture = Fixture::new().await;
    let (channel, key) = fixture.channel().await;
    let missing = channel.replace(channel.rsplit('/').next().expect("an id"), "nosuchnosuch");
    let found = fixture.ivs.batch_get_channel().arns(&channel).arns(&missing).send().await.expect("a batch");
    assert_eq!(found.channels().iter().map(|channel| channel.arn()).collect::<Vec<_>>(), [Some(channel.as_str())]);
    assert_eq!((found.errors()[0].arn(), found.errors()[0].code()), (Some(missing.as_str()), Some("404")));
    let keys =
        fixture.ivs.batch_get_stream_key().arns(&key).arns(missing.replace(":channel/", ":stream-key/")).send().await.expect("a batch");
    assert!(keys.stream_keys()[0].value().is_some());

    let many = fixture.ivs.batch_get_channel().set_arns(Some(vec![channel.clone(); 51])).send().await;
    assert_eq!(code(many), error(400, "ValidationException"));
    let viewer = |n: usize| {
        let builder = aws_sdk_ivs::types::BatchStartViewerSessionRevocationViewerSession::builder();
        builder.channel_arn(&channel).viewer_id(format!("viewer-{n}")).build().expect("a viewer")
    };
    let revoke = |count: usize| {
        let viewers = (0..count).map(viewer).collect();
        fixture.ivs.batch_start_viewer_session_revocation().set_viewer_sessions(Some(viewers)).send()
    };
    assert!(revoke(20).await.expect("20 are taken").errors().is_empty());
    assert_eq!(code(revoke(21).await), error(400, "ValidationException"));
    let raw = fixture.raw("POST", "/BatchGetChannel", &serde_json::json!({ "arns": [channel] }).to_string()).await;
    assert!(raw.header("x-content-type-options").is_some(), "the three batches have the headers of errors");
}

#[tokio::test]
async fn quotas_are_402_with_what_is_full() {
    let fixture = Fixture::with(|settings| settings.quotas = Quotas { channels: 1, ..Quotas::default() }).await;
    fixture.channel().await;
    let (status, code, text) = refused(fixture.ivs.create_channel().send().await);
    assert_eq!((status, code.as_str()), (402, "ServiceQuotaExceededException"));
    assert!(text.contains("1 channels"), "{text}");
}

#[tokio::test]
async fn the_same_seed_makes_the_same_resources() {
    let (one, two) = (Fixture::new().await, Fixture::new().await);
    assert_eq!(one.channel().await, two.channel().await);
    one.ivs.list_channels().send().await.expect("a read changes no id to come");
    assert_eq!(one.channel().await, two.channel().await);
}
