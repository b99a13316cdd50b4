from array import array

import numpy as np
import pytest
from sounds import RATE_HZ, loudness, pitch

from balint_desktop.capture.resampling import Resampler, can_convert

RATES = (8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 88_200, 96_000, 192_000)


def sine(rate, hz, seconds=1.0, loud=0.4):
    at = np.arange(round(seconds * rate)) / rate
    return (np.sin(2 * np.pi * hz * at) * loud * 32767).astype("<i2")


def converted(samples, rate, pieces=7):
    resampler = Resampler(rate)
    out = array("h")
    for piece in np.array_split(samples, pieces):
        out.extend(resampler.feed(array("h", piece.tobytes())))
    out.extend(resampler.finish())
    return np.frombuffer(out.tobytes(), "<i2")


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_stays_the_tone_it_was_sample_by_sample(rate):
    out = converted(sine(rate, 1000.0), rate)

    expected = sine(RATE_HZ, 1000.0)
    assert len(out) == len(expected)
    inner = slice(480, -480)
    assert np.abs(out[inner].astype(int) - expected[inner]).max() <= 12


@pytest.mark.parametrize("rate", [44_100, 96_000, 16_000])
def test_however_it_is_cut_into_pieces_it_comes_out_the_same(rate):
    samples = np.random.default_rng(1).integers(-9000, 9000, rate, dtype="<i2")

    assert np.array_equal(converted(samples, rate, 1), converted(samples, rate, 53))


@pytest.mark.parametrize(("rate", "hz"), [(96_000, 30_000.0), (192_000, 60_000.0), (88_200, 40_000.0)])
def test_what_48_khz_cannot_hold_is_gone_and_not_folded_down(rate, hz):
    assert loudness(converted(sine(rate, hz), rate)[480:-480]) < 0.4 / np.sqrt(2) / 1000


def test_no_image_of_the_sound_appears_above_it():
    out = converted(sine(44_100, 9000.0), 44_100)[480:-480]

    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    at = np.fft.rfftfreq(len(out), 1 / RATE_HZ)
    assert abs(pitch(out) - 9000) < 2
    assert spectrum[np.abs(at - 9000) > 200].max() < spectrum.max() / 1500


def test_the_loudest_sound_does_not_turn_over():
    square = np.where(sine(44_100, 440.0) > 0, 32767, -32768).astype("<i2")
    out = converted(square, 44_100)

    assert np.corrcoef(np.sign(out[:4800]), np.sign(converted((square // 4).astype("<i2"), 44_100)[:4800]))[0, 1] > 0.99


def test_silence_stays_silence_and_a_level_stays_that_level():
    assert not converted(np.zeros(44_100, "<i2"), 44_100).any()
    level = converted(np.full(44_100, 1000, "<i2"), 44_100)[480:-480]
    assert set(level.tolist()) == {1000}


@pytest.mark.parametrize("rate", [0, 4_000, 44_101, 384_000])
def test_a_rate_that_no_recorder_has_is_refused(rate):
    assert not can_convert(rate)
    with pytest.raises(ValueError, match="cannot be converted"):
        Resampler(rate)


def test_nothing_at_all_becomes_nothing():
    assert len(converted(np.zeros(0, "<i2"), 44_100, 1)) == 0
