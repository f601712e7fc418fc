"""boto3 drives all 46 operations; its own parsing is the judge, and judge.py looks at the wire.

Section 8, line 1: method, path and status of success are the model's.
"""

import urllib.parse

import botocore
import pytest

from judge import MODEL
from world import OPERATIONS, World


def snake(name):
    return botocore.xform_name(name)


@pytest.fixture
def wire():
    """Method, path and status of each call: operation → a set of them."""
    return {}


@pytest.fixture
def world(client, control, wire):
    recorded = client()
    sent = {}

    def note_sent(request, **_):
        sent["request"] = (request.method, urllib.parse.urlsplit(request.url).path)

    def note_answer(http_response, model, **_):
        wire.setdefault(model.name, set()).add((*sent["request"], http_response.status_code))

    recorded.meta.events.register("before-send.ivs", note_sent)
    recorded.meta.events.register("after-call.ivs", note_answer)
    return World(lambda operation, /, **members: getattr(recorded, snake(operation))(**members), control)


def test_every_operation_is_driven(ivs):
    """A new operation in boto3's model needs a method in world.py."""
    assert set(ivs.meta.service_model.operation_names) == set(OPERATIONS) == set(MODEL["operations"])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_line_01_operation(world, wire, operation):
    getattr(world, operation)()
    expected = MODEL["operations"][operation]
    seen = wire[operation]
    assert {status for _, _, status in seen} == {expected["successStatus"]}
    assert {method for method, _, _ in seen} == {expected["method"]}
    for _, path, _ in seen:
        # The ARN is one percent-encoded segment.
        assert path == expected["uri"] or (path.startswith("/tags/arn%3A") and expected["uri"] == "/tags/{resourceArn}")
