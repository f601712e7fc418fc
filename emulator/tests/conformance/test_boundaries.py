"""Section 8, line 2: each required member omitted is refused; each limit holds just outside and not just inside.

Sent signed by botocore with its own checks off, so that it is the emulator that judges.
"""

import botocore
import botocore.exceptions
import pytest

import boundaries

pytestmark = pytest.mark.keep


@pytest.fixture(scope="module", autouse=True)
def one_account(control):
    control.reset()


@pytest.fixture(scope="module")
def answer(unchecked):
    def send(operation, members):
        try:
            return getattr(unchecked, botocore.xform_name(operation))(**members)["ResponseMetadata"]["HTTPStatusCode"], ""
        except botocore.exceptions.ClientError as error:
            error = error.response
            return error["ResponseMetadata"]["HTTPStatusCode"], f"{error['Error']['Code']}: {error['Error']['Message']}"

    return send


def test_line_02_every_operation_has_limits():
    """The generator reaches every operation that takes anything, on both sides."""
    reached = {(operation, ok) for operation, ok, _, _ in boundaries.ALL}
    assert {operation for operation, _ in reached} == set(boundaries.MODEL["operations"])
    assert len(boundaries.ALL) > 500


@pytest.mark.parametrize("operation", boundaries.MODEL["operations"])
def test_line_02_limits(answer, operation):
    wrong = []
    for name, inside, what, members in boundaries.ALL:
        if name != operation:
            continue
        status, said = answer(operation, members)
        if inside == (status == 400) or (not inside and not said.startswith("ValidationException")):
            wrong.append(f"{what}: {status} {said}")
    assert wrong == []
