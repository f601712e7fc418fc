//! The writers, each against every member that the contract has of a request.

use super::again::Again;
use super::code::Code;
use super::kind::made_by;
use super::{cloudformation, code, json, terraform};
use crate::api::{self, Json, Scope};
use contract::Call;
use contract::ad_configuration::{AdConfiguration, MediaTailorPlaybackConfiguration, PostRollConfiguration};
use contract::channel::{
    Channel, ChannelLatencyMode, ChannelType, ContainerFormat, MultitrackInputConfiguration, MultitrackMaximumResolution, MultitrackPolicy,
    Srt, TranscodePreset,
};
use contract::failover_slate_configuration::FailoverSlateConfiguration;
use contract::playback_key_pair::{ImportPlaybackKeyPair, PlaybackKeyPair};
use contract::playback_restriction_policy::PlaybackRestrictionPolicy;
use contract::recording_configuration::{
    CreateRecordingConfiguration, DestinationConfiguration, RecordingConfiguration, RecordingConfigurationState, RecordingMode,
    RenditionConfiguration, RenditionConfigurationRendition, RenditionConfigurationRenditionSelection, S3DestinationConfiguration,
    ThumbnailConfiguration, ThumbnailConfigurationResolution, ThumbnailConfigurationStorage,
};
use contract::tag::Tags;

const ARN: &str = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh";

fn scope() -> Scope {
    Scope { account: "demo".into(), region: "eu-west-1".into() }
}

