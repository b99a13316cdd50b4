"""Fakes for the dependencies of a session."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.recorder import PartPlace, RecorderEventKind, RecorderReport, RecorderState, RecorderStatus
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.session.recording_controller import RecordingCallbacks


class ListSessionLog:
    """Stores facts in a list; `broken` raises instead, as a full disk would."""

    def __init__(self):
        self.facts = []
        self.prompts = 0
        self.debriefs = []
        self.broken = None

    def add_fact(self, fact):
        if self.broken:
            raise Trouble(self.broken)
        self.facts.append(fact)

    def count_prompt(self):
        self.prompts += 1

    def close(self, debrief):
        self.debriefs.append(debrief)


class FakeRecordingStore:
    def __init__(self):
        self.made = 0
        self.parts = 0
        self.finished_parts = []
        self.broken = None
        self.space = True

    def has_space(self):
        return self.space

    def create(self):
        self.made += 1
        return RecordingId(f"recording-{self.made}")

    def next_part(self, recording, *, resuming):
        if self.broken:
            raise Trouble(self.broken)
        self.parts += 1
        return PartPlace(recording, self.parts, Path(f"/nowhere/{self.parts}"), "age1test")

    def finish_part(self, place, seconds, sha256):
        self.finished_parts.append((place.part, seconds, sha256))


class FakeRecorder:
    """A recorder controlled by the test."""

    def __init__(self, place, device, offset_s, on_status, on_report, *, monitor=None):
        self.monitor = monitor
        self.place = place
        self.device = device
        self.offset_s = offset_s
        self.on_status = on_status
        self.on_report = on_report
        self.said = []

    def start(self):
        self.said.append("start")

    def pause(self):
        self.said.append("pause")

    def resume(self):
        self.said.append("resume")

    def mark(self, mark):
        self.said.append(f"mark {mark.text}")

    def stop(self):
        self.said.append("stop")

    def kill(self):
        self.said.append("kill")

    def hears(self, seconds, sealed=None, state=RecorderState.RECORDING, dropped=0, computer_db=None):
        sealed_s = seconds if sealed is None else sealed
        self.on_status(RecorderStatus(state, seconds, sealed_s, -30.0, dropped, computer_db))

    def reports(self, kind, sealed=0.0, trouble=None, sha256=None):
        self.on_report(RecorderReport(kind, sealed, trouble, sha256))

    def misses(self, at_s, seconds):
        self.on_report(RecorderReport(RecorderEventKind.GAP, at_s, gap_at_s=at_s, gap_s=seconds))

    def ends(self, sealed, trouble=None, sha256=None):
        self.reports(RecorderEventKind.ENDED, sealed, trouble, sha256)


class FakeSleepInhibitor:
    """Stores whether the machine is to stay awake."""

    def __init__(self):
        self.on = False

    def inhibit_sleep(self, *, on):
        self.on = on


class RecorderBench:
    """Makes fake recorders and remembers them."""

    def __init__(self):
        self.made = []

    def __call__(self, place, device, offset_s, on_status, on_report, *, monitor=None):
        self.made.append(FakeRecorder(place, device, offset_s, on_status, on_report, monitor=monitor))
        return self.made[-1]

    @property
    def last(self):
        return self.made[-1]


class HeardCallbacks:
    """The calls that reach the session, by name and in order; `write` is made at once."""

    def __init__(self):
        self.calls = []
        note = self._noting
        self.callbacks = RecordingCallbacks(
            *(note(name) for name in ("started", "lost", "gap", "failed", "stopped", "changed", "level")),
            write=lambda write: write(),
        )

    def _noting(self, name):
        return lambda *arguments: self.calls.append((name, *arguments))

    def clear(self):
        self.calls = []

    def names(self):
        return [name for name, *_ in self.calls]
