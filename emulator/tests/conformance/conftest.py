"""Clients and a fresh account for each test. The emulator runs already; `TALLY_EMULATOR` is its address."""

import os

import boto3
import botocore.config
import pytest

from control import Control
from judge import judge

REGION = "us-west-2"
ACCOUNT = "123456789012"


def pytest_configure(config):
    if not os.environ.get("TALLY_EMULATOR"):
        raise pytest.UsageError(
            "TALLY_EMULATOR is not set. Start `tally emulator --listen 127.0.0.1:4510 --seed empty` and set it to http://127.0.0.1:4510"
        )


@pytest.fixture(scope="session")
def endpoint():
    return os.environ["TALLY_EMULATOR"].rstrip("/")


@pytest.fixture(scope="session")
def control(endpoint):
    return Control(endpoint)


@pytest.fixture(autouse=True)
def fresh(control, request):
    """An empty account before each test, and no fault of its plan left unfired after it."""
    if request.node.get_closest_marker("keep"):
        yield
        return
    control.reset()
    yield
    assert control.unfired() == [], "these faults did not fire"


@pytest.fixture(scope="session")
def client(endpoint):
    """Makes boto3 clients: `client(region=…, service=…, **botocore.config.Config)`. One attempt, unless a test says otherwise."""
    session = boto3.Session(aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="any")

    def make(service="ivs", region=REGION, **config):
        config = {"retries": {"total_max_attempts": 1}, "connect_timeout": 5, "read_timeout": 10, **config}
        made = session.client(service, region, endpoint_url=endpoint, config=botocore.config.Config(**config))
        if service == "ivs":
            made.meta.events.register("after-call.ivs", judge)
        return made

    return make


@pytest.fixture(scope="session")
def ivs(client):
    return client()


@pytest.fixture(scope="session")
def unchecked(client):
    """Sends what boto3 itself would refuse."""
    return client(parameter_validation=False)
