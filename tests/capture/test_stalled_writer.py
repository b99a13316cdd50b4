"""A stalled disk: sound is buffered for a minute; the rest is counted and reported, never dropped silently."""

from __future__ import annotations

import json
import os
import threading
import time
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
from clocks import WoundClock
from virtual_microphone import RATE_HZ, samples
from waiting import GENEROUS_S, wait_until

from balint_desktop.capture.recorder import Recorder, RecorderOptions
from balint_desktop.capture.recorder_protocol import Command, Verb
from balint_desktop.capture.source import BLOCK_FRAMES, MicrophoneStream
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.reading import PartState, read_part

NO_TIMES = SimpleNamespace(inputBufferAdcTime=0.0, currentTime=0.0)
NOISE = np.random.default_rng(1).integers(-3000, 3000, BLOCK_FRAMES, dtype="<i2").tobytes()


@dataclass
class Status:
    input_overflow: bool = False


class StallingWriter(PartWriter):
    """The shipped writer, on a disk that stalls until it is released."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.stalled = threading.Event()
        self.let_go = threading.Event()

    def write_tail(self):
        self.stalled.set()
        assert self.let_go.wait(GENEROUS_S)
        super().write_tail()


class Lines:
    """Collects the recorder's lines."""

    def __init__(self):
        reading, self._writing = os.pipe()
        self.out = LineWriter(self._writing)
        self._lines = os.fdopen(reading, encoding="utf-8")

    def all(self):
        self.out.close()
        os.close(self._writing)
        with self._lines:
            return [json.loads(line) for line in self._lines]


class Commands:
    """Commands given by the test."""

    def __init__(self):
        self.given = []

    def read(self):
        given, self.given = self.given, []
        return given


def test_a_writer_stalled_for_70_seconds_buffers_60_of_them_and_reports_the_other_ten(tmp_path, monkeypatch):
    key, clock, commands, written = new_identity(), WoundClock(), Commands(), Lines()
    source = MicrophoneStream(None, clock)
    monkeypatch.setattr(MicrophoneStream, "is_active", True)
    # However long encoding the backlog takes, no time passes on this clock.
    monkeypatch.setattr(time, "monotonic", lambda: clock.now().boot)
    writer = StallingWriter(tmp_path / "01", [key.recipient])
    options = RecorderOptions(tmp_path / "01", (key.recipient,), None, 0.0, 24_000, None)
    recorder = Recorder(options, source, writer, out=written.out, commands=commands, clock=clock)
    running = threading.Thread(target=recorder.run)

    def comes(blocks):
        for _ in range(blocks):
            clock.advance(0.1)
            source._on_block(NOISE, BLOCK_FRAMES, NO_TIMES, Status())

    comes(10)
    running.start()
    assert writer.stalled.wait(GENEROUS_S)
    comes(700)
    assert source.dropped == 100
    comes(1)
    writer.let_go.set()
    wait_until(lambda: not source._blocks)
    comes(10)
    commands.given.append(Command(Verb.STOP))
    running.join(GENEROUS_S)

    lines = written.all()
    assert [line["dropped"] for line in lines if line.get("event") == "overrun"][-1] == 101
    assert {line["dropped"] for line in lines if "state" in line} >= {101}
    (gap,) = [line for line in lines if line.get("event") == "gap"]
    assert gap["gap_s"] == pytest.approx(10.1, abs=0.1)
    part = read_part(tmp_path / "01", [key.secret])
    assert part.state is PartState.COMPLETE
    assert part.facts.dropped == 101
    # File time is session time all the same.
    assert len(samples(part.ogg)) / RATE_HZ == pytest.approx(72.1, abs=0.1)
