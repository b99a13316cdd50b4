"""Monitoring the microphone's health, over a fake source."""

from __future__ import annotations

import random
import struct
import time
from dataclasses import dataclass, field

import pytest

from balint_desktop.capture import watchdog
from balint_desktop.capture.microphone_monitor import MicrophoneMonitor
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.domain.recorder import RecorderEventKind as Kind
from balint_desktop.domain.trouble import Trouble, TroubleCode

ZEROS = bytes(BLOCK_FRAMES * 2)
# The noise of a quiet room in a good microphone: one step of sixteen bits, now and then.
NOISE_FLOOR = struct.pack("<h", 1) + bytes(BLOCK_FRAMES * 2 - 2)


@dataclass
class FakeSource:
    """A microphone whose health the test decides."""

    is_active: bool = True
    since_block_s: float = 0.05
    dropped: int = 0
    moved: bool = False
    device_name: str = "USB"
    refuses: TroubleCode | None = None
    hangs: bool = False
    calls: list = field(default_factory=list)
    blocks: list = field(default_factory=list)

    def read_blocks(self, _wait_s):
        blocks, self.blocks = self.blocks, []
        return blocks

    def close(self):
        self.calls.append("close")
        if self.hangs:
            raise Trouble(TroubleCode.SOUND_SYSTEM_FROZEN)

    def reopen(self):
        self.calls.append("open")
        if self.refuses is not None:
            raise Trouble(self.refuses)


@pytest.fixture
def source():
    return FakeSource()


@pytest.fixture
def reports():
    return []


@pytest.fixture
def monitor(source, reports):
    return MicrophoneMonitor(source, lambda kind, trouble, **details: reports.append((kind, trouble, details)))


def hear(monitor, source, sound, seconds):
    """Feed that many seconds of the same sound."""
    source.blocks = [Block(sound, 0.0)] * round(seconds * 10)
    monitor.read_blocks(0)
    monitor.check()


def test_digital_silence_is_reported_within_two_seconds_and_cleared_by_the_first_sound(monitor, source, reports):
    hear(monitor, source, ZEROS, 1.4)
    assert reports == []
    hear(monitor, source, ZEROS, 0.2)
    assert reports == [(Kind.MUTED, TroubleCode.MICROPHONE_MUTED, {})]
    hear(monitor, source, NOISE_FLOOR, 0.1)
    assert reports[1:] == [(Kind.UNMUTED, None, {})]


def hiss(level_db):
    """Return a block of noise at a level in dB of full scale."""
    lots, size = random.Random(round(level_db)), 32768 * 10 ** (level_db / 20)
    return struct.pack(f"<{BLOCK_FRAMES}h", *(round(lots.gauss(0, size)) for _ in range(BLOCK_FRAMES)))


@pytest.mark.parametrize("level_db", [-76.0, -70.0, -60.0])
def test_a_quiet_group_is_never_warned_about(monitor, source, reports, level_db):
    for _ in range(60):
        hear(monitor, source, hiss(level_db), 10.0)

    assert reports == []


@pytest.mark.parametrize("sound", [hiss(-85.0), hiss(-90.0), NOISE_FLOOR], ids=["85", "90", "one step"])
def test_a_microphone_muted_by_its_own_switch_is_reported_after_a_minute_of_hiss(monitor, source, reports, sound):
    hear(monitor, source, sound, 59.0)
    assert reports == []
    hear(monitor, source, sound, 1.5)

    assert reports == [(Kind.MUTED, TroubleCode.MICROPHONE_FAINT, {})]


def test_the_report_of_hiss_ends_with_the_first_sound_of_the_room(monitor, source, reports):
    hear(monitor, source, hiss(-85.0), 61.0)
    hear(monitor, source, hiss(-65.0), 0.1)

    assert reports[1:] == [(Kind.UNMUTED, None, {})]


def test_one_breath_in_a_minute_is_a_room(monitor, source, reports):
    for _ in range(5):
        hear(monitor, source, hiss(-85.0), 59.0)
        hear(monitor, source, hiss(-65.0), 0.1)

    assert reports == []