fn tags() -> Tags {
    [("team", "sports"), ("tally:op", "123"), ("aws:x", "y")].map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

fn arn(kind: &str) -> Option<String> {
    Some(format!("arn:aws:ivs:eu-west-1:123456789012:{kind}/abcdABCDefgh"))
}

/// Everything set, even what does not go together.
pub(crate) fn channel() -> Channel {
    Channel {
        arn: Some(ARN.to_owned()),
        name: Some("finals-stage-2".into()),
        latency_mode: Some(ChannelLatencyMode::Normal),
        kind: Some(ChannelType::AdvancedHd),
        recording_configuration_arn: arn("recording-configuration"),
        ingest_endpoint: Some("a1.global-contribute.live-video.net".into()),
        playback_url: Some("https://a1.playback.live-video.net/x.m3u8".into()),
        authorized: Some(true),
        tags: tags(),
        insecure_ingest: Some(true),
        preset: Some(TranscodePreset::ConstrainedBandwidthDelivery),
        srt: Some(Srt { endpoint: Some("srt://a1.srt.live-video.net:9000".into()), passphrase: Some("passphrase".to_owned().into()) }),
        playback_restriction_policy_arn: arn("playback-restriction-policy"),
        multitrack_input_configuration: Some(MultitrackInputConfiguration {
            enabled: Some(true),
            policy: Some(MultitrackPolicy::Require),
            maximum_resolution: Some(MultitrackMaximumResolution::Hd),
        }),
        container_format: Some(ContainerFormat::FragmentedMp4),
        ad_configuration_arn: arn("ad-configuration"),
        failover_slate_configuration_arn: arn("failover-slate-configuration"),
    }
}

fn recording() -> RecordingConfiguration {
    RecordingConfiguration {
        arn: arn("recording-configuration").unwrap(),
        name: Some("vod-eu".into()),
        destination_configuration: DestinationConfiguration { s3: Some(S3DestinationConfiguration { bucket_name: "my-bucket".into() }) },
        state: RecordingConfigurationState::Active,
        tags: tags(),
        thumbnail_configuration: Some(ThumbnailConfiguration {
            recording_mode: Some(RecordingMode::Interval),
            target_interval_seconds: Some(7),
            resolution: Some(ThumbnailConfigurationResolution::Sd),
            storage: Some(vec![ThumbnailConfigurationStorage::Sequential, ThumbnailConfigurationStorage::Latest]),
        }),
        recording_reconnect_window_seconds: Some(45),
        rendition_configuration: Some(RenditionConfiguration {
            rendition_selection: Some(RenditionConfigurationRenditionSelection::Custom),
            renditions: Some(vec![RenditionConfigurationRendition::FullHd]),
        }),
    }
}

fn pair() -> PlaybackKeyPair {
    PlaybackKeyPair { arn: arn("playback-key"), name: Some("playback-2026".into()), fingerprint: Some("aa:bb".into()), tags: tags() }
}

fn policy() -> PlaybackRestrictionPolicy {
    PlaybackRestrictionPolicy {
        arn: arn("playback-restriction-policy").unwrap(),
        allowed_countries: vec!["DE".into(), "NO".into()],
        allowed_origins: vec!["https://example.com".into()],
        enable_strict_origin_enforcement: Some(true),
        name: Some("eu-only".into()),
        tags: tags(),
    }
}

fn ads() -> AdConfiguration {
    AdConfiguration {
        arn: arn("ad-configuration").unwrap(),
        name: Some("ads".into()),
        media_tailor_playback_configurations: vec![MediaTailorPlaybackConfiguration {
            playback_configuration_arn: Some("arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/a".into()),
        }],
        post_roll_configuration: Some(PostRollConfiguration { duration_seconds: 44, enabled: true }),
        tags: tags(),
    }
}

fn slate() -> FailoverSlateConfiguration {
    FailoverSlateConfiguration {
        name: Some("slate".into()),
        activation_threshold_seconds: Some(4),
        min_slate_display_seconds: Some(8),
        max_slate_display_seconds: Some(177),
        tags: tags(),
        ..FailoverSlateConfiguration::default()
    }
}

fn tree<R: Call>(request: &R) -> Json {
    api::tree(&api::write(request))
}

fn hcl<R: Call>(request: &R, arn: Option<&str>) -> Code {
    terraform::code(made_by(R::OPERATION).unwrap(), &scope(), tree(request), arn)
}

fn yaml<R: Call>(request: &R) -> Code {
    cloudformation::code(made_by(R::OPERATION).unwrap(), &scope(), tree(request))
}

/// The paths of all that is no object, with what they are set to.
pub(crate) fn leaves(value: &Json, at: &str, found: &mut Vec<(String, String)>) {
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                let path = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                leaves(value, &path, found);
            }
        }
        Json::List(items) => items.iter().for_each(|item| leaves(item, at, found)),
        Json::Text(text) => found.push((at.to_owned(), text.clone())),
        Json::Bool(yes) => found.push((at.to_owned(), yes.to_string())),
        Json::Whole(number) => found.push((at.to_owned(), number.to_string())),
        Json::Null | Json::Broken => panic!("{at} is not set"),
    }
}

/// Is each member either in the code, by its name there and its value, or named in a note?
fn whole(code: &Code, request: &Json, named: fn(&str) -> String) {
    let comments = code.text.lines().filter_map(|line| line.strip_prefix("# "));
    let notes = comments.chain(code.notes.iter().map(String::as_str)).collect::<Vec<_>>().join("\n");
    let text = code.text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    leaves(request, "", &mut found);
    assert!(found.len() > 3, "{found:?}");
    for (path, value) in found {
        let last = path.rsplit('.').next().unwrap_or_default();
        let tag = path.starts_with("tags.");
        let name = if tag { last.to_owned() } else { named(last) };
        let written = text.contains(&name) && text.contains(&value);
        let noted = path.split('.').scan(String::new(), |at, part| {
            if !at.is_empty() {
                at.push('.');
            }
            at.push_str(part);
            Some(at.clone())
        });
        let noted = noted.into_iter().any(|path| notes.split([' ', ',', ':']).any(|word| word == path));
        assert!(written || noted, "{path} = {value} is neither written nor said to be missing:\n{}\n{notes}", code.text);
        assert!(!(written && noted), "{path} is both written and said to be missing");
    }
}

