"""Reports of a process under test: one JSON object per line, each fact only once it is on disk.

The harness kills the process; everything reported by then must be there afterwards.
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
    """Report something in one write, so that a kill leaves no half line."""
    os.write(1, json.dumps({"what": what, "at_s": time.monotonic(), **details}).encode() + b"\n")


def as_told(fact):
    """Return a fact as it is reported: its kind, its time and its values."""
    return [fact.kind, fact.at.wall, fact.at.boot, json.loads(json.dumps(to_fields(fact)))]


class TellingSessionLog(VaultSessionLog):
    """The app's own session log, reporting each fact once it is committed."""

    def add_fact(self, fact):
        super().add_fact(fact)
        tell("fact", fact=as_told(fact))


def telling_recorder(place, device, offset_s, on_status, on_report, *, monitor=None):
    """Return the app's own recorder, reporting its process, its part and its events."""

    def status(heard):
        tell("level", seconds=heard.seconds, sealed=heard.sealed_s, state=heard.state)
        on_status(heard)

    def report(given):
        tell("report", kind=given.kind, trouble=given.trouble)
        on_report(given)

    handle = RecorderHandle(place, device, offset_s, status, report, monitor=monitor)
    start = handle.start

    def started():
        start()
        tell("recorder", pid=handle.pid, part=place.part, folder=str(place.folder))

    handle.start = started
    return handle


def ordered():
    """Return the order in standard input's first line. Unbuffered, since a thread would hold the buffer at the end."""
    line = b""
    while not line.endswith(b"\n"):
        line += os.read(0, 1)
    return json.loads(line)


def wait_for_end(then):
    """Call something, on a separate thread, once standard input ends."""

    def wait():
        while os.read(0, 1024):
            pass
        then()

    threading.Thread(target=wait, daemon=True).start()
