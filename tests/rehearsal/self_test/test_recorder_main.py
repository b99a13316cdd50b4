"""A file in place of the microphone delivers its samples at a microphone's pace."""

from __future__ import annotations

from itertools import pairwise

from clocks import WoundClock

from balint_desktop.rehearsal.self_test import recorder_main
from balint_desktop.rehearsal.self_test.recorder_main import FileStream

BLOCK = 9600


def test_a_file_is_delivered_block_by_block_when_each_is_due(monkeypatch):
    clock = WoundClock()
    slept = []

    def sleep(seconds):
        slept.append(round(seconds, 3))
        clock.advance(seconds)

    monkeypatch.setattr(recorder_main.time, "sleep", sleep)
    samples = bytes(range(256)) * 75
    stream = FileStream(samples, clock)
    stream.open()

    early = stream.read_blocks(0.05)
    blocks = [block for _ in range(3) for block in stream.read_blocks(0.25)]

    assert early == []
    assert b"".join(block.sound for block in blocks[:2]) == samples
    assert blocks[2].sound == b"\x01" * BLOCK
    assert [round(later.arrived_s - first.arrived_s, 3) for first, later in pairwise(blocks)] == [0.1, 0.1]
    assert slept == [0.05, 0.05, 0.1, 0.1]


def test_a_file_is_never_lost_moved_or_silent():
    stream = FileStream(b"", WoundClock())
    stream.open()

    assert (stream.is_active, stream.since_block_s, stream.moved, stream.dropped) == (True, 0.0, False, 0)
