//! Lines 8, 9, 10, 17: live channels, offline ones, metadata, what a session tells.

use crate::fixture::{Fixture, REGION, code, error, refused};
use aws_sdk_ivs::types::{ContainerFormat, StreamHealth};

/// The names of a session's events, oldest first.
async fn events(fixture: &Fixture, channel: &str) -> Vec<String> {
    let session = fixture.ivs.get_stream_session().channel_arn(channel).send().await.expect("a session").stream_session.expect("it");
    session.truncated_events().iter().rev().filter_map(|event| event.name.clone()).collect()
}

#[tokio::test]
async fn line_08_a_live_channel_is_not_changed_or_deleted() {
    let fixture = Fixture::new().await;
    let (channel, key) = fixture.channel().await;
    let stream = fixture.go_live(&channel);
    let live = fixture.ivs.list_streams().send().await.expect("streams").streams;
    assert_eq!(live.iter().map(|live| live.stream_id.as_deref()).collect::<Vec<_>>(), [Some(stream.as_str())]);
    let (status, code_, text) = refused(fixture.ivs.delete_channel().arn(&channel).send().await);
    assert_eq!((status, code_.as_str()), (409, "ConflictException"));
    assert_eq!(text, format!("Unable to perform: ivs:DeleteChannel while resource: {channel} is live"));
    assert_eq!(code(fixture.ivs.update_channel().arn(&channel).name("b").send().await), error(409, "ConflictException"));

    fixture.ivs.stop_stream().channel_arn(&channel).send().await.expect("stopped");
    fixture.ivs.delete_channel().arn(&channel).send().await.expect("deleted");
    assert_eq!(code(fixture.ivs.get_stream_key().arn(key).send().await), error(404, "ResourceNotFoundException"));
    let sessions = async || fixture.ivs.list_stream_sessions().channel_arn(&channel).send().await;
    assert_eq!(sessions().await.expect("they stay").stream_sessions.len(), 1);
    fixture.clock.advance(60 * emulator::clock::DAY);
    assert_eq!(code(sessions().await), error(404, "ResourceNotFoundException"), "for 60 days");
}

#[tokio::test]
async fn line_08_an_encoder_reconnects_as_a_new_stream_and_needs_the_key() {
    let fixture = Fixture::new().await;
    let (channel, key) = fixture.channel().await;
    let first = fixture.go_live(&channel);
    fixture.ivs.stop_stream().channel_arn(&channel).send().await.expect("stopped");
    fixture.clock.advance(2_000);
    let second = fixture.emulator.edit(REGION, |region, ctx| region.reconnect(ctx, &channel)).expect("comes back");
    assert_ne!(first, second);
    let sessions = fixture.ivs.list_stream_sessions().channel_arn(&channel).send().await.expect("sessions").stream_sessions;
    let ids: Vec<_> = sessions.iter().filter_map(|session| session.stream_id.as_deref()).collect();
    assert_eq!(ids, [second.as_str(), first.as_str()], "newest first");
    assert!(sessions[0].end_time.is_none() && sessions[1].end_time.is_some());

    fixture.ivs.delete_stream_key().arn(key).send().await.expect("a running stream does not hinder it");
    fixture.ivs.get_stream().channel_arn(&channel).send().await.expect("and goes on");
    fixture.ivs.stop_stream().channel_arn(&channel).send().await.expect("stopped");
    fixture.emulator.edit(REGION, |region, ctx| region.reconnect(ctx, &channel)).expect_err("the key is gone");
}

#[tokio::test]
async fn line_09_offline_and_unknown_are_two_404s() {
    let fixture = Fixture::new().await;
    let (offline, _) = fixture.channel().await;
    let unknown = format!("arn:aws:ivs:{REGION}:123456789012:channel/nosuchnosuch");
    for (channel, code_) in [(&offline, "ChannelNotBroadcasting"), (&unknown, "ResourceNotFoundException")] {
        assert_eq!(code(fixture.ivs.get_stream().channel_arn(channel).send().await), error(404, code_));
        assert_eq!(code(fixture.ivs.stop_stream().channel_arn(channel).send().await), error(404, code_));
        assert_eq!(code(fixture.ivs.put_metadata().channel_arn(channel).metadata("x").send().await), error(404, code_));
        assert_eq!(code(fixture.ivs.insert_ad_break().channel_arn(channel).duration_seconds(30).send().await), error(404, code_));
    }
    let (_, _, text) = refused(fixture.ivs.get_stream().channel_arn(&offline).send().await);
    assert_eq!(text, format!("Channel: {offline} is not currently online"));
}

#[tokio::test]
async fn line_10_metadata_has_a_size_and_a_rate() {
    let fixture = Fixture::with(|_| {}).await;
    let (channel, _) = fixture.channel().await;
    fixture.go_live(&channel);
    let put = |text: String| fixture.ivs.put_metadata().channel_arn(&channel).metadata(text).send();
    put("é".repeat(512)).await.expect("1,024 bytes");
    let (status, code_, text) = refused(put(format!("{}x", "é".repeat(512))).await);
    assert_eq!((status, code_.as_str(), text.as_str()), (400, "ValidationException", "Metadata size exceeds payload limit"));
    for _ in 0..3 {
        put("x".to_owned()).await.expect("within the rate");
    }
    let (status, code_, text) = refused(put("x".to_owned()).await);
    assert_eq!((status, code_.as_str()), (429, "ThrottlingException"), "the sixth in a second");
    assert_eq!(text, format!("Operation: ivs:PutMetadata exceeded call rate: 5 for resource: {channel}"));
    fixture.clock.advance(200);
    put("x".to_owned()).await.expect("a fifth of a second later");
    assert_eq!(fixture.emulator.commits().get(&contract::Operation::PutMetadata), Some(&5));
}

