"""Section 8, lines 1, 3, 4 and 5, where a test looks at them on purpose; judge.py looks at every other answer."""

import email.utils
import json
import re
import time
import urllib.error
import urllib.request

import botocore.exceptions
import pytest

from judge import MODEL, RFC3339, judge_value
from refusal import refused
from world import ABSENT


def bare(endpoint, method, path, body=b"{}"):
    """An unsigned request."""
    request = urllib.request.Request(endpoint + path, body, {"content-type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", ["/NoSuchOperation", "/CreateStage", "/channels/1"])
def test_line_01_unknown_path_is_a_json_404(endpoint, path):
    status, headers, body = bare(endpoint, "POST", path)
    assert status == 404
    assert headers["content-type"].startswith("application/json")
    assert headers["x-amzn-errortype"] and json.loads(body)["message"]


def test_line_03_errors_are_the_declared_ones(ivs):
    """judge.py compares code and status of every error of the suite; here are one of each that a client can provoke."""
    with refused("ResourceNotFoundException", 404):
        ivs.get_channel(arn=ABSENT)
    with refused("ValidationException", 400):
        ivs.create_channel(name="two words")
    arn = ivs.create_channel()["channel"]["arn"]
    with refused("ServiceQuotaExceededException", 402):
        ivs.create_stream_key(channelArn=arn)
    with refused("ChannelNotBroadcasting", 404):
        ivs.get_stream(channelArn=arn)


def test_line_03_what_is_not_signed_is_refused(endpoint):
    status, headers, _ = bare(endpoint, "POST", "/ListChannels")
    assert (status, headers["x-amzn-errortype"]) == (403, "MissingAuthenticationTokenException")


def test_line_03_a_region_without_ivs_is_refused(client):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        client(region="eu-north-1").list_channels()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 403)


def test_line_03_state_is_per_region(client, ivs):
    ivs.create_channel(name="here")
    assert client(region="eu-west-1").list_channels()["channels"] == []
    assert len(ivs.list_channels()["channels"]) == 1


def test_line_04_errors_have_header_both_texts_request_id_and_date(client):
    raw = {}
    ivs = client()
    ivs.meta.events.register("after-call.ivs", lambda http_response, **_: raw.update(answer=http_response))
    with refused("ResourceNotFoundException", 404) as caught:
        ivs.get_channel(arn=ABSENT)
    answer = raw["answer"]
    body = json.loads(answer.content)
    assert answer.headers["x-amzn-errortype"] == "ResourceNotFoundException"
    assert body["message"] == body["exceptionMessage"] and ABSENT in body["message"]
    assert caught.value.response["Error"]["Message"] == body["message"], "boto3 shows the text"
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-amzn-requestid"])
    assert abs(email.utils.parsedate_to_datetime(answer.headers["date"]).timestamp() - time.time()) < 60


def test_line_04_request_ids_differ(ivs):
    assert len({ivs.list_channels()["ResponseMetadata"]["RequestId"] for _ in range(5)}) == 5


def test_line_05_timestamps_are_rfc_3339(client, control):
    bodies = []
    ivs = client()
    ivs.meta.events.register("after-call.ivs", lambda http_response, **_: bodies.append(http_response.text))
    arn = ivs.create_channel()["channel"]["arn"]
    control.scenario(arn, "goLive")
    control.advance(60)
    ivs.get_stream(channelArn=arn)
    ivs.list_streams()
    ivs.get_stream_session(channelArn=arn)
    ivs.stop_stream(channelArn=arn)
    ivs.list_stream_sessions(channelArn=arn)
    times = re.findall(r'"(?:startTime|endTime|eventTime)":\s*([^,}]+)', "".join(bodies))
    assert len(times) >= 7
    assert all(RFC3339.fullmatch(text.strip('"')) and text.startswith('"') for text in times), times


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("Stream", {"startTime": 1588715738}),
        ("Stream", {"channelArn": "arn:aws:s3:::bucket"}),
        ("Stream", {"viewers": 3}),
        ("Stream", {"viewerCount": "3"}),
        ("ListChannelsResponse", {}),
        ("Channel", {"type": "PREMIUM"}),
    ],
)
def test_the_judge_sees_what_is_wrong(shape, value):
    assert shape in MODEL["shapes"]
    with pytest.raises(AssertionError):
        judge_value(value, shape, shape)
