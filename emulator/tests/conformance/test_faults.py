"""Section 8, line 19: the faults that a client must survive, as boto3 sees them, and what they did to the account.

A fault that did not fire fails its test (`fresh` in conftest.py).
"""

import botocore.exceptions
import pytest

from refusal import refused

AFTER, BEFORE = "after", "before"


def codes(caught):
    answer = caught.value.response
    return answer["Error"].get("Code"), answer["ResponseMetadata"]["HTTPStatusCode"]


def test_line_19_throttled_with_a_code(ivs, control):
    control.fault("ListChannels", {"kind": "throttle", "code": True})
    with refused("ThrottlingException", 429):
        ivs.list_channels()
    ivs.list_channels()


def test_line_19_throttled_without_a_code(ivs, control):
    control.fault("ListChannels", {"kind": "throttle", "code": False})
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        ivs.list_channels()
    assert codes(caught) == ("429", 429), "boto3 puts the status in the place of the code"


def test_line_19_unavailable(ivs, control):
    control.fault("ListChannels", {"kind": "status", "status": 503, "when": BEFORE})
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        ivs.list_channels()
    assert codes(caught) == ("ServiceUnavailable", 503)


def test_line_19_an_html_502(ivs, control):
    control.fault("ListChannels", {"kind": "html"})
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        ivs.list_channels()
    assert codes(caught) == ("502", 502)


def test_line_19_a_hang(client, control):
    control.fault("ListChannels", {"kind": "stall", "when": BEFORE})
    with pytest.raises(botocore.exceptions.ReadTimeoutError):
        client(read_timeout=0.3).list_channels()


@pytest.mark.parametrize(("when", "made"), [(BEFORE, 0), (AFTER, 1)])
def test_line_19_a_reset_before_and_after_the_create(ivs, control, when, made):
    control.fault("CreateChannel", {"kind": "reset", "when": when})
    with pytest.raises(botocore.exceptions.HTTPClientError):
        ivs.create_channel(name="lost")
    assert control.commits() == made
    assert len(ivs.list_channels(filterByName="lost")["channels"]) == made


def test_line_19_a_lost_answer_makes_boto3_create_twice(client, control):
    """boto3 sends a create again though IVS has no idempotency token: two channels of one name."""
    control.fault("CreateChannel", {"kind": "reset", "when": AFTER})
    ivs = client(retries={"total_max_attempts": 2, "mode": "standard"})
    ivs.create_channel(name="twice")
    assert control.commits() == 2
    assert len(ivs.list_channels(filterByName="twice")["channels"]) == 2


def test_line_19_an_expired_token(ivs, control):
    control.fault("ListChannels", {"kind": "expiredToken"})
    with refused("ExpiredTokenException", 403):
        ivs.list_channels()


def test_line_19_access_denied(ivs, control):
    control.fault("DeleteChannel", {"kind": "accessDenied"})
    arn = ivs.create_channel()["channel"]["arn"]
    with refused("AccessDeniedException", 403) as caught:
        ivs.delete_channel(arn=arn)
    message = caught.value.response["Error"]["Message"]
    assert message.startswith("User: arn:aws:") and message.endswith(f"is not authorized to perform: ivs:DeleteChannel on resource: {arn}")
    assert len(ivs.list_channels()["channels"]) == 1


def test_line_19_a_body_cut_short(ivs, control):
    control.fault("ListChannels", {"kind": "truncated"})
    with pytest.raises((botocore.exceptions.HTTPClientError, botocore.parsers.ResponseParserError)):
        ivs.list_channels()


def test_line_19_lists_lag(ivs, control):
    control.fault("ListChannels", {"kind": "listLag", "seconds": 30})
    arn = ivs.create_channel()["channel"]["arn"]
    assert ivs.list_channels()["channels"] == []
    ivs.get_channel(arn=arn)
    assert len(ivs.list_channels()["channels"]) == 1


def test_line_19_page_tokens_die(ivs, control):
    for _ in range(2):
        ivs.create_channel()
    token = ivs.list_channels(maxResults=1)["nextToken"]
    control.fault("ListChannels", {"kind": "dyingTokens"})
    with refused("ValidationException", 400):
        ivs.list_channels(maxResults=1, nextToken=token)


def test_names_trigger_faults_too(ivs, control):
    """What a person types in the demo."""
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        ivs.create_channel(name="fault-500")
    assert codes(caught) == ("InternalServerException", 500)
    with refused("ThrottlingException", 429):
        ivs.create_channel(name="fault-throttle")
    assert control.commits() == 0
    with pytest.raises(botocore.exceptions.HTTPClientError):
        ivs.create_channel(name="fault-lost")
    assert [channel["name"] for channel in ivs.list_channels()["channels"]] == ["fault-lost"]
