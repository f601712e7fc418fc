//! Line 11: recording configurations and what becomes of them; slates, which go the same way.

use crate::fixture::{Fixture, REGION, client, code, error};
use aws_sdk_ivs::Client;
use aws_sdk_ivs::types::{
    DestinationConfiguration, FailoverSlateConfigurationState, RecordingConfiguration, RecordingConfigurationState,
    S3DestinationConfiguration,
};
use emulator::Encoder;

fn bucket(name: &str) -> DestinationConfiguration {
    DestinationConfiguration::builder().s3(S3DestinationConfiguration::builder().bucket_name(name).build().expect("a bucket")).build()
}

async fn make(ivs: &Client, name: &str) -> RecordingConfiguration {
    let made = ivs.create_recording_configuration().destination_configuration(bucket(name)).send().await.expect("made");
    made.recording_configuration.expect("it")
}

async fn state(ivs: &Client, arn: &str) -> RecordingConfigurationState {
    ivs.get_recording_configuration().arn(arn).send().await.expect("found").recording_configuration.expect("it").state
}

#[tokio::test]
async fn line_11_a_recording_configuration_becomes_active_and_is_held_by_its_channels() {
    let fixture = Fixture::new().await;
    let made = make(&fixture.ivs, "recordings").await;
    assert_eq!(made.state, RecordingConfigurationState::Creating);
    let create = || fixture.ivs.create_channel().recording_configuration_arn(&made.arn).send();
    assert_eq!(code(create().await), error(400, "ValidationException"), "not yet");
    let delete = || fixture.ivs.delete_recording_configuration().arn(&made.arn).send();
    assert_eq!(code(delete().await), error(409, "ConflictException"), "not yet");
    fixture.clock.advance(4_000);
    assert_eq!(state(&fixture.ivs, &made.arn).await, RecordingConfigurationState::Active);

    let channel = create().await.expect("a channel").channel.and_then(|channel| channel.arn).expect("arn");
    assert_eq!(code(delete().await), error(409, "ConflictException"), "attached");
    let cleared = fixture.ivs.update_channel().arn(&channel).recording_configuration_arn("").send().await.expect("cleared");
    assert_eq!(cleared.channel.and_then(|channel| channel.recording_configuration_arn).as_deref(), Some(""));
    delete().await.expect("deleted");
    assert_eq!(code(create().await), error(404, "ResourceNotFoundException"));
}

#[tokio::test]
async fn line_11_a_bucket_elsewhere_fails_at_once_or_in_us_east_1_later() {
    let fixture = Fixture::new().await;
    let here = fixture.ivs.create_recording_configuration().destination_configuration(bucket("videos-us-west-2")).send().await;
    assert_eq!(code(here), error(400, "ValidationException"));
    let virginia = client(&fixture.url, "us-east-1", "AKIDEXAMPLE", "secret");
    let made = make(&virginia, "videos-us-west-2").await;
    assert_eq!(state(&virginia, &made.arn).await, RecordingConfigurationState::Creating);
    fixture.clock.advance(4_000);
    assert_eq!(state(&virginia, &made.arn).await, RecordingConfigurationState::CreateFailed);
}

#[tokio::test]
async fn line_11_a_recording_fails_and_its_session_says_so() {
    let fixture = Fixture::new().await;
    let made = make(&fixture.ivs, "recordings").await;
    fixture.clock.advance(4_000);
    let channel = fixture.ivs.create_channel().recording_configuration_arn(&made.arn).send().await.expect("a channel");
    let channel = channel.channel.and_then(|channel| channel.arn).expect("arn");
    fixture.go_live(&channel);
    fixture.clock.advance(7_000);
    fixture.emulator.edit(REGION, |region, ctx| region.fail_recording(ctx, &channel)).expect("fails");
    fixture.emulator.edit(REGION, |region, ctx| region.fail_recording(ctx, &channel)).expect_err("only once");
    fixture.emulator.edit(REGION, |region, ctx| region.end(ctx, &channel)).expect("ends");
    let sessions = fixture.ivs.list_stream_sessions().channel_arn(&channel).send().await.expect("sessions").stream_sessions;
    assert!(sessions[0].has_error_event);
    let session = fixture.ivs.get_stream_session().channel_arn(&channel).send().await.expect("a session").stream_session.expect("it");
    let names: Vec<_> = session.truncated_events().iter().rev().filter_map(|event| event.name()).collect();
    assert_eq!(names, ["Session Created", "Stream Start", "Recording Start", "Recording End Failure", "Stream End", "Session Ended"]);
    assert_eq!(session.recording_configuration().map(|recording| recording.arn()), Some(made.arn.as_str()));
}

#[tokio::test]
async fn a_slate_is_created_then_updated_and_held_by_its_channels() {
    let fixture = Fixture::new().await;
    let made = fixture.ivs.create_failover_slate_configuration().send().await.expect("made").failover_slate_configuration.expect("it");
    assert_eq!(made.state, FailoverSlateConfigurationState::Creating);
    let state = async || {
        let slate = fixture.ivs.get_failover_slate_configuration().arn(&made.arn).send().await.expect("found");
        slate.failover_slate_configuration.expect("it").state
    };
    fixture.clock.advance(3_000);
    assert_eq!(state().await, FailoverSlateConfigurationState::Created);
    let updated = fixture.ivs.update_failover_slate_configuration().arn(&made.arn).max_slate_display_seconds(180).send().await;
    let updated = updated.expect("updated").failover_slate_configuration.expect("it");
    assert_eq!((updated.state, updated.activation_threshold_seconds), (FailoverSlateConfigurationState::Updating, Some(3)));
    fixture.clock.advance(3_000);
    assert_eq!(state().await, FailoverSlateConfigurationState::Created);
    let channel = fixture.ivs.create_channel().failover_slate_configuration_arn(&made.arn).send().await.expect("a channel");
    let deleted = fixture.ivs.delete_failover_slate_configuration().arn(&made.arn).send().await;
    assert_eq!(code(deleted), error(409, "ConflictException"));
    let channel = channel.channel.and_then(|channel| channel.arn).expect("arn");
    fixture.emulator.edit(REGION, |region, ctx| region.go_live(ctx, &channel, &Encoder::default())).expect("live");
    let session = fixture.ivs.get_stream_session().channel_arn(&channel).send().await.expect("a session").stream_session.expect("it");
    assert_eq!(session.failover_slate_configuration().map(|slate| slate.arn()), Some(made.arn.as_str()));
}