#[tokio::test]
async fn line_17_events_come_in_order_and_show_newest_first() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    fixture.go_live(&channel);
    assert_eq!(events(&fixture, &channel).await, ["Session Created"]);
    fixture.clock.advance(6_000);
    assert_eq!(events(&fixture, &channel).await, ["Session Created", "Stream Start"]);
    fixture.clock.advance(60_000);
    fixture.emulator.edit(REGION, |region, ctx| region.starve(ctx, &channel)).expect("starves");
    let health = fixture.ivs.get_stream().channel_arn(&channel).send().await.expect("live").stream.expect("it").health;
    assert_eq!(health, Some(StreamHealth::Starving));
    fixture.clock.advance(5_000);
    fixture.emulator.edit(REGION, |region, ctx| region.recover(ctx, &channel)).expect("recovers");
    fixture.emulator.edit(REGION, |region, ctx| region.end(ctx, &channel)).expect("ends");
    let all = ["Session Created", "Stream Start", "Starvation Start", "Starvation End", "Stream End", "Session Ended"];
    assert_eq!(events(&fixture, &channel).await, all);

    let session = fixture.ivs.get_stream_session().channel_arn(&channel).send().await.expect("a session").stream_session.expect("it");
    let video = session.ingest_configurations().expect("tracks").video_configurations();
    assert_eq!((video[0].track(), video[0].video_height()), (Some("Track0"), 1080));
    assert_eq!(session.ingest_configuration().and_then(|track| track.video()).map(|video| video.video_width()), Some(1920));
    assert_eq!(session.channel().and_then(|channel| channel.name()), Some("a"), "as it was at the start");
    assert_eq!(session.truncated_events()[0].r#type(), Some("IVS Stream State Change"));
}

#[tokio::test]
async fn line_17_at_most_500_events() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    fixture.go_live(&channel);
    fixture.emulator.edit(REGION, |region, ctx| {
        for n in 0..600 {
            ctx.now += 1_000;
            let turn = if n % 2 == 0 { region.starve(ctx, &channel) } else { region.recover(ctx, &channel) };
            turn.expect("live");
        }
    });
    fixture.clock.advance(600_000);
    let events = events(&fixture, &channel).await;
    assert_eq!((events.len(), events.last().map(String::as_str)), (500, Some("Starvation End")));
}

#[tokio::test]
async fn a_stream_ends_after_48_hours() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    fixture.go_live(&channel);
    fixture.clock.advance(48 * emulator::clock::HOUR);
    assert_eq!(code(fixture.ivs.get_stream().channel_arn(&channel).send().await), error(404, "ChannelNotBroadcasting"));
}

#[tokio::test]
async fn viewers_move_by_a_walk_of_the_clock_alone() {
    let fixture = Fixture::new().await;
    let (channel, _) = fixture.channel().await;
    fixture.go_live(&channel);
    fixture.emulator.edit(REGION, |region, _| region.set_audience(&channel, 1_000)).expect("live");
    let viewers = async || fixture.ivs.get_stream().channel_arn(&channel).send().await.expect("live").stream.expect("it").viewer_count;
    assert_eq!(viewers().await, 0, "nobody at the start");
    let mut seen = Vec::new();
    for _ in 0..50 {
        fixture.clock.advance(60_000);
        seen.push(viewers().await);
    }
    assert_eq!(seen.last(), Some(&viewers().await), "the same moment, the same count");
    let settled = &seen[5..];
    assert!(settled.iter().all(|count| (500..=1_000).contains(count)), "{seen:?}");
    assert!(settled.windows(2).any(|pair| pair[0] != pair[1]));
}

#[tokio::test]
async fn an_ad_break_needs_ads_and_an_end_of_the_one_before() {
    let fixture = Fixture::new().await;
    let (plain, _) = fixture.channel().await;
    fixture.go_live(&plain);
    let insert = |channel: &str| fixture.ivs.insert_ad_break().channel_arn(channel).duration_seconds(30).send();
    assert_eq!(code(insert(&plain).await), error(400, "ValidationException"));

    let playback = "arn:aws:mediatailor:eu-west-1:123456789012:playbackConfiguration/abc";
    let tailor = aws_sdk_ivs::types::MediaTailorPlaybackConfiguration::builder().playback_configuration_arn(playback).build();
    let ads = fixture.ivs.create_ad_configuration().media_tailor_playback_configurations(tailor).send().await.expect("ads");
    let ads = ads.ad_configuration.expect("it").arn;
    let fragmented = fixture.ivs.create_channel().ad_configuration_arn(&ads).container_format(ContainerFormat::FragmentedMp4).send().await;
    assert_eq!(code(fragmented), error(400, "ValidationException"));
    let channel = fixture.ivs.create_channel().ad_configuration_arn(&ads).send().await.expect("a channel");
    let channel = channel.channel.and_then(|channel| channel.arn).expect("arn");
    fixture.go_live(&channel);
    let first = insert(&channel).await.expect("a break");
    assert!(first.ad_break_id().is_some_and(|id| id.len() == 12));
    fixture.clock.advance(29_999);
    assert_eq!(code(insert(&channel).await), error(409, "ConflictException"));
    fixture.clock.advance(1);
    insert(&channel).await.expect("the next");
    assert_eq!(code(fixture.ivs.delete_ad_configuration().arn(&ads).send().await), error(409, "ConflictException"), "attached");
}
