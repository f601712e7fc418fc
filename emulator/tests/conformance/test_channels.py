"""Section 8, lines 6, 7, 12 and 15: channels, their keys, lists and batches."""

import pytest

from refusal import refused
from world import ABSENT


def test_line_06_a_channel_has_one_stream_key(ivs):
    made = ivs.create_channel()
    arn, first = made["channel"]["arn"], made["streamKey"]
    assert [key["arn"] for key in ivs.list_stream_keys(channelArn=arn, maxResults=50)["streamKeys"]] == [first["arn"]]
    with refused("ServiceQuotaExceededException", 402):
        ivs.create_stream_key(channelArn=arn)
    ivs.delete_stream_key(arn=first["arn"])
    second = ivs.create_stream_key(channelArn=arn)["streamKey"]
    assert second["arn"] != first["arn"] and second["value"] != first["value"]
    with refused("ResourceNotFoundException", 404):
        ivs.get_stream_key(arn=first["arn"])


def test_line_07_stream_keys_come_one_to_a_page(ivs):
    """A channel has one key at most, so that the default shows only in that a page of one is the last."""
    arn = ivs.create_channel()["channel"]["arn"]
    page = ivs.list_stream_keys(channelArn=arn)
    assert len(page["streamKeys"]) == 1 and "nextToken" not in page


def test_line_07_policies_come_one_to_a_page(ivs):
    made = [ivs.create_playback_restriction_policy(name=f"policy-{n}")["playbackRestrictionPolicy"]["arn"] for n in range(3)]
    listed, token = [], {}
    while True:
        page = ivs.list_playback_restriction_policies(**token)
        assert len(page["playbackRestrictionPolicies"]) == 1
        listed += [policy["arn"] for policy in page["playbackRestrictionPolicies"]]
        if "nextToken" not in page:
            break
        token = {"nextToken": page["nextToken"]}
    assert sorted(listed) == sorted(made)
    assert len(ivs.list_playback_restriction_policies(maxResults=100)["playbackRestrictionPolicies"]) == 3


def test_line_07_other_lists_come_a_hundred_to_a_page(ivs):
    for n in range(101):
        ivs.create_channel(name=f"channel-{n}")
    page = ivs.list_channels()
    assert len(page["channels"]) == 100
    rest = ivs.list_channels(nextToken=page["nextToken"])
    assert len(rest["channels"]) == 1 and "nextToken" not in rest
    names = [channel["name"] for pages in ivs.get_paginator("list_channels").paginate(maxResults=7) for channel in pages["channels"]]
    assert sorted(names) == sorted(f"channel-{n}" for n in range(101)), "boto3's paginator sees each once"


def test_line_07_a_token_that_was_not_given_is_refused(ivs):
    with refused("ValidationException", 400):
        ivs.list_channels(nextToken="bm90LWEtdG9rZW4")


def test_line_12_filters_exclude_each_other(ivs):
    arn = "arn:aws:ivs:us-west-2:123456789012:recording-configuration/absentAbsent"
    with refused("ConflictException", 409):
        ivs.list_channels(filterByName="arena-main", filterByRecordingConfigurationArn=arn)


def test_line_12_each_filter_finds_its_channels(ivs):
    policy = ivs.create_playback_restriction_policy()["playbackRestrictionPolicy"]["arn"]
    arn = ivs.create_channel(name="arena-main", playbackRestrictionPolicyArn=policy)["channel"]["arn"]
    ivs.create_channel(name="arena-main-2")
    for wanted in ({"filterByName": "arena-main"}, {"filterByPlaybackRestrictionPolicyArn": policy}):
        assert [channel["arn"] for channel in ivs.list_channels(**wanted)["channels"]] == [arn]


