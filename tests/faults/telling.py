"""What a process under test tells as it goes: one JSON object a line, each fact only once it is on the disk.

The harness kills the process; what it was told by then must be there afterwards.
"""

from __future__ import annotations

import json
import os
import threading
import time

from balint_desktop.capture.recorder_handle import RecorderHandle
from balint_desktop.domain.session.facts import to_fields
from balint_desktop.vault.session_recording import VaultSessionLog


def tell(what, **details):
    """Say something, in one write, so that a kill leaves no half of it."""
    os.write(1, json.dumps({"what": what, "at_s": time.monotonic(), **details}).encode() + b"\n")


def as_told(fact):
    """Return a fact as it is told: what it is, when it was, and what it says."""
    return [fact.kind, fact.at.wall, fact.at.boot, json.loads(json.dumps(to_fields(fact)))]


class TellingSessionLog(VaultSessionLog):
    """The app's own session log, telling of each fact once it is committed."""

    def add_fact(self, fact):
        super().add_fact(fact)
        tell("fact", fact=as_told(fact))


def telling_recorder(place, device, offset_s, on_status, on_report):
    """Return the app's own recorder, telling its process, its part, and what it says of itself."""

    def status(heard):
        tell("level", seconds=heard.seconds, sealed=heard.sealed_s, state=heard.state)
        on_status(heard)

    def report(given):
        tell("report", kind=given.kind, trouble=given.trouble)
        on_report(given)

    handle = RecorderHandle(place, device, offset_s, status, report)
    start = handle.start

    def started():
        start()
        tell("recorder", pid=handle.pid, part=place.part, folder=str(place.folder))

    handle.start = started
    return handle


def ordered():
    """Return what standard input's first line orders. Read without a buffer, which a thread would hold at the end."""
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(0, 1)
    return json.loads(line)


def wait_for_end(then):
    """Call something, on a thread of its own, once standard input ends."""

    def wait():
        while os.read(0, 1024):
            pass
        then()

    threading.Thread(target=wait, daemon=True).start()
