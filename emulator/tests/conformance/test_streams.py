"""Section 8, lines 8, 9, 10 and 17: what live channels do and what can be done to them."""

import pytest

from refusal import refused
from world import ABSENT


@pytest.fixture
def channel(ivs):
    return ivs.create_channel(name="arena-main")["channel"]["arn"]


@pytest.fixture
def live(control, channel):
    control.scenario(channel, "goLive", encoder="obs")
    return channel


def events(ivs, channel):
    """Oldest first."""
    shown = ivs.get_stream_session(channelArn=channel)["streamSession"]["truncatedEvents"]
    times = [event["eventTime"] for event in shown]
    assert times == sorted(times, reverse=True), "newest first"
    return [event["name"] for event in reversed(shown)]


def test_line_08_live_channels_are_neither_changed_nor_deleted(ivs, live):
    key = ivs.list_stream_keys(channelArn=live)["streamKeys"][0]["arn"]
    for change in (lambda: ivs.update_channel(arn=live, name="x"), lambda: ivs.delete_channel(arn=live)):
        with refused("ConflictException", 409) as caught:
            change()
        assert caught.value.response["Error"]["Message"].endswith(f"while resource: {live} is live")
    ivs.stop_stream(channelArn=live)
    ivs.delete_channel(arn=live)
    with refused("ResourceNotFoundException", 404):
        ivs.get_stream_key(arn=key)
    with refused("ResourceNotFoundException", 404):
        ivs.get_channel(arn=live)
    sessions = ivs.list_stream_sessions(channelArn=live)["streamSessions"]
    assert len(sessions) == 1 and sessions[0]["endTime"], "sessions outlive their channel"
    session = ivs.get_stream_session(channelArn=live, streamId=sessions[0]["streamId"])["streamSession"]
    assert session["channel"]["name"] == "arena-main"


def calls(ivs, channel):
    return {
        "GetStream": lambda: ivs.get_stream(channelArn=channel),
        "PutMetadata": lambda: ivs.put_metadata(channelArn=channel, metadata="x"),
        "StopStream": lambda: ivs.stop_stream(channelArn=channel),
        "InsertAdBreak": lambda: ivs.insert_ad_break(channelArn=channel, durationSeconds=30),
    }


@pytest.mark.parametrize("operation", ["GetStream", "PutMetadata", "StopStream", "InsertAdBreak"])
def test_line_09_offline_and_unknown_are_two_different_404s(ivs, channel, operation):
    with refused("ChannelNotBroadcasting", 404) as caught:
        calls(ivs, channel)[operation]()
    assert caught.value.response["Error"]["Message"] == f"Channel: {channel} is not currently online"
    with refused("ResourceNotFoundException", 404):
        calls(ivs, ABSENT)[operation]()


def test_line_10_metadata_is_at_most_1024_bytes(ivs, live):
    ivs.put_metadata(channelArn=live, metadata="x" * 1024)
    for metadata in ("x" * 1025, "ü" * 513):
        with refused("ValidationException", 400):
            ivs.put_metadata(channelArn=live, metadata=metadata)
    ivs.put_metadata(channelArn=live, metadata="ü" * 512)


def test_line_10_the_sixth_metadata_in_a_second_is_throttled(ivs, control):
    control.reset(rates=True)
    control.call("POST", "/clock", {"stop": True})
    live = ivs.create_channel()["channel"]["arn"]
    control.scenario(live, "goLive")
    for _ in range(5):
        ivs.put_metadata(channelArn=live, metadata="x")
    with refused("ThrottlingException", 429) as caught:
        ivs.put_metadata(channelArn=live, metadata="x")
    assert caught.value.response["Error"]["Message"] == f"Operation: ivs:PutMetadata exceeded call rate: 5 for resource: {live}"
    control.advance(1)
    ivs.put_metadata(channelArn=live, metadata="x")


def test_every_operation_has_a_rate(ivs, control):
    control.reset(rates=True)
    control.call("POST", "/clock", {"stop": True})
    for _ in range(5):
        ivs.list_channels()
    with refused("ThrottlingException", 429):
        ivs.list_channels()
    ivs.list_streams()


def test_line_17_order_of_events(ivs, control, channel):
    control.call("POST", "/clock", {"stop": True})
    control.scenario(channel, "goLive", encoder="obs")
    assert events(ivs, channel) == ["Session Created"]
    control.advance(60)
    assert events(ivs, channel) == ["Session Created", "Stream Start"]
    control.scenario(channel, "starve")
    control.advance(60)
    control.scenario(channel, "recover")
    ivs.stop_stream(channelArn=channel)
    names = events(ivs, channel)
    assert names[:4] == ["Session Created", "Stream Start", "Starvation Start", "Starvation End"]
    assert sorted(names[4:]) == ["Session Ended", "Stream End"], "these two may swap"


