"""The recorder's guarantees in seconds, by a fake clock: how much is unsealed, how often it reports.

The recorder itself, its writer and its encoder, on a source that the test feeds. A real one on a busy machine is as
late as the machine is; what it does with the time that it has is counted here.
"""

from __future__ import annotations

import shutil
import time
from types import SimpleNamespace

import numpy as np
import pytest
from clocks import WoundClock
from virtual_microphone import RATE_HZ, samples

from balint_desktop.capture.recorder import Recorder, RecorderOptions
from balint_desktop.capture.recorder_protocol import Command, Verb
from balint_desktop.capture.source import BLOCK_FRAMES, MicrophoneStream
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.reading import PartState, read_part

NO_TIMES = SimpleNamespace(inputBufferAdcTime=0.0, currentTime=0.0)
NOISE = np.random.default_rng(1).integers(-3000, 3000, BLOCK_FRAMES, dtype="<i2").tobytes()
BLOCK_S = BLOCK_FRAMES / RATE_HZ


class Status:
    input_overflow = False


class Lines:
    """Collects the recorder's output lines."""

    def __init__(self):
        self.written = []

    def write(self, line):
        self.written.append(line)

    write_or_drop = write


class Commands:
    """Commands from the app; `stop` is what the end of the input reads as."""

    def __init__(self):
        self.received = []

    def stop(self):
        self.received.append(Command(Verb.STOP))

    def read(self):
        received, self.received = self.received, []
        return received


class Bench:
    """A recorder driven by the test, one turn for each block."""

    def __init__(self, folder, monkeypatch, longest_s=None):
        self.folder = folder
        self.key = new_identity()
        self.clock = WoundClock()
        self.lines = Lines()
        self.commands = Commands()
        monkeypatch.setattr(time, "monotonic", lambda: self.clock.now().boot)
        monkeypatch.setattr(MicrophoneStream, "is_active", True)
        self._source = MicrophoneStream(None, self.clock)
        self._writer = PartWriter(folder, [self.key.recipient])
        options = RecorderOptions(folder, (self.key.recipient,), None, 0.0, 24_000, longest_s)
        self.recorder = Recorder(
            options, self._source, self._writer, out=self.lines, commands=self.commands, clock=self.clock
        )

    def hears(self, sound=NOISE):
        """Feed one block."""
        self.clock.advance(BLOCK_S)
        self._source._on_block(sound, BLOCK_FRAMES, NO_TIMES, Status())

    def turn(self):
        """Feed one block and let it be handled; return the lines about it."""
        self.hears()
        self.recorder._step()
        return self.lines.written[-1]

    def close(self):
        self.recorder._seal(None)


@pytest.fixture
def bench(tmp_path, monkeypatch):
    made = Bench(tmp_path / "01", monkeypatch)
    yield made
    made.close()


def test_at_most_two_seconds_of_sound_are_unsealed_at_any_time(bench):
    unsealed_s = [said["seconds"] - said["sealed"] for said in (bench.turn() for _ in range(600))]

    assert max(unsealed_s) < 2.0
    # And not because everything is sealed at once, which would wear the disk.
    assert max(unsealed_s) > 1.0


def test_a_kill_at_any_moment_leaves_what_was_reported_as_sealed(bench):
    for number in range(40):
        said = bench.turn()
        # The disk's current state: the recorder keeps the folder itself open.
        left = shutil.copytree(bench.folder, bench.folder.with_name(f"left-{number}"))
        part = read_part(left, [bench.key.secret])
        assert part.state is PartState.INTERRUPTED
        if said["sealed"]:
            assert len(samples(part.ogg)) / RATE_HZ > said["sealed"] - 0.01
    assert said["sealed"] > 2.0


def test_it_reports_its_state_three_times_a_second_with_the_loudest_since(bench):
    for _ in range(60):
        bench.turn()

    said = bench.lines.written
    assert [line["seconds"] for line in said] == [pytest.approx(BLOCK_S * number) for number in range(1, 61, 3)]
    assert {line["state"] for line in said} == {"recording"}


def test_the_level_is_that_of_the_loudest_block_since_the_last_report(bench):
    bench.turn()
    loud = bench.lines.written[-1]["level_db"]
    bench.hears(bytes(len(NOISE)))
    bench.recorder._step()
    bench.turn()
    bench.hears(bytes(len(NOISE)))
    bench.recorder._step()

    assert [line["level_db"] for line in bench.lines.written] == [loud, loud]


def test_a_new_state_is_reported_at_once(bench):
    bench.turn()
    bench.commands.received.append(Command(Verb.PAUSE))
    bench.turn()

    assert [line["state"] for line in bench.lines.written] == ["recording", "paused"]


def test_a_recorder_with_a_time_limit_stops_with_the_block_that_reaches_it(tmp_path, monkeypatch):
    bench = Bench(tmp_path / "01", monkeypatch, longest_s=0.5)
    bench.hears()
    # Each block comes after the one before was handled.
    monkeypatch.setattr(bench.recorder, "_report_status", bench.hears)

    assert bench.recorder.run() is None
    # All that had arrived by then is stored: the block that came with the last one.
    part = read_part(bench.folder, [bench.key.secret])
    assert part.state is PartState.COMPLETE
    assert part.facts.seconds == pytest.approx(0.5 + BLOCK_S)


def test_a_recorder_whose_input_ends_stops_within_two_tenths_of_a_second_and_seals_all_it_heard(bench, monkeypatch):
    began_s = bench.clock.now().boot
    bench.hears()

    def report():
        bench.hears()
        if bench.recorder._status().seconds >= 29.5 * BLOCK_S:
            bench.commands.stop()

    monkeypatch.setattr(bench.recorder, "_report_status", report)

    assert bench.recorder.run() is None
    # One block was on its way when the input ended, one came while that was handled.
    part = read_part(bench.folder, [bench.key.secret])
    assert (part.state, part.facts.seconds) == (PartState.COMPLETE, pytest.approx(32 * BLOCK_S))
    assert bench.clock.now().boot - began_s == pytest.approx(32 * BLOCK_S)
