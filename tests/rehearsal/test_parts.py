import numpy as np
from sounds import RATE_HZ, opus, tone

from balint_desktop import resources
from balint_desktop.capture.decode_handle import open_pcm
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.rehearsal.compare_sound import find, is_silent, rows, samples
from balint_desktop.rehearsal.format import KEY, shortened

HOUR = resources.text("formats/student-hour.toml")


def speech_like(seconds, seed=1):
    """Return noise whose loudness varies like speech."""
    draw = np.random.default_rng(seed)
    slow = np.interp(
        np.arange(round(seconds * RATE_HZ)),
        np.arange(0, seconds * RATE_HZ + 1, 4800),
        draw.random(round(seconds * 10) + 1),
    )
    smooth = np.convolve(draw.standard_normal(len(slow)), np.ones(40) / 40, "same")
    return (smooth / np.abs(smooth).max() * slow**2 * 30_000).astype("<i2")


def seen(sound):
    return rows(samples(sound.tobytes()))


def test_a_shortened_hour_has_all_its_phases_and_marks():
    short = parse_format(shortened(HOUR, "Rehearsal", 40, 3600))
    hour = parse_format(HOUR)

    assert (short.key, short.name, short.length_s) == (KEY, "Rehearsal", 40)
    assert [p.key for p in short.phases] == [p.key for p in hour.phases]
    assert [(p.from_s, p.fixed) for p in short.phases if p.fixed] == [(30, True)]
    assert [p.sentence for p in short.phases] == [p.sentence for p in hour.phases]
    assert all(p.planned_s >= 1 for p in short.phases)


def test_the_sound_played_is_found_where_it_was_recorded():
    played = speech_like(4.0)
    recorded = np.concatenate([np.zeros(round(1.234 * RATE_HZ), "<i2"), played, np.zeros(RATE_HZ, "<i2")])

    match = find(seen(played), seen(recorded), (0.0, 3.0))

    assert abs(match.delay_s - 1.234) < 0.001
    assert match.loudness > 0.95  # its hundredths of a second do not fall where those of the piece do
    assert match.waves > 0.99


def test_another_sound_is_not_found():
    match = find(seen(speech_like(3.0, 1)), seen(speech_like(5.0, 2)), (0.0, 2.0))

    assert match.waves < 0.3


def test_a_piece_longer_than_the_recording_is_not_found():
    assert find(seen(tone(2.0)), seen(tone(1.0)), (0.0, 1.0)).waves == 0.0


def test_silence_is_distinguished_from_sound():
    assert is_silent(samples(bytes(9600)))
    assert not is_silent(samples(tone(0.1).tobytes()))

    stream = open_pcm(opus(0.5))
    assert not is_silent(samples(stream.read(40_000)))
    stream.close()
