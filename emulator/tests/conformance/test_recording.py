"""Section 8, line 11: recording configurations, and what recordings do to a session."""

import pytest

from refusal import refused


def create(ivs, bucket="tally-archive"):
    made = ivs.create_recording_configuration(destinationConfiguration={"s3": {"bucketName": bucket}})
    return made["recordingConfiguration"]


def state(ivs, arn):
    return ivs.get_recording_configuration(arn=arn)["recordingConfiguration"]["state"]


def test_line_11_creating_then_active(ivs, control):
    made = create(ivs)
    assert made["state"] == "CREATING"
    control.advance(60)
    assert state(ivs, made["arn"]) == "ACTIVE"


def test_line_11_a_bucket_of_another_region_fails_later_in_us_east_1(client, control):
    ivs = client(region="us-east-1")
    arn = create(ivs, "archive-eu-west-1")["arn"]
    control.advance(60)
    assert state(ivs, arn) == "CREATE_FAILED"


def test_line_11_a_bucket_of_another_region_is_refused_elsewhere(ivs):
    with refused("ValidationException", 400):
        create(ivs, "archive-eu-west-1")
    assert ivs.list_recording_configurations()["recordingConfigurations"] == []


def test_line_11_an_attached_one_is_not_deleted(ivs, control):
    arn = create(ivs)["arn"]
    control.advance(60)
    channel = ivs.create_channel(recordingConfigurationArn=arn)["channel"]["arn"]
    assert [found["arn"] for found in ivs.list_channels(filterByRecordingConfigurationArn=arn)["channels"]] == [channel]
    with refused("ConflictException", 409):
        ivs.delete_recording_configuration(arn=arn)
    ivs.update_channel(arn=channel, recordingConfigurationArn="")
    ivs.delete_recording_configuration(arn=arn)
    with refused("ResourceNotFoundException", 404):
        ivs.get_recording_configuration(arn=arn)


@pytest.fixture
def recorded(ivs, control):
    arn = create(ivs)["arn"]
    control.advance(60)
    channel = ivs.create_channel(recordingConfigurationArn=arn)["channel"]["arn"]
    control.scenario(channel, "goLive")
    control.advance(60)
    return channel


def names(ivs, channel):
    return [event["name"] for event in ivs.get_stream_session(channelArn=channel)["streamSession"]["truncatedEvents"]]


def test_line_11_recordings_show_in_the_session(ivs, control, recorded):
    assert "Recording Start" in names(ivs, recorded)
    ivs.stop_stream(channelArn=recorded)
    control.advance(60)
    assert "Recording End" in names(ivs, recorded)


def test_line_11_a_recording_that_fails(ivs, control, recorded):
    control.scenario(recorded, "failRecording")
    assert names(ivs, recorded)[0] == "Recording End Failure"
    assert ivs.list_stream_sessions(channelArn=recorded)["streamSessions"][0]["hasErrorEvent"]


def test_slates_are_created_and_updated_in_the_background(ivs, control):
    arn = ivs.create_failover_slate_configuration()["failoverSlateConfiguration"]["arn"]
    look = lambda: ivs.get_failover_slate_configuration(arn=arn)["failoverSlateConfiguration"]["state"]  # noqa: E731
    assert look() == "CREATING"
    control.advance(60)
    assert look() == "CREATED"
    ivs.update_failover_slate_configuration(arn=arn, minSlateDisplaySeconds=5)
    assert look() == "UPDATING"
    control.advance(60)
    assert look() == "CREATED"
