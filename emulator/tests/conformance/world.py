"""How each operation is called once, with everything it needs: one method for each of the 46, by IVS's own name."""

from keys import P384, VECTOR

ABSENT = "arn:aws:ivs:us-west-2:123456789012:channel/absentAbsent"
MEDIA_TAILOR = "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/tally-preroll"


class World:
    """An account as a test needs it. `call` is anything that calls an operation by name with its members: boto3 or the AWS CLI."""

    def __init__(self, call, control):
        self.call = call
        self.control = control

    def channel(self, **members):
        return self.call("CreateChannel", name="arena-main", **members)["channel"]["arn"]

    def live(self, **members):
        arn = self.channel(**members)
        self.control.scenario(arn, "goLive", encoder="obs")
        return arn

    def key_of(self, channel):
        return self.call("ListStreamKeys", channelArn=channel)["streamKeys"][0]["arn"]

    def BatchGetChannel(self):
        arn = self.channel()
        found = self.call("BatchGetChannel", arns=[arn])
        assert [channel["arn"] for channel in found["channels"]] == [arn]

    def BatchGetStreamKey(self):
        key = self.key_of(self.channel())
        found = self.call("BatchGetStreamKey", arns=[key])
        assert [item["arn"] for item in found["streamKeys"]] == [key]

    def BatchStartViewerSessionRevocation(self):
        viewer = {"channelArn": self.channel(), "viewerId": "viewer-1", "viewerSessionVersionsLessThanOrEqualTo": 3}
        assert self.call("BatchStartViewerSessionRevocation", viewerSessions=[viewer]).get("errors", []) == []

    def CreateAdConfiguration(self):
        made = self.call(
            "CreateAdConfiguration",
            name="pre-roll",
            mediaTailorPlaybackConfigurations=[{"playbackConfigurationArn": MEDIA_TAILOR}],
            postRollConfiguration={"enabled": True, "durationSeconds": 30},
            tags={"team": "ads"},
        )["adConfiguration"]
        assert made["postRollConfiguration"] == {"enabled": True, "durationSeconds": 30}
        return made["arn"]

    def CreateChannel(self):
        made = self.call("CreateChannel", name="studio-a", latencyMode="NORMAL", type="BASIC", authorized=True, tags={"team": "news"})
        channel, key = made["channel"], made["streamKey"]
        assert (channel["name"], channel["latencyMode"], channel["type"], channel["authorized"]) == ("studio-a", "NORMAL", "BASIC", True)
        assert channel["tags"] == {"team": "news"} and channel["srt"]["passphrase"] and channel["playbackUrl"].endswith(".m3u8")
        assert key["channelArn"] == channel["arn"] and key["value"].startswith("sk_us-west-2_")

    def CreateFailoverSlateConfiguration(self):
        made = self.call("CreateFailoverSlateConfiguration", name="be-right-back", maxSlateDisplaySeconds=90)
        slate = made["failoverSlateConfiguration"]
        assert (slate["activationThresholdSeconds"], slate["minSlateDisplaySeconds"], slate["maxSlateDisplaySeconds"]) == (3, 3, 90)
        return slate["arn"]

    def CreatePlaybackRestrictionPolicy(self):
        made = self.call(
            "CreatePlaybackRestrictionPolicy",
            name="europe",
            allowedCountries=["DE", "FR"],
            allowedOrigins=["https://example.com"],
            enableStrictOriginEnforcement=True,
        )["playbackRestrictionPolicy"]
        assert (made["allowedCountries"], made["enableStrictOriginEnforcement"]) == (["DE", "FR"], True)
        return made["arn"]

    def CreateRecordingConfiguration(self):
        made = self.call(
            "CreateRecordingConfiguration",
            name="archive",
            destinationConfiguration={"s3": {"bucketName": "tally-archive"}},
            thumbnailConfiguration={"recordingMode": "INTERVAL", "targetIntervalSeconds": 30, "storage": ["LATEST"]},
            recordingReconnectWindowSeconds=60,
        )["recordingConfiguration"]
        assert made["state"] == "CREATING" and made["recordingReconnectWindowSeconds"] == 60
        return made["arn"]

    def CreateStreamKey(self):
        channel = self.channel()
        self.call("DeleteStreamKey", arn=self.key_of(channel))
        made = self.call("CreateStreamKey", channelArn=channel, tags={"studio": "a"})["streamKey"]
        assert made["channelArn"] == channel and made["tags"] == {"studio": "a"}

    def DeleteAdConfiguration(self):
        arn = self.CreateAdConfiguration()
        self.call("DeleteAdConfiguration", arn=arn)
        assert self.call("ListAdConfigurations")["adConfigurations"] == []

    def DeleteChannel(self):
        self.call("DeleteChannel", arn=self.channel())
        assert self.call("ListChannels")["channels"] == []

    def DeleteFailoverSlateConfiguration(self):
        arn = self.CreateFailoverSlateConfiguration()
        self.control.advance(60)
        self.call("DeleteFailoverSlateConfiguration", arn=arn)
        assert self.call("ListFailoverSlateConfigurations")["failoverSlateConfigurations"] == []

    def DeletePlaybackKeyPair(self):
        self.call("DeletePlaybackKeyPair", arn=self.ImportPlaybackKeyPair())
        assert self.call("ListPlaybackKeyPairs")["keyPairs"] == []

    def DeletePlaybackRestrictionPolicy(self):
        self.call("DeletePlaybackRestrictionPolicy", arn=self.CreatePlaybackRestrictionPolicy())
        assert self.call("ListPlaybackRestrictionPolicies")["playbackRestrictionPolicies"] == []

    def DeleteRecordingConfiguration(self):
        arn = self.CreateRecordingConfiguration()
        self.control.advance(60)
        self.call("DeleteRecordingConfiguration", arn=arn)
        assert self.call("ListRecordingConfigurations")["recordingConfigurations"] == []

    def DeleteStreamKey(self):
        channel = self.channel()
        self.call("DeleteStreamKey", arn=self.key_of(channel))
        assert self.call("ListStreamKeys", channelArn=channel)["streamKeys"] == []

    def GetAdConfiguration(self):
        found = self.call("GetAdConfiguration", arn=self.CreateAdConfiguration())["adConfiguration"]
        assert found["mediaTailorPlaybackConfigurations"] == [{"playbackConfigurationArn": MEDIA_TAILOR}]

    def GetChannel(self):
        found = self.call("GetChannel", arn=self.channel())["channel"]
        assert (found["name"], found["type"], found["latencyMode"], found["authorized"]) == ("arena-main", "STANDARD", "LOW", False)
        assert (found["containerFormat"], found["recordingConfigurationArn"], found["tags"]) == ("TS", "", {})

    def GetFailoverSlateConfiguration(self):
        arn = self.CreateFailoverSlateConfiguration()
        self.control.advance(60)
        found = self.call("GetFailoverSlateConfiguration", arn=arn)["failoverSlateConfiguration"]
        assert (found["name"], found["state"]) == ("be-right-back", "CREATED")

    def GetPlaybackKeyPair(self):
        assert self.call("GetPlaybackKeyPair", arn=self.ImportPlaybackKeyPair())["keyPair"]["fingerprint"].count(":") == 15

    def GetPlaybackRestrictionPolicy(self):
        found = self.call("GetPlaybackRestrictionPolicy", arn=self.CreatePlaybackRestrictionPolicy())
        assert found["playbackRestrictionPolicy"]["allowedOrigins"] == ["https://example.com"]

    def GetRecordingConfiguration(self):
        found = self.call("GetRecordingConfiguration", arn=self.CreateRecordingConfiguration())["recordingConfiguration"]
        assert found["destinationConfiguration"] == {"s3": {"bucketName": "tally-archive"}}
        assert found["renditionConfiguration"]["renditionSelection"] == "ALL"

    def GetStream(self):
        arn = self.live()
        stream = self.call("GetStream", channelArn=arn)["stream"]
        assert (stream["channelArn"], stream["state"], stream["health"]) == (arn, "LIVE", "HEALTHY")

    def GetStreamKey(self):
        made = self.call("CreateChannel")["streamKey"]
        assert self.call("GetStreamKey", arn=made["arn"])["streamKey"]["value"] == made["value"]

    def GetStreamSession(self):
        session = self.call("GetStreamSession", channelArn=self.live())["streamSession"]
        assert "endTime" not in session and session["channel"]["name"] == "arena-main"
        assert session["ingestConfigurations"]["videoConfigurations"][0]["encoder"].startswith("obs-output")

    def ImportPlaybackKeyPair(self):
        made = self.call("ImportPlaybackKeyPair", name="signing-2026", publicKeyMaterial=P384[0])["keyPair"]
        assert made["name"] == "signing-2026"
        return made["arn"]

    def InsertAdBreak(self):
        arn = self.live(adConfigurationArn=self.CreateAdConfiguration())
        started = self.call("InsertAdBreak", channelArn=arn, durationSeconds=30)
        assert started is not None

    def ListAdConfigurations(self):
        arn = self.CreateAdConfiguration()
        assert [item["arn"] for item in self.call("ListAdConfigurations")["adConfigurations"]] == [arn]

    def ListChannels(self):
        arn = self.channel()
        assert [item["arn"] for item in self.call("ListChannels", filterByName="arena-main")["channels"]] == [arn]
        assert self.call("ListChannels", filterByName="arena")["channels"] == []

    def ListFailoverSlateConfigurations(self):
        arn = self.CreateFailoverSlateConfiguration()
        assert [item["arn"] for item in self.call("ListFailoverSlateConfigurations")["failoverSlateConfigurations"]] == [arn]

    def ListPlaybackKeyPairs(self):
        arn = self.ImportPlaybackKeyPair()
        listed = self.call("ListPlaybackKeyPairs")["keyPairs"]
        assert [(item["arn"], item["name"]) for item in listed] == [(arn, "signing-2026")]

    def ListPlaybackRestrictionPolicies(self):
        arn = self.CreatePlaybackRestrictionPolicy()
        assert [item["arn"] for item in self.call("ListPlaybackRestrictionPolicies")["playbackRestrictionPolicies"]] == [arn]

    def ListRecordingConfigurations(self):
        arn = self.CreateRecordingConfiguration()
        assert [item["arn"] for item in self.call("ListRecordingConfigurations")["recordingConfigurations"]] == [arn]

    def ListStreamKeys(self):
        channel = self.channel()
        assert [item["channelArn"] for item in self.call("ListStreamKeys", channelArn=channel)["streamKeys"]] == [channel]

    def ListStreamSessions(self):
        sessions = self.call("ListStreamSessions", channelArn=self.live())["streamSessions"]
        assert [(len(session["streamId"]), session["hasErrorEvent"]) for session in sessions] == [(26, False)]

    def ListStreams(self):
        arn = self.live()
        listed = self.call("ListStreams", filterBy={"health": "HEALTHY"})["streams"]
        assert [(stream["channelArn"], stream["state"]) for stream in listed] == [(arn, "LIVE")]
        assert self.call("ListStreams", filterBy={"health": "STARVING"})["streams"] == []

    def ListTagsForResource(self):
        assert self.call("ListTagsForResource", resourceArn=self.channel(tags={"env": "prod"}))["tags"] == {"env": "prod"}

    def PutMetadata(self):
        self.call("PutMetadata", channelArn=self.live(), metadata='{"score": "2:1"}')

    def StartViewerSessionRevocation(self):
        self.call("StartViewerSessionRevocation", channelArn=self.channel(), viewerId="viewer-1")

    def StopStream(self):
        arn = self.live()
        self.call("StopStream", channelArn=arn)
        assert self.call("ListStreams")["streams"] == []

    def TagResource(self):
        arn = self.channel(tags={"env": "prod"})
        self.call("TagResource", resourceArn=arn, tags={"team": "sport"})
        assert self.call("ListTagsForResource", resourceArn=arn)["tags"] == {"env": "prod", "team": "sport"}

    def UntagResource(self):
        arn = self.channel(tags={"env": "prod", "team": "sport"})
        self.call("UntagResource", resourceArn=arn, tagKeys=["env", "not-there"])
        assert self.call("ListTagsForResource", resourceArn=arn)["tags"] == {"team": "sport"}

    def UpdateAdConfiguration(self):
        changed = self.call("UpdateAdConfiguration", arn=self.CreateAdConfiguration(), name="mid-roll")["adConfiguration"]
        assert changed["name"] == "mid-roll" and changed["postRollConfiguration"]["enabled"] is True

    def UpdateChannel(self):
        changed = self.call("UpdateChannel", arn=self.channel(), name="arena-2")["channel"]
        assert (changed["name"], changed["latencyMode"]) == ("arena-2", "LOW")

    def UpdateFailoverSlateConfiguration(self):
        arn = self.CreateFailoverSlateConfiguration()
        self.control.advance(60)
        changed = self.call("UpdateFailoverSlateConfiguration", arn=arn, activationThresholdSeconds=5)
        changed = changed["failoverSlateConfiguration"]
        assert (changed["activationThresholdSeconds"], changed["maxSlateDisplaySeconds"]) == (5, 90)

    def UpdatePlaybackRestrictionPolicy(self):
        changed = self.call("UpdatePlaybackRestrictionPolicy", arn=self.CreatePlaybackRestrictionPolicy(), allowedCountries=[])
        changed = changed["playbackRestrictionPolicy"]
        assert (changed["allowedCountries"], changed["allowedOrigins"]) == ([], ["https://example.com"])


# The operations that are the methods' names.
OPERATIONS = [name for name in vars(World) if name[0].isupper()]

__all__ = ["ABSENT", "MEDIA_TAILOR", "OPERATIONS", "VECTOR", "World"]
