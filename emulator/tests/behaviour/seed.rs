//! The demo's account: what the console shows before anyone has made anything.

use crate::fixture::{Fixture, client};
use aws_sdk_ivs::Client;
use aws_sdk_ivs::types::{RecordingConfigurationState, StreamHealth};
use std::collections::BTreeSet;

async fn demo() -> (Fixture, [Client; 2]) {
    let fixture = Fixture::new().await;
    emulator::seed::demo(&fixture.emulator);
    let clients = ["eu-west-1", "us-west-2"].map(|region| client(&fixture.url, region, "any", "any"));
    (fixture, clients)
}

#[tokio::test]
async fn sixty_channels_a_dozen_live_one_starving() {
    let (_fixture, clients) = demo().await;
    let (mut channels, mut live, mut starving, mut private, mut names) = (0, 0, 0, 0, BTreeSet::new());
    for ivs in &clients {
        let listed = ivs.list_channels().send().await.expect("a list").channels;
        channels += listed.len();
        private += listed.iter().filter(|channel| channel.authorized).count();
        names.extend(listed.iter().filter_map(|channel| channel.name.clone()));
        assert!(listed.iter().all(|channel| channel.tags().is_some_and(|tags| tags.contains_key("team") && tags.contains_key("env"))));
        let streams = ivs.list_streams().send().await.expect("a list").streams;
        live += streams.len();
        starving += streams.iter().filter(|stream| stream.health == Some(StreamHealth::Starving)).count();
        assert!(streams.iter().all(|stream| stream.viewer_count > 10), "people watch");
    }
    assert_eq!((channels, names.len()), (60, 60), "names differ");
    assert_eq!((live, starving, private), (12, 1, 2));
}

#[tokio::test]
async fn two_weeks_of_sessions_one_with_a_failed_recording() {
    let (_fixture, clients) = demo().await;
    let (mut ended, mut running, mut failed) = (0, 0, 0);
    for ivs in &clients {
        for channel in ivs.list_channels().send().await.expect("a list").channels {
            let arn = channel.arn.unwrap_or_default();
            let sessions = ivs.list_stream_sessions().channel_arn(&arn).send().await.expect("a list").stream_sessions;
            running += sessions.iter().filter(|session| session.end_time.is_none()).count();
            ended += sessions.iter().filter(|session| session.end_time.is_some()).count();
            for session in sessions.iter().filter(|session| session.has_error_event) {
                let id = session.stream_id.clone().unwrap_or_default();
                let whole = ivs.get_stream_session().channel_arn(&arn).stream_id(id).send().await.expect("it").stream_session.expect("it");
                failed += whole.truncated_events().iter().filter(|event| event.name() == Some("Recording End Failure")).count();
            }
        }
    }
    assert_eq!((running, failed), (12, 1));
    assert!(ended > 200, "{ended} past sessions");
}

#[tokio::test]
async fn the_shared_things_are_there() {
    let (_fixture, [eu, us]) = demo().await;
    let recordings = eu.list_recording_configurations().send().await.expect("a list").recording_configurations;
    let states: Vec<_> = recordings.iter().map(|made| made.state.clone()).collect();
    use RecordingConfigurationState::{Active, CreateFailed};
    assert_eq!(states, [Active, Active, CreateFailed]);
    assert_eq!(eu.list_playback_key_pairs().send().await.expect("a list").key_pairs.len(), 2);
    assert_eq!(us.list_playback_key_pairs().send().await.expect("a list").key_pairs.len(), 1);
    assert_eq!(us.list_ad_configurations().send().await.expect("a list").ad_configurations.len(), 1);
    assert_eq!(eu.list_failover_slate_configurations().send().await.expect("a list").failover_slate_configurations.len(), 1);
    let policies = eu.list_playback_restriction_policies().max_results(100).send().await.expect("a list");
    assert_eq!(policies.playback_restriction_policies.len(), 2);
}

#[tokio::test]
async fn the_same_seed_at_the_same_time_is_the_same_account() {
    let (one, _) = demo().await;
    let (other, _) = demo().await;
    for path in ["/ListChannels", "/ListStreams", "/ListRecordingConfigurations"] {
        assert_eq!(one.raw("POST", path, "{}").await.body, other.raw("POST", path, "{}").await.body);
    }
}

#[tokio::test]
async fn shows_begin_and_end_while_the_demo_runs() {
    let (fixture, [eu, _]) = demo().await;
    let mut seen = BTreeSet::new();
    for _ in 0..24 {
        fixture.clock.advance(emulator::clock::HOUR);
        let live = eu.list_streams().send().await.expect("a list").streams;
        seen.extend(live.into_iter().filter_map(|stream| stream.channel_arn));
    }
    assert!(seen.len() > 10, "{} channels were live within a day", seen.len());
}
