//! Scenarios: what was planned happens at its time, as of its time.

use crate::fixture::{Fixture, REGION};
use emulator::clock::{HOUR, MINUTE, SECOND};
use emulator::scenario::{Action, ENCODERS, Script, Sender};

fn go_live() -> Action {
    Action::GoLive { encoder: Sender::Named("obs".to_owned()) }
}

async fn live(fixture: &Fixture) -> bool {
    !fixture.ivs.list_streams().send().await.expect("a list").streams.is_empty()
}

/// Names and times of the newest session's events, oldest first.
async fn events(fixture: &Fixture, channel: &str) -> Vec<(String, i64)> {
    let session = fixture.ivs.get_stream_session().channel_arn(channel).send().await.expect("a session").stream_session.expect("it");
    let events = session.truncated_events.unwrap_or_default();
    events.iter().rev().map(|event| (event.name().unwrap_or_default().to_owned(), event.event_time().expect("a time").secs())).collect()
}

#[tokio::test]
async fn a_script_happens_in_its_own_time_though_nobody_looks() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    let script = Script::new()
        .then(MINUTE, go_live())
        .then(10 * MINUTE, Action::Starve)
        .then(MINUTE, Action::Recover)
        .then(MINUTE, Action::Breach { limit: "Ingest Bitrate".to_owned() })
        .then(10 * MINUTE, Action::End);
    fixture.emulator.play(&channel, &script).expect("a channel");
    assert!(!live(&fixture).await);
    fixture.clock.advance(30 * SECOND);
    assert!(!live(&fixture).await, "not before its time");
    fixture.clock.advance(HOUR);
    assert!(!live(&fixture).await, "it has come and gone");

    let begun = crate::fixture::NOW / SECOND + 60;
    let seen = events(&fixture, &channel).await;
    let at = |name: &str| seen.iter().find(|(found, _)| found == name).map(|(_, at)| at - begun);
    assert_eq!(at("Session Created"), Some(0));
    assert_eq!(at("Stream Start"), Some(6));
    assert_eq!(at("Starvation Start"), Some(600));
    assert_eq!(at("Starvation End"), Some(660));
    assert_eq!(at("Ingest Bitrate"), Some(720));
    assert_eq!((at("Stream End"), at("Session Ended")), (Some(1_320), Some(1_320)));
}

#[tokio::test]
async fn an_encoder_comes_back_after_a_stop_with_the_key_it_has() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    fixture.emulator.act(&channel, &go_live()).expect("live");
    fixture.emulator.act(&channel, &Action::ReconnectAfter { seconds: Some(10) }).expect("live");
    for _ in 0..2 {
        fixture.ivs.stop_stream().channel_arn(&channel).send().await.expect("stops");
        fixture.clock.advance(9 * SECOND);
        assert!(!live(&fixture).await);
        fixture.clock.advance(SECOND);
        assert!(live(&fixture).await, "each time");
    }
    let sessions = fixture.ivs.list_stream_sessions().channel_arn(&channel).send().await.expect("a list").stream_sessions;
    assert_eq!(sessions.len(), 3, "each sign-in is a new stream");
}

#[tokio::test]
async fn an_encoder_whose_key_was_replaced_does_not_come_back() {
    let fixture = Fixture::new().await;
    let (channel, key) = fixture.channel().await;
    fixture.emulator.act(&channel, &go_live()).expect("live");
    fixture.emulator.act(&channel, &Action::ReconnectAfter { seconds: Some(10) }).expect("live");
    fixture.ivs.delete_stream_key().arn(key).send().await.expect("deleted");
    fixture.ivs.create_stream_key().channel_arn(&channel).send().await.expect("a new one");
    assert!(live(&fixture).await, "a running stream needs no key");
    fixture.ivs.stop_stream().channel_arn(&channel).send().await.expect("stops");
    fixture.clock.advance(HOUR);
    assert!(!live(&fixture).await);
}

#[tokio::test]
async fn what_cannot_happen_does_not() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    let refused = fixture.emulator.act(&channel, &Action::Starve).expect_err("offline");
    assert_eq!(refused.code, contract::Code::ChannelNotBroadcasting);
    let encoder = Sender::Named("potato".to_owned());
    let refused = fixture.emulator.act(&channel, &Action::GoLive { encoder }).expect_err("no such encoder");
    assert!(refused.message.contains("obs"), "it says which there are: {}", refused.message);
    assert!(fixture.emulator.act("arn:aws:s3:::bucket", &Action::End).is_err());

    // A planned step whose time comes when it cannot happen is passed over, and those after it are not.
    fixture.emulator.play(&channel, &Script::new().then(SECOND, Action::Starve).then(SECOND, go_live())).expect("planned");
    fixture.clock.advance(MINUTE);
    assert!(live(&fixture).await);
}

#[tokio::test]
async fn every_encoder_shows_itself_in_the_session() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    for name in ENCODERS {
        fixture.emulator.act(&channel, &Action::GoLive { encoder: Sender::Named(name.to_owned()) }).expect(name);
        let session = fixture.ivs.get_stream_session().channel_arn(&channel).send().await.expect("a session").stream_session.expect("it");
        let sent = session.ingest_configurations.expect("what it sends");
        assert!(sent.video_configurations[0].encoder().is_some_and(|encoder| !encoder.is_empty()), "{name}");
        assert_eq!(sent.video_configurations.len(), if name == "multitrack" { 3 } else { 1 }, "{name}");
        fixture.emulator.edit(REGION, |region, ctx| region.end(ctx, &channel)).expect("ends");
    }
}
