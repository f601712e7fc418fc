"""What is true of every answer, whatever the test is about: section 8 of docs/ivs-behaviour.md, lines 3, 4 and 5.

botocore calls `judge` after each answer, so every test of the suite is also a test of these.
"""

import email.utils
import json
import pathlib
import re
import time

MODEL = json.loads((pathlib.Path(__file__).parents[3] / "contract/model/model.json").read_text())
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")

# Any operation may answer these, declared or not (docs/ivs-behaviour.md 2.1).
UNDECLARED = {
    "ThrottlingException": {429},
    "AccessDeniedException": {403},
    "ExpiredTokenException": {403},
    "InvalidSignatureException": {403},
    "MissingAuthenticationTokenException": {403},
    "UnrecognizedClientException": {403},
}


def judge(http_response, parsed, model, **_):
    """Raises if the answer is none of IVS's. Faulty answers are asked for by tests and are marked as such."""
    if "x-emulator-fault" in http_response.headers:
        return
    if http_response.status_code >= 300:
        judge_error(http_response, parsed, MODEL["operations"][model.name])
    else:
        judge_success(http_response, model)


def judge_error(answer, parsed, operation):
    code, status = parsed["Error"]["Code"], answer.status_code
    declared = operation["errors"].get(code)
    assert status == declared or status in UNDECLARED.get(code, ()), f"{code} with {status} is not declared"
    body = json.loads(answer.content)
    assert answer.headers["x-amzn-errortype"].split(":")[0] == code
    assert body["message"] and body["message"] == body["exceptionMessage"]
    judge_headers(answer)


def judge_success(answer, model):
    assert answer.status_code == MODEL["operations"][model.name]["successStatus"]
    judge_headers(answer)
    if answer.status_code == 204:
        assert answer.content == b""
    elif model.output_shape is not None:
        judge_value(json.loads(answer.content or b"{}"), MODEL["operations"][model.name].get("output"), model.name)


def judge_headers(answer):
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-amzn-requestid"]), "no request id"
    date = email.utils.parsedate_to_datetime(answer.headers["date"]).timestamp()
    assert abs(date - time.time()) < 60, f"the Date header is wrong: {answer.headers['date']}"


# The seven headers that the model lists beside some answers' members.
HEADER_MEMBERS = {name.replace("-", "").lower() for name in next(iter(MODEL["extensions"]["outputResponseHeaders"].values()))}


def judge_value(value, shape_name, path):
    """Is the JSON what the model says, member by member? Nothing unknown, nothing required missing, no epoch times."""
    if shape_name is None:
        assert value == {}, f"{path}: {value}"
        return
    shape = MODEL["shapes"][shape_name]
    kind = shape["type"]
    if kind == "structure":
        assert isinstance(value, dict), path
        members = shape.get("members", {})
        assert not set(value) - set(members), f"{path}: {set(value) - set(members)} is not in the model"
        missing = set(shape.get("required", ())) - set(value)
        assert not missing, f"{path}: {missing} is missing"
        for name, member in value.items():
            judge_value(member, members[name]["shape"], f"{path}.{name}")
    elif kind == "list":
        assert isinstance(value, list) and len(value) <= shape.get("max", len(value)), path
        for item in value:
            judge_value(item, shape["member"], f"{path}[]")
    elif kind == "map":
        assert all(isinstance(text, str) for pair in value.items() for text in pair), path
    elif kind == "timestamp":
        assert isinstance(value, str) and RFC3339.fullmatch(value), f"{path}: {value!r} is not RFC 3339"
    elif kind == "string":
        assert isinstance(value, str), f"{path}: {value!r}"
        judge_text(value, shape_name, shape, path)
    elif kind == "boolean":
        assert isinstance(value, bool), f"{path}: {value!r}"
    else:
        assert isinstance(value, int) and not isinstance(value, bool), f"{path}: {value!r}"


def judge_text(value, shape_name, shape, path):
    if "enum" in shape:
        # `""` says that a value does not apply: the preset of a STANDARD channel.
        assert value in shape["enum"] or value == "", f"{path}: {value!r}"
    elif "pattern" in shape and shape_name not in MODEL["extensions"]["brokenPatterns"] and r"\p" not in shape["pattern"]:
        assert re.fullmatch(shape["pattern"], value), f"{path}: {value!r}"
    assert shape.get("min", 0) <= len(value) <= shape.get("max", len(value)) or value == "", f"{path}: {value!r}"