def test_hiss_that_turns_into_exact_zeros_is_reported_as_muted(monitor, source, reports):
    hear(monitor, source, hiss(-85.0), 61.0)
    hear(monitor, source, ZEROS, 1.6)

    assert [code for _kind, code, _details in reports] == [TroubleCode.MICROPHONE_FAINT, TroubleCode.MICROPHONE_MUTED]


def test_a_microphone_that_comes_back_is_listened_to_for_another_minute(monitor, source, reports):
    hear(monitor, source, hiss(-85.0), 50.0)
    source.is_active = False
    monitor.check()
    source.is_active = True
    monitor.check()
    reports.clear()
    hear(monitor, source, hiss(-85.0), 50.0)

    assert reports == []


def test_a_lost_microphone_is_reported_before_releasing_it_which_may_hang(monitor, source, reports):
    source.since_block_s = watchdog.STALLED_S + 0.01
    source.hangs = True
    with pytest.raises(Trouble) as raised:
        monitor.check()

    assert raised.value.code is TroubleCode.SOUND_SYSTEM_FROZEN
    assert reports == [(Kind.DEVICE_LOST, TroubleCode.MICROPHONE_GONE, {})]


def test_a_lost_microphone_is_reported_within_two_seconds_of_its_last_sound():
    assert watchdog.STALLED_S + 0.25 < 2.0
    assert watchdog.MUTED_S + 0.25 < 2.0


def test_a_microphone_taken_by_another_program_is_reported_as_taken_and_then_as_back(
    monitor, source, reports, monkeypatch
):
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    source.is_active = False
    monitor.check()
    source.refuses = TroubleCode.MICROPHONE_BUSY
    for _ in range(3):
        clock[0] += 1.0
        monitor.check()
    source.refuses = TroubleCode.NO_MICROPHONE
    clock[0] += 1.0
    monitor.check()
    source.refuses, source.is_active = None, True
    clock[0] += 1.0
    monitor.check()

    assert [(kind, trouble) for kind, trouble, _ in reports] == [
        (Kind.DEVICE_LOST, TroubleCode.MICROPHONE_GONE),
        (Kind.DEVICE_LOST, TroubleCode.MICROPHONE_BUSY),
        (Kind.DEVICE_LOST, TroubleCode.MICROPHONE_GONE),
        (Kind.DEVICE_BACK, None),
    ]
    assert not monitor.is_lost


def test_a_microphone_muted_when_lost_is_no_longer_muted_when_it_returns(monitor, source, reports):
    hear(monitor, source, ZEROS, 2.0)
    source.is_active = False
    monitor.check()

    assert [kind for kind, *_ in reports] == [Kind.MUTED, Kind.UNMUTED, Kind.DEVICE_LOST]


def test_a_microphone_missing_for_a_minute_ends_the_part(monitor, source, reports, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    source.is_active = False
    monitor.check()
    source.refuses = TroubleCode.NO_MICROPHONE
    clock[0] += 59.0
    monitor.check()
    clock[0] += 2.0
    with pytest.raises(Trouble) as raised:
        monitor.check()

    assert raised.value.code is TroubleCode.MICROPHONE_GONE


def test_a_silent_switch_to_another_microphone_is_reported_and_so_is_its_end(monitor, source, reports):
    source.moved = True
    monitor.check()
    monitor.check()
    source.moved = False
    monitor.check()

    assert [(kind, trouble) for kind, trouble, _ in reports] == [
        (Kind.SOURCE_CHANGED, TroubleCode.MICROPHONE_CHANGED),
        (Kind.SOURCE_CHANGED, None),
    ]


def test_each_overrun_is_reported_with_the_count_so_far(monitor, source, reports):
    source.dropped = 3
    monitor.check()
    monitor.check()
    source.dropped = 5
    monitor.check()

    assert reports == [(Kind.OVERRUN, None, {"dropped": 3}), (Kind.OVERRUN, None, {"dropped": 5})]
