import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import RATE_HZ, loudness, pitch, tone

from balint_desktop.capture.time_stretch import SPEEDS, TimeStretch


def stretched(sound, speed, piece=4800):
    made = TimeStretch()
    made.speed = speed
    out = []
    for at in range(0, len(sound), piece):
        made.write(sound[at : at + piece].tobytes())
        out.extend(drained(made))
    made.finish()
    out.extend(drained(made))
    return np.frombuffer(b"".join(out), "<i2")


def drained(made):
    while piece := made.read():
        yield piece


def voice(seconds, hz):
    """Return a vowel-like sound: a series of harmonics."""
    return sum(tone(seconds, hz * n, 0.3 / n) for n in range(1, 7)).astype("<i2")


@pytest.mark.parametrize("speed", [speed for speed in SPEEDS if speed != 1.0])
@pytest.mark.parametrize("hz", [85.0, 120.0, 220.0])
def test_speed_changes_the_duration_of_a_voice_but_not_its_pitch_or_loudness(speed, hz):
    said = voice(3.0, hz)
    heard = stretched(said, speed)

    assert len(heard) == pytest.approx(len(said) / speed, abs=0.1 * RATE_HZ)
    assert pitch(heard[4800:-4800]) == pytest.approx(hz, abs=1.0)
    steady = [loudness(heard[at : at + 2400]) for at in range(4800, len(heard) - 9600, 2400)]
    assert min(steady) > 0.85 * loudness(said)
    assert max(steady) < 1.15 * loudness(said)


def test_at_normal_speed_sound_is_unchanged():
    said = voice(1.0, 150.0)

    assert np.array_equal(stretched(said, 1.0), said)


def test_silence_stays_silence():
    assert not stretched(np.zeros(RATE_HZ, "<i2"), 1.5).any()


def test_a_change_of_speed_leaves_no_click():
    said = tone(4.0, 200.0)
    made = TimeStretch()
    made.write(said.tobytes())
    made.finish()
    out = []
    for speed in (1.0, 1.5, 0.75, 1.0, 2.0, 1.0):
        made.speed = speed
        out.extend(made.read() for _ in range(10))
    heard = np.frombuffer(b"".join(out), "<i2").astype(int)

    assert np.abs(np.diff(heard)).max() <= 1.2 * np.abs(np.diff(said.astype(int))).max()


@pytest.mark.parametrize("speed", SPEEDS)
def test_it_knows_how_much_of_the_sound_was_returned(speed):
    made = TimeStretch()
    made.speed = speed
    made.write(voice(5.0, 120.0).tobytes())
    for _ in range(100):
        made.read()

    assert made.read_s == pytest.approx(100 * 0.02 * speed, abs=0.001)
    made.finish()
    list(drained(made))
    assert made.read_s == pytest.approx(5.0, abs=0.001)


def test_cleared_sound_is_not_heard():
    made = TimeStretch()
    made.write(voice(1.0, 120.0).tobytes())
    made.read()
    made.clear()

    assert (made.read(), made.read_s) == (b"", 0.0)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9000), max_size=12), st.sampled_from(SPEEDS))
def test_all_sound_is_returned_however_it_is_split(pieces, speed):
    made = TimeStretch()
    made.speed = speed
    frames = 0
    for size in pieces:
        made.write(tone(size / RATE_HZ).tobytes())
        frames += sum(len(piece) for piece in drained(made)) // 2
    made.finish()
    frames += sum(len(piece) for piece in drained(made)) // 2

    assert made.read_s == pytest.approx(sum(pieces) / RATE_HZ)
    assert frames == pytest.approx(sum(pieces) / speed, abs=0.06 * RATE_HZ)


@pytest.mark.parametrize("speed", SPEEDS)
def test_returned_sound_can_be_rewound(speed):
    made = TimeStretch()
    made.speed = speed
    made.write(voice(9.0, 120.0).tobytes())
    for _ in range(150):
        made.read()
    read_s = made.read_s
    made.rewind(0.5)
    assert made.read_s == pytest.approx(read_s - 0.5)
    made.speed = 1.0
    piece = np.frombuffer(made.read(), "<i2")

    at = round((read_s - 0.5) * RATE_HZ)
    assert np.array_equal(piece, voice(9.0, 120.0)[at : at + len(piece)])