fn pascal(member: &str) -> String {
    member[..1].to_uppercase() + &member[1..] + ":"
}

fn snake(member: &str) -> String {
    member
        .chars()
        .flat_map(|letter| if letter.is_ascii_uppercase() { vec!['_', letter.to_ascii_lowercase()] } else { vec![letter] })
        .collect()
}

#[test]
fn every_member_is_written_or_said_to_be_missing() {
    fn of<T: Again>(one: &T) {
        let request = one.again();
        let tree = tree(&request);
        let json = json::code(T::Request::OPERATION, &scope(), &tree);
        assert_eq!(api::write(&request), json.text.lines().map(str::trim_start).collect::<String>().replace("\": ", "\":"));
        for (code, named) in [(hcl(&request, None), snake as fn(&str) -> String), (yaml(&request), pascal)] {
            if code.text.is_empty() {
                assert_eq!(code.notes.len(), 1, "no code, and why");
            } else {
                whole(&code, &tree, named);
            }
        }
    }
    of(&channel());
    of(&recording());
    of(&policy());
    of(&ads());
    of(&slate());
}

#[test]
fn what_ivs_makes_and_what_is_not_a_persons_is_not_in_it() {
    let all = [hcl(&channel().again(), Some(ARN)).text, yaml(&channel().again()).text];
    for text in all {
        for made in ["live-video.net", "tally", "aws:x", "srt", "passphrase"] {
            assert!(!text.contains(made), "{made}: {text}");
        }
    }
}

#[test]
fn a_channel_is_hcl_that_imports_the_one_that_is_there() {
    let code = hcl(&channel().again(), Some(ARN));
    let expected = r#"resource "aws_ivs_channel" "finals_stage_2" {
  region                      = "eu-west-1"
  name                        = "finals-stage-2"
  latency_mode                = "NORMAL"
  type                        = "ADVANCED_HD"
  authorized                  = true
  recording_configuration_arn = "arn:aws:ivs:eu-west-1:123456789012:recording-configuration/abcdABCDefgh"

  tags = {
    "team" = "sports"
  }
}

import {
  to = aws_ivs_channel.finals_stage_2
  id = "arn:aws:ivs:eu-west-1:123456789012:channel/abcdABCDefgh"
}
# The provider hashicorp/aws has no fields for insecureIngest, preset, "#;
    assert!(code.text.starts_with(expected), "{}", code.text);
    assert!(!hcl(&channel().again(), None).text.contains("import"), "there is nothing to import where it is made");
}

#[test]
fn a_recording_configuration_is_blocks_in_blocks() {
    let expected = r#"
  recording_reconnect_window_seconds = 45

  tags = {
    "team" = "sports"
  }

  destination_configuration {
    s3 {
      bucket_name = "my-bucket"
    }
  }

  thumbnail_configuration {
    recording_mode          = "INTERVAL"
    target_interval_seconds = 7
  }
}
"#;
    let code = hcl(&recording().again(), None);
    assert!(code.text.contains(expected), "{}", code.text);
}

#[test]
fn what_the_provider_refuses_of_thumbnails_is_said() {
    let thumbnails = |mode, seconds| {
        let given = ThumbnailConfiguration { recording_mode: Some(mode), target_interval_seconds: Some(seconds), ..Default::default() };
        hcl(&CreateRecordingConfiguration { thumbnail_configuration: Some(given), ..Default::default() }, None).text
    };
    assert!(thumbnails(RecordingMode::Interval, 4).contains("target_interval_seconds below 5"));
    assert!(!thumbnails(RecordingMode::Interval, 5).contains("refused"));
    let off = thumbnails(RecordingMode::Disabled, 60);
    assert!(off.contains("are DISABLED") && !off.contains("target_interval"), "{off}");
}

