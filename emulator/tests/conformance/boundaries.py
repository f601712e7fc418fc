"""Requests just inside and just outside every limit of the model, made from contract/model/model.json alone."""

import re

from judge import MODEL
from keys import P384
from world import MEDIA_TAILOR

SHAPES = MODEL["shapes"]
ARN = "arn:aws:ivs:us-west-2:123456789012:"

# The model's pattern for any ARN matches no real one, so it bounds nothing (docs/ivs-behaviour.md 0).
BROKEN = set(MODEL["extensions"]["brokenPatterns"])

# What a member needs beside it to be valid: IVS's rules between members, which the model does not hold.
COMPANIONS = {
    ("CreateChannelRequest", "preset"): {"type": "ADVANCED_HD"},
    ("UpdateChannelRequest", "preset"): {"type": "ADVANCED_HD"},
    ("RenditionConfiguration", "renditionSelection"): {"renditions": ["HD"]},
    ("RenditionConfiguration", "renditions"): {"renditionSelection": "CUSTOM"},
}

# Members that say what a structure is for; the model calls them optional, and IVS can do nothing without them.
NEEDED = {"DestinationConfiguration": ["s3"], "MediaTailorPlaybackConfiguration": ["playbackConfigurationArn"]}


def sample(name):
    """A value of a shape, well inside its limits."""
    shape = SHAPES[name]
    kind = shape["type"]
    if kind == "structure":
        there = [*shape.get("required", ()), *NEEDED.get(name, ())]
        return {member: sample(shape["members"][member]["shape"]) for member in there}
    if kind == "list":
        return [sample(shape["member"])]
    if kind == "map":
        return {"team": "sport"}
    if kind == "boolean":
        return False
    if kind in ("integer", "long"):
        return shape.get("min", 1)
    if kind == "timestamp":
        return "2026-05-05T21:55:38Z"
    return shape["enum"][0] if "enum" in shape else text(name, shape)


def text(name, shape):
    known = {
        "PlaybackPublicKeyMaterial": P384[2],
        "MediaTailorPlaybackConfigurationArn": MEDIA_TAILOR,
        "ResourceArn": ARN + "channel/absentAbsent",
        "StreamId": "st-" + "a" * 23,
    }
    resource = re.search(r":([a-z-]+)/\[", shape.get("pattern", ""))
    arn = resource and f"{ARN}{resource[1]}/absentAbsent"
    return known.get(name) or arn or "a" * max(shape.get("min", 0), 2)


def cases(name):
    """(inside?, what, value) for every limit of a shape and of everything in it."""
    shape = SHAPES[name]
    of_kind = {"structure": of_structure, "list": of_list, "map": of_map, "string": of_text, "integer": of_number, "long": of_number}
    return of_kind.get(shape["type"], lambda *_: ())(name, shape)


def of_number(_, shape):
    if "min" in shape:
        yield True, str(shape["min"]), shape["min"]
        yield False, str(shape["min"] - 1), shape["min"] - 1
    if "max" in shape:
        yield True, str(shape["max"]), shape["max"]
        yield False, str(shape["max"] + 1), shape["max"] + 1


def of_text(name, shape):
    if "enum" in shape:
        yield from ((True, value, value) for value in shape["enum"])
        yield False, "an unknown value", "NOPE"
        return
    valid, least, most = text(name, shape), shape.get("min", 0), shape.get("max")
    if most is not None:
        longest = valid + "a" * (most - len(valid))
        if name != "PaginationToken":  # a token that IVS did not give is refused at any length
            yield True, f"{most} characters", longest
        yield False, f"{most + 1} characters", longest + "a"
    if least > 0:
        yield False, f"{least - 1} characters", valid[: least - 1]
    if "pattern" in shape and name not in BROKEN:
        yield False, "a stray character", valid[:-1] + "*"
        yield False, "a line end", valid[:-1] + "\n"


def of_list(name, shape):
    item = sample(shape["member"])
    if "max" in shape:
        yield True, f"{shape['max']} items", [distinct(item, n) for n in range(shape["max"])]
        yield False, f"{shape['max'] + 1} items", [distinct(item, n) for n in range(shape["max"] + 1)]
    if shape.get("min", 0) > 0:
        yield False, f"{shape['min'] - 1} items", [item] * (shape["min"] - 1)
    yield from ((ok, f"an item of {what}", [value]) for ok, what, value in cases(shape["member"]))


def distinct(item, number):
    """ARNs and tag keys of a list differ; nothing says what repeating one does."""
    if isinstance(item, dict):
        return {key: distinct(value, number) for key, value in item.items()}
    if isinstance(item, str):
        return f"{item[:-4]}{number:04}" if item.startswith("arn:") else f"{item}{number}"
    return item


def of_map(_, shape):
    yield True, f"{shape['max']} entries", {f"key-{n}": "" for n in range(shape["max"])}
    yield False, f"{shape['max'] + 1} entries", {f"key-{n}": "" for n in range(shape["max"] + 1)}
    yield from ((ok, f"a key of {what}", {key: ""}) for ok, what, key in cases(shape["key"]))
    yield from ((ok, f"a value of {what}", {"key": value}) for ok, what, value in cases(shape["value"]))


def of_structure(name, shape):
    whole = sample(name)
    for member in shape.get("required", ()):
        if shape["members"][member].get("in") != "path":
            yield False, f"no {member}", {key: value for key, value in whole.items() if key != member}
    for member, facts in shape["members"].items():
        beside = COMPANIONS.get((name, member), {})
        for ok, what, value in cases(facts["shape"]):
            if facts.get("in") != "path" or value:  # a path without its segment is another path
                yield ok, f"{member}: {what}", {**whole, **beside, member: value}


ALL = [(operation, *case) for operation, facts in MODEL["operations"].items() if "input" in facts for case in cases(facts["input"])]