def test_line_15_batches_answer_both_lists(ivs):
    made = ivs.create_channel()
    found = ivs.batch_get_channel(arns=[ABSENT, made["channel"]["arn"]])
    assert [channel["arn"] for channel in found["channels"]] == [made["channel"]["arn"]]
    assert [(error["arn"], error["code"]) for error in found["errors"]] == [(ABSENT, "404")]
    absent = ABSENT.replace("channel/", "stream-key/")
    keys = ivs.batch_get_stream_key(arns=[made["streamKey"]["arn"], absent])
    assert [key["value"] for key in keys["streamKeys"]] == [made["streamKey"]["value"]]
    assert [error["arn"] for error in keys["errors"]] == [absent]


def test_line_15_batches_have_limits(unchecked):
    with refused("ValidationException", 400):
        unchecked.batch_get_channel(arns=[f"{ABSENT[:-2]}{n}" for n in range(10, 61)])
    with refused("ValidationException", 400):
        unchecked.batch_start_viewer_session_revocation(viewerSessions=[{"channelArn": ABSENT, "viewerId": str(n)} for n in range(21)])


def test_line_15_a_batch_of_revocations_names_what_failed(ivs):
    arn = ivs.create_channel()["channel"]["arn"]
    viewers = [{"channelArn": channel, "viewerId": "viewer-1"} for channel in (arn, ABSENT)]
    errors = ivs.batch_start_viewer_session_revocation(viewerSessions=viewers)["errors"]
    assert [(error["channelArn"], error["viewerId"]) for error in errors] == [(ABSENT, "viewer-1")]


@pytest.mark.parametrize(
    "members",
    [
        {"preset": "HIGHER_BANDWIDTH_DELIVERY"},
        {"type": "BASIC", "multitrackInputConfiguration": {"enabled": True, "policy": "ALLOW", "maximumResolution": "HD"}},
        {"multitrackInputConfiguration": {"enabled": True, "policy": "ALLOW", "maximumResolution": "HD"}, "containerFormat": "TS"},
        {"multitrackInputConfiguration": {"enabled": True}, "containerFormat": "FRAGMENTED_MP4"},
        {"containerFormat": "FRAGMENTED_MP4", "adConfigurationArn": ABSENT.replace("channel/", "ad-configuration/")},
    ],
)
def test_rules_between_members(ivs, members):
    with refused("ValidationException", 400):
        ivs.create_channel(**members)
    assert ivs.list_channels()["channels"] == []


def test_an_update_changes_only_what_it_names(ivs):
    arn = ivs.create_channel(name="a", type="ADVANCED_HD", tags={"team": "news"})["channel"]["arn"]
    before = ivs.get_channel(arn=arn)["channel"]
    assert before["preset"] == "HIGHER_BANDWIDTH_DELIVERY"
    ivs.update_channel(arn=arn, latencyMode="NORMAL")
    assert ivs.get_channel(arn=arn)["channel"] == {**before, "latencyMode": "NORMAL"}


def test_what_is_associated_must_exist(ivs):
    for member in ("recordingConfiguration", "playbackRestrictionPolicy", "adConfiguration", "failoverSlateConfiguration"):
        kind = "".join(f"-{c.lower()}" if c.isupper() else c for c in member)
        with refused("ResourceNotFoundException", 404):
            ivs.create_channel(**{f"{member}Arn": ABSENT.replace("channel/", f"{kind}/")})


def test_what_is_attached_is_not_deleted(ivs, control):
    policy = ivs.create_playback_restriction_policy()["playbackRestrictionPolicy"]["arn"]
    slate = ivs.create_failover_slate_configuration()["failoverSlateConfiguration"]["arn"]
    control.advance(60)
    arn = ivs.create_channel(playbackRestrictionPolicyArn=policy, failoverSlateConfigurationArn=slate)["channel"]["arn"]
    with refused("ConflictException", 409):
        ivs.delete_playback_restriction_policy(arn=policy)
    with refused("ConflictException", 409):
        ivs.delete_failover_slate_configuration(arn=slate)
    ivs.update_channel(arn=arn, playbackRestrictionPolicyArn="", failoverSlateConfigurationArn="")
    ivs.delete_playback_restriction_policy(arn=policy)
    ivs.delete_failover_slate_configuration(arn=slate)
