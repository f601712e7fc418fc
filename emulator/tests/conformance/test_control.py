"""The control API: what it does stands in the other tests; here is how it refuses and what it says."""

import json
import urllib.error
import urllib.request

import pytest


def send(endpoint, method, path, body, kind="application/json"):
    request = urllib.request.Request(f"{endpoint}/_emulator{path}", body, {"content-type": kind}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())["message"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("POST", "/faults", b"{", 400, "EOF"),
        ("POST", "/faults", b'{"fault": {"kind": "earthquake"}}', 422, "earthquake"),
        ("POST", "/faults", b'{"operation": "MakeChannel", "fault": {"kind": "html"}}', 422, "MakeChannel"),
        ("POST", "/faults", b'{"fault": {"kind": "status", "status": 404}}', 400, "500 to 599"),
        ("POST", "/faults", b'{"fault": {"kind": "html"}, "probability": 2}', 400, "0 to 1"),
        ("DELETE", "/faults/77", None, 404, "77"),
        ("POST", "/scenario", b'{"channelArn": "arn:x", "action": "starve"}', 400, "arn:x"),
        ("POST", "/scenario", b'{"channelArn": "arn:x", "action": "explode"}', 422, "explode"),
        ("POST", "/reset", b'{"seed": "all"}', 422, "all"),
        ("POST", "/nothing", b"{}", 404, "docs/emulator.md"),
    ],
)
def test_mistakes_are_named(endpoint, method, path, body, status, says):
    answered, message = send(endpoint, method, path, body)
    assert answered == status and says in message, message


def test_only_json_is_taken(endpoint):
    """A page of another origin can send plain text without asking, and JSON only if the emulator agreed, which it does not."""
    status, _ = send(endpoint, "POST", "/reset", b'{"seed": "demo"}', "text/plain")
    assert status == 415


def test_counts(ivs, control):
    arn = ivs.create_channel()["channel"]["arn"]
    ivs.get_channel(arn=arn)
    ivs.get_channel(arn=arn)
    seen = control.call("GET", "")
    assert (seen["account"], seen["commits"]) == ("123456789012", 1), "reads commit nothing"
    assert seen["committed"] == seen["called"] == {"CreateChannel": 1, "GetChannel": 2}


def test_rules_are_listed_and_taken_away(control):
    first = control.call("POST", "/faults", {"fault": {"kind": "html"}})["number"]
    control.call("POST", "/faults", {"fault": {"kind": "expiredToken"}})
    control.call("DELETE", f"/faults/{first}")
    assert [rule["fault"]["kind"] for rule in control.call("GET", "/faults")["rules"]] == ["expiredToken"]
    control.call("DELETE", "/faults")
    assert control.call("GET", "/faults")["rules"] == []


def test_the_demo_is_planted(client, control):
    control.reset(seed="demo")
    assert len(client(region="eu-west-1").list_channels()["channels"]) + len(client().list_channels()["channels"]) == 60
    control.reset()
    assert client().list_channels()["channels"] == []
