"""File time is session time: a sleep or a stall becomes silence of the same length, or ends the part."""

from __future__ import annotations

import numpy as np
import pytest
from virtual_microphone import RATE_HZ, samples

from balint_desktop.capture.level import SILENT_DB
from balint_desktop.capture.source import BLOCK_FRAMES, Block
from balint_desktop.capture.track import Gap, Track
from balint_desktop.domain.trouble import Trouble, TroubleCode

TONE = (np.sin(np.arange(BLOCK_FRAMES) * 2 * np.pi * 440 / RATE_HZ) * 8000).astype("<i2").tobytes()


class Tape:
    """A track fed with a tone whose blocks arrive at the moments the test chooses."""

    def __init__(self):
        self.ogg = bytearray()
        self.track = Track(self.ogg.extend, 24_000)
        self.now_s = 1000.0

    def hears(self, seconds):
        """Feed blocks on time."""
        for _ in range(round(seconds * 10)):
            self.now_s += 0.1
            self.track.write_block(Block(TONE, self.now_s), 0.0)

    def catches_up(self, seconds):
        """Feed that many seconds of delayed sound at once."""
        for _ in range(round(seconds * 10)):
            self.track.write_block(Block(TONE, self.now_s), 0.0)

    def passes(self, seconds):
        self.now_s += seconds


@pytest.fixture
def tape():
    return Tape()


def test_a_sleep_of_less_than_a_minute_leaves_silence_of_that_length(tape):
    tape.hears(2.0)
    tape.passes(20.0)
    tape.hears(2.0)
    tape.track.close(0.0)

    assert tape.track.seconds == pytest.approx(24.0, abs=0.01)
    assert tape.track.pop_gaps() == [Gap(pytest.approx(2.0), pytest.approx(20.0, abs=0.01))]
    assert tape.track.pop_gaps() == []
    assert [placed.mark.text for placed in tape.track.marks][:1] == ["gap 20.000"]
    sound = samples(bytes(tape.ogg))
    assert len(sound) / RATE_HZ == pytest.approx(24.0, abs=0.01)
    assert np.abs(sound[3 * RATE_HZ : 21 * RATE_HZ]).max() < 1e-4
    assert np.abs(sound[23 * RATE_HZ :]).max() > 0.1


def test_a_longer_sleep_ends_the_part_with_the_sound_before_it(tape):
    tape.hears(2.0)
    tape.passes(115.0)
    with pytest.raises(Trouble) as raised:
        tape.hears(1.0)
    tape.track.close(0.0)

    assert raised.value.code is TroubleCode.SOUND_LATE
    assert len(samples(bytes(tape.ogg))) / RATE_HZ == pytest.approx(2.0, abs=0.01)


def test_delayed_sound_is_no_gap(tape):
    tape.hears(2.0)
    tape.passes(5.0)
    tape.catches_up(5.0)
    tape.hears(1.0)
    tape.track.close(0.0)

    assert tape.track.pop_gaps() == []
    assert tape.track.seconds == pytest.approx(8.0, abs=0.01)


def test_a_pause_applies_to_the_level_before_another_block_comes(tape):
    tape.hears(1.0)
    assert tape.track.level_db > -30
    tape.track.pause()

    assert tape.track.level_db == SILENT_DB


def test_the_missing_share_of_long_delayed_sound_becomes_silence(tape):
    tape.hears(2.0)
    tape.passes(30.0)
    tape.catches_up(10.0)
    tape.hears(1.0)
    tape.track.close(0.0)

    assert [gap.seconds for gap in tape.track.pop_gaps()] == [pytest.approx(20.0, abs=0.05)]
    assert tape.track.seconds == pytest.approx(33.0, abs=0.05)
