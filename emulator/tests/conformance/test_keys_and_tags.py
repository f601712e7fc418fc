"""Section 8, lines 13 and 14: playback key pairs and tags."""

import pytest

from keys import FINGERPRINT, P256, P384, VECTOR
from refusal import refused


def test_line_13_the_vector_has_its_fingerprint(ivs):
    pair = ivs.import_playback_key_pair(publicKeyMaterial=VECTOR)["keyPair"]
    assert pair["fingerprint"] == FINGERPRINT
    assert ivs.get_playback_key_pair(arn=pair["arn"])["keyPair"]["fingerprint"] == FINGERPRINT
    assert all("fingerprint" not in listed for listed in ivs.list_playback_key_pairs()["keyPairs"])


def test_line_13_the_same_key_again_is_a_conflict(ivs, client):
    ivs.import_playback_key_pair(publicKeyMaterial=VECTOR, name="first")
    with refused("ConflictException", 409):
        ivs.import_playback_key_pair(publicKeyMaterial=VECTOR, name="second")
    client(region="eu-west-1").import_playback_key_pair(publicKeyMaterial=VECTOR)


def test_line_13_a_fourth_key_exceeds_the_quota(ivs):
    for key in P384:
        ivs.import_playback_key_pair(publicKeyMaterial=key, name="same-name")
    with refused("ServiceQuotaExceededException", 402):
        ivs.import_playback_key_pair(publicKeyMaterial=VECTOR)


@pytest.mark.parametrize("material", [P256, "not a key", VECTOR.replace("PUBLIC", "PRIVATE"), VECTOR[:120]])
def test_line_13_other_keys_are_refused(ivs, material):
    with refused("ValidationException", 400):
        ivs.import_playback_key_pair(publicKeyMaterial=material)


ODD = {"a b": "one two", "p+q": "1+1=2", "a:b/c": "=", "Größe": "straße", "日本": "東京", "_.-@": "@"}


def test_line_14_odd_keys_survive(ivs):
    arn = ivs.create_channel()["channel"]["arn"]
    ivs.tag_resource(resourceArn=arn, tags=ODD)
    assert ivs.list_tags_for_resource(resourceArn=arn)["tags"] == ODD
    assert ivs.get_channel(arn=arn)["channel"]["tags"] == ODD
    for key in ODD:
        ivs.untag_resource(resourceArn=arn, tagKeys=[key])
        assert key not in ivs.list_tags_for_resource(resourceArn=arn)["tags"]
    assert ivs.list_tags_for_resource(resourceArn=arn)["tags"] == {}


def test_line_14_tag_keys_repeat_in_the_query(ivs):
    arn = ivs.create_channel(tags=ODD)["channel"]["arn"]
    ivs.untag_resource(resourceArn=arn, tagKeys=list(ODD)[1:])
    assert ivs.list_tags_for_resource(resourceArn=arn)["tags"] == {"a b": "one two"}


def test_line_14_an_ampersand_does_not_end_a_key(ivs):
    """Tags may not hold one; in the query it must arrive as a part of its key all the same."""
    arn = ivs.create_channel(tags={"x": "", "y": ""})["channel"]["arn"]
    with refused("ValidationException", 400):
        ivs.untag_resource(resourceArn=arn, tagKeys=["x&tagKeys=y"])
    assert ivs.list_tags_for_resource(resourceArn=arn)["tags"] == {"x": "", "y": ""}


def test_line_14_no_keys_is_refused(ivs):
    arn = ivs.create_channel()["channel"]["arn"]
    with refused("ValidationException", 400):
        ivs.untag_resource(resourceArn=arn, tagKeys=[])


def test_line_14_tags_merge_up_to_fifty(ivs):
    arn = ivs.create_channel(tags={f"key-{n}": "" for n in range(49)})["channel"]["arn"]
    ivs.tag_resource(resourceArn=arn, tags={"key-0": "changed", "key-49": ""})
    with refused("ValidationException", 400):
        ivs.tag_resource(resourceArn=arn, tags={"key-50": ""})
    tags = ivs.list_tags_for_resource(resourceArn=arn)["tags"]
    assert len(tags) == 50 and tags["key-0"] == "changed"


@pytest.mark.parametrize("key", ["aws:team", "AWS:team", "a*b"])
def test_line_14_some_keys_are_refused(ivs, key):
    arn = ivs.create_channel()["channel"]["arn"]
    with refused("ValidationException", 400):
        ivs.tag_resource(resourceArn=arn, tags={key: ""})


def test_line_14_every_kind_of_resource_has_tags(ivs):
    s3 = {"s3": {"bucketName": "tally-archive"}}
    media_tailor = "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/tally-preroll"
    made = ivs.create_channel()
    arns = [
        made["channel"]["arn"],
        made["streamKey"]["arn"],
        ivs.import_playback_key_pair(publicKeyMaterial=VECTOR)["keyPair"]["arn"],
        ivs.create_recording_configuration(destinationConfiguration=s3)["recordingConfiguration"]["arn"],
        ivs.create_playback_restriction_policy()["playbackRestrictionPolicy"]["arn"],
        ivs.create_ad_configuration(mediaTailorPlaybackConfigurations=[{"playbackConfigurationArn": media_tailor}])["adConfiguration"]["arn"],
        ivs.create_failover_slate_configuration()["failoverSlateConfiguration"]["arn"],
    ]
    for arn in arns:
        ivs.tag_resource(resourceArn=arn, tags={"team": "sport"})
        assert ivs.list_tags_for_resource(resourceArn=arn)["tags"] == {"team": "sport"}


def test_line_14_an_unknown_resource_has_none(ivs):
    with refused("ResourceNotFoundException", 404):
        ivs.list_tags_for_resource(resourceArn="arn:aws:ivs:us-west-2:123456789012:channel/absentAbsent")