def test_line_17_at_most_500_events(ivs, control, live):
    control.advance(60)
    for _ in range(260):
        control.scenario(live, "starve")
        control.scenario(live, "recover")
    shown = ivs.get_stream_session(channelArn=live)["streamSession"]["truncatedEvents"]
    assert len(shown) == 500
    assert "Session Created" not in {event["name"] for event in shown}, "the oldest are left out"


def test_line_17_health_shows_in_lists(ivs, control, live):
    control.scenario(live, "starve")
    assert [stream["health"] for stream in ivs.list_streams(filterBy={"health": "STARVING"})["streams"]] == ["STARVING"]
    assert ivs.get_stream(channelArn=live)["stream"]["health"] == "STARVING"


def test_line_17_breaches_and_failures_are_errors_of_a_session(ivs, control, live):
    control.advance(60)
    assert not ivs.list_stream_sessions(channelArn=live)["streamSessions"][0]["hasErrorEvent"]
    control.scenario(live, "breach", limit="Ingest Bitrate")
    assert ivs.list_stream_sessions(channelArn=live)["streamSessions"][0]["hasErrorEvent"]
    newest = ivs.get_stream_session(channelArn=live)["streamSession"]["truncatedEvents"][0]
    assert (newest["type"], newest["name"]) == ("IVS Limit Breach", "Ingest Bitrate")


def test_an_encoder_comes_back_with_its_key(ivs, control, live):
    """StopStream disconnects; the encoder signs in again, as a new stream, unless its key is gone."""
    first = ivs.get_stream(channelArn=live)["stream"]["streamId"]
    control.scenario(live, "reconnectAfter", seconds=5)
    ivs.stop_stream(channelArn=live)
    with refused("ChannelNotBroadcasting", 404):
        ivs.get_stream(channelArn=live)
    control.advance(10)
    second = ivs.get_stream(channelArn=live)["stream"]["streamId"]
    assert second != first
    ivs.delete_stream_key(arn=ivs.list_stream_keys(channelArn=live)["streamKeys"][0]["arn"])
    assert ivs.get_stream(channelArn=live)["stream"]["streamId"] == second, "a running stream goes on without its key"
    ivs.stop_stream(channelArn=live)
    control.advance(60)
    with refused("ChannelNotBroadcasting", 404):
        ivs.get_stream(channelArn=live)


def test_ad_breaks(ivs, control):
    media_tailor = "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/tally-preroll"
    made = ivs.create_ad_configuration(mediaTailorPlaybackConfigurations=[{"playbackConfigurationArn": media_tailor}])
    live = ivs.create_channel(adConfigurationArn=made["adConfiguration"]["arn"])["channel"]["arn"]
    control.scenario(live, "goLive")
    started = ivs.insert_ad_break(channelArn=live, durationSeconds=30, adBreakId="abcdABCD1234")
    assert started["adBreakId"] == "abcdABCD1234" and started["targetStartAt"]
    with refused("ConflictException", 409):
        ivs.insert_ad_break(channelArn=live, durationSeconds=30)
    control.advance(31)
    assert len(ivs.insert_ad_break(channelArn=live, durationSeconds=30)["adBreakId"]) == 12


def test_sessions_are_snapshots(ivs, control, live):
    ivs.stop_stream(channelArn=live)
    ivs.update_channel(arn=live, name="arena-2")
    assert ivs.get_stream_session(channelArn=live)["streamSession"]["channel"]["name"] == "arena-main"


def test_every_encoder_sends_something_believable(ivs, control, channel):
    for encoder in ("obs", "obs720", "ffmpeg", "vmix", "larix", "atem", "multitrack"):
        control.scenario(channel, "goLive", encoder=encoder)
        sent = ivs.get_stream_session(channelArn=channel)["streamSession"]["ingestConfigurations"]
        video, audio = sent["videoConfigurations"], sent["audioConfigurations"]
        assert video[0]["encoder"] and video[0]["codec"].startswith("avc1.") and video[0]["track"] == "Track0"
        assert video[0]["videoWidth"] * 9 == video[0]["videoHeight"] * 16 and 500_000 < video[0]["targetBitrate"] <= 8_500_000
        assert audio[0]["codec"] == "mp4a.40.2" and audio[0]["sampleRate"] in (44_100, 48_000)
        ivs.stop_stream(channelArn=channel)
