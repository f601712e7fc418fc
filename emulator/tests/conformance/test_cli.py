"""The AWS CLI, as a process, drives every operation it knows."""

import concurrent.futures
import functools
import gzip
import json
import os
import pathlib
import subprocess
import sys

import awscli
import botocore
import pytest

from world import OPERATIONS, World

CLI = pathlib.Path(sys.executable).with_name("aws")

# Its model is older: it lacks the five operations of failover slates.
UNKNOWN = {name for name in OPERATIONS if "FailoverSlate" in name}


def dashes(name):
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def run(endpoint, region, *arguments):
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL_IVS": endpoint,
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, CLI, "ivs", *arguments, "--output", "json"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def call(endpoint, operation, /, **members):
    arguments = [part for name, value in members.items() for part in (f"--{dashes(name)}", shorthand(value))]
    done = run(endpoint, "us-west-2", dashes(operation), *flags(arguments))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout) if done.stdout.strip() else {}


def shorthand(value):
    return value if isinstance(value, str) else json.dumps(value)


def flags(arguments):
    """A boolean member is a flag of its own."""
    out = []
    for name, value in zip(arguments[::2], arguments[1::2], strict=True):
        out += {"true": [name], "false": [f"--no-{name[2:]}"]}.get(value, [name, value])
    return out


class Once(World):
    """boto3 prepares what an operation needs; the operation itself goes through the CLI. Its start takes a second."""

    def __init__(self, prepare, drive, control, operation):
        def call(called, /, **members):
            return (drive if called == operation else prepare)(called, **members)

        super().__init__(call, control)


def test_the_cli_knows_what_is_expected():
    """A newer CLI that knows more fails here: then `UNKNOWN` goes."""
    (model,) = (pathlib.Path(awscli.__file__).parent / "botocore/data/ivs/2020-07-14").glob("service-2.json*")
    read = gzip.open if model.suffix == ".gz" else open
    with read(model, "rt", encoding="utf-8") as text:
        assert set(json.load(text)["operations"]) == set(OPERATIONS) - UNKNOWN


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name not in UNKNOWN])
def test_the_cli_drives(ivs, endpoint, control, operation):
    def prepare(called, /, **members):
        return getattr(ivs, botocore.xform_name(called))(**members)

    world = Once(prepare, functools.partial(call, endpoint), control, operation)
    getattr(world, operation)()


def test_the_cli_shows_errors(endpoint):
    done = run(endpoint, "us-west-2", "get-channel", "--arn", "arn:aws:ivs:us-west-2:123456789012:channel/absentAbsent")
    assert done.returncode == 254 or done.returncode == 255
    assert "(ResourceNotFoundException) when calling the GetChannel operation: Resource: arn:" in done.stderr


def test_two_processes_at_once(endpoint, ivs):
    with concurrent.futures.ThreadPoolExecutor(2) as both:
        list(both.map(lambda name: call(endpoint, "CreateChannel", name=name), ["one", "two"]))
    assert sorted(channel["name"] for channel in ivs.list_channels()["channels"]) == ["one", "two"]