#[test]
fn a_key_pair_that_is_there_says_where_its_public_key_has_to_come_from() {
    let request = pair().again();
    let code = hcl(&request, arn("playback-key").as_deref()).text;
    assert!(code.contains("public_key = file(\"public.pem\")") && code.contains("ignore_changes = [public_key]"), "{code}");
    let code = yaml(&request).text;
    assert!(code.contains("PublicKeyMaterial: { Ref: PublicKeyMaterial }") && code.starts_with("Parameters:\n"), "{code}");
    assert!(json::code(ImportPlaybackKeyPair::OPERATION, &scope(), &tree(&request)).notes[1].contains("PEM"));
    // One that is typed stands in it.
    let typed = ImportPlaybackKeyPair { public_key_material: "-----BEGIN\nA\n".into(), ..Default::default() };
    assert!(hcl(&typed, None).text.contains(r#"public_key = "-----BEGIN\nA\n""#), "{}", hcl(&typed, None).text);
    assert!(yaml(&typed).text.contains(r#"PublicKeyMaterial: "-----BEGIN\nA\n""#) && !yaml(&typed).text.contains("Parameters"));
}

#[test]
fn a_channel_is_yaml_with_its_stream_key() {
    let code = yaml(&channel().again()).text;
    let expected = r#"Resources:
  FinalsStage2:
    Type: AWS::IVS::Channel
    Properties:
      Name: "finals-stage-2"
"#;
    let rest = r#"      Tags:
        - Key: "team"
          Value: "sports"
      InsecureIngest: true
      Preset: "CONSTRAINED_BANDWIDTH_DELIVERY"
      MultitrackInputConfiguration:
        Enabled: true
        Policy: "REQUIRE"
        MaximumResolution: "HD"
      ContainerFormat: "FRAGMENTED_MP4"
  FinalsStage2StreamKey:
    Type: AWS::IVS::StreamKey
    Properties:
      ChannelArn:
        Ref: FinalsStage2
# For a stack in eu-west-1.
# CloudFormation has no fields for playbackRestrictionPolicyArn, adConfigurationArn and failoverSlateConfigurationArn: "#;
    assert!(code.starts_with(expected) && code.contains(rest), "{code}");
}

#[test]
fn what_has_no_resource_says_so_and_nothing_else() {
    for code in [hcl(&policy().again(), None), hcl(&ads().again(), None), hcl(&slate().again(), None), yaml(&slate().again())] {
        assert!(code.text.is_empty() && code.notes.len() == 1, "{code:?}");
    }
    assert!(hcl(&policy().again(), None).notes[0].ends_with("has awscc_ivs_playback_restriction_policy."));
    assert_eq!(yaml(&slate().again()).notes, ["CloudFormation has no resource type for failover slates."]);
}

#[test]
fn no_text_leaves_its_quotes() {
    assert_eq!(code::quoted("a\"b\\c\n\t\r\u{1}\u{85}\u{2028}é"), r#""a\"b\\c\n\t\r\u0001\u0085\u2028é""#);
    assert_eq!(terraform::string("${a} %{b} $ % {}"), r#""$${a} %%{b} $ % {}""#);
    assert_eq!(terraform::string("$${a} %%{b} \\${"), r#""$\u0024{a} %\u0025{b} \\$${""#);
}

#[test]
fn a_label_is_an_identifier() {
    let labels = |name: &str| (terraform::label(name, "ad configuration"), cloudformation::label(name, "ad configuration"));
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(labels("finals-stage_2"), pair("finals_stage_2", "FinalsStage2"));
    assert_eq!(labels("2026-finals"), pair("ad_configuration_2026_finals", "AdConfiguration2026Finals"));
    assert_eq!(labels(""), pair("ad_configuration", "AdConfiguration"));
    assert_eq!(labels("-_"), pair("ad_configuration", "AdConfiguration"));
    assert_eq!(labels("on"), pair("on", "AdConfigurationOn"));
    assert_eq!(labels("\"${x}\n"), pair("x", "X"));
}
