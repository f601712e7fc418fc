"""The emulator's own API, `/_emulator/…`: what a test sets up or looks at beside IVS (docs/emulator.md)."""

import json
import urllib.error
import urllib.request


class Control:
    def __init__(self, endpoint):
        self.endpoint = endpoint

    def call(self, method, path, body=None):
        """Sends JSON, gives JSON; an answer that is not 2xx raises with the emulator's own words."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.endpoint}/_emulator{path}", data, {"content-type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read().decode()}") from None
        return json.loads(text) if text else None

    def reset(self, seed="empty", rates=False):
        """Forgets everything. Rate limits are off unless a test is about them: the suite is faster than any of them."""
        self.call("POST", "/reset", {"seed": seed, "rates": "documented" if rates else "unlimited"})

    def fault(self, operation, fault, **when):
        """Adds a rule to the fault plan."""
        self.call("POST", "/faults", {"operation": operation, "fault": fault, **when})

    def unfired(self):
        return [rule for rule in self.call("GET", "/faults")["rules"] if rule["fired"] == 0]

    def commits(self):
        return self.call("GET", "")["commits"]

    def scenario(self, channel_arn, action, **details):
        return self.call("POST", "/scenario", {"channelArn": channel_arn, "action": action, **details})

    def advance(self, seconds):
        self.call("POST", "/clock", {"advanceSeconds": seconds})
