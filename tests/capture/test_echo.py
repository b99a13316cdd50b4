"""Whether a microphone hears what the computer plays, over synthetic voices and rooms."""

from __future__ import annotations

import numpy as np
import pytest

from balint_desktop.capture.echo import echo_delay_s
from balint_desktop.ogg.packet import RATE_HZ

SECONDS = 5


def voice(seed, loud=0.1):
    """Return noise coloured and broken into syllables as speech is, with pauses between words."""
    chance = np.random.default_rng(seed)
    sound = np.cumsum(chance.normal(size=SECONDS * RATE_HZ))
    sound = np.diff(sound, prepend=0.0) + 0.5 * chance.normal(size=SECONDS * RATE_HZ)
    syllables = np.repeat(np.clip(chance.normal(0.5, 0.6, SECONDS * 8), 0, 1), RATE_HZ // 8)
    sound *= np.convolve(syllables, np.hanning(2000) / 1000, "same")
    return (loud * sound / np.abs(sound).max() * 3).astype(np.float32)


def in_room(sound, delay_s, loss_db, seed=3):
    """Return a loudspeaker's sound as a microphone hears it: later, fainter, and with a room's reverberation."""
    chance = np.random.default_rng(seed)
    length = RATE_HZ // 4
    room = chance.normal(size=length) * np.exp(-np.arange(length) / (RATE_HZ * 0.06)) * 0.05
    room[0] = 1.0
    size = 1 << (len(sound) + length).bit_length()
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)[: len(sound)]
    at = round(delay_s * RATE_HZ)
    late = np.concatenate((np.zeros(at), heard))[: len(sound)]
    return (late * 10 ** (-loss_db / 20)).astype(np.float32)


def noise(seed, loud=0.0005):
    return (np.random.default_rng(seed).normal(size=SECONDS * RATE_HZ) * loud).astype(np.float32)


@pytest.mark.parametrize("delay_s", [0.004, 0.08, 0.35])
def test_a_call_on_the_loudspeaker_is_heard_that_much_later_in_the_room(delay_s):
    call = voice(1)

    assert echo_delay_s(in_room(call, delay_s, 20.0) + noise(5), call) == pytest.approx(delay_s, abs=0.002)


def test_it_is_found_beneath_a_voice_in_the_room_that_is_five_times_as_loud():
    call = voice(1)
    heard = in_room(call, 0.12, 20.0) + voice(2, 0.05) + noise(5)

    assert echo_delay_s(heard, call) == pytest.approx(0.12, abs=0.002)


def test_it_is_found_where_the_two_clocks_differ_by_a_hundred_ppm():
    call = voice(1)
    heard = in_room(call, 0.12, 20.0)
    slow = np.interp(np.arange(len(heard)) * 1.0001, np.arange(len(heard)), heard).astype(np.float32)

    assert echo_delay_s(slow + noise(5), call) == pytest.approx(0.12, abs=0.002)


@pytest.mark.parametrize("seed", range(10, 18))
def test_with_headphones_two_voices_have_no_echo_of_each_other(seed):
    assert echo_delay_s(voice(seed) + noise(seed), voice(seed + 100)) is None


def test_where_nothing_is_played_nothing_is_heard_twice():
    assert echo_delay_s(voice(1), np.zeros(SECONDS * RATE_HZ, np.float32)) is None
    assert echo_delay_s(noise(1), noise(2, 0.00001)) is None
