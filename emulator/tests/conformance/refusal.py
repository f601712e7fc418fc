"""`with refused("ConflictException", 409): …`"""

import contextlib

import botocore.exceptions
import pytest


@contextlib.contextmanager
def refused(code, status):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        yield caught
    answer = caught.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, status)
