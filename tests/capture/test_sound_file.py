import os
from contextlib import closing

import numpy as np
import pytest

from balint_desktop.capture.sound_file import file_bytes
from balint_desktop.capture.sound_file.extent import Length, extent
from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch, Zeros
from balint_desktop.capture.sound_file.meter import Meter
from balint_desktop.capture.sound_file.mixdown import Mixdown

RATE = 48_000


@pytest.fixture
def letters(tmp_path):
    path = tmp_path / "letters"
    path.write_bytes(bytes(range(256)) * 8)
    with closing(FileBytes(path)) as file:
        yield file


# --- bytes ---


@pytest.mark.parametrize("block", [16, 100, 1 << 20])
def test_a_mark_is_found_at_any_position(letters, monkeypatch, block):
    monkeypatch.setattr(file_bytes, "_BLOCK", block)

    assert letters.find(bytes((14, 15, 16, 17)), 0) == 14
    assert letters.find(bytes((14, 15, 16, 17)), 15) == 256 + 14
    assert letters.find(b"\0\0", 0) == -1
    assert letters.find(bytes((14, 15)), 0, 15) == -1
    assert letters.find(bytes((254, 255)), 2040) == 2046


def test_stretches_zeros_and_own_bytes_are_read_as_one_file(letters):
    file = PiecedFile(letters, [b"head", Stretch(10, 3), Stretch(13, 2), Zeros(3), b"end"])
    whole = b"head" + bytes(range(10, 15)) + bytes(3) + b"end"

    assert file.read() == whole
    for at in range(len(whole) + 1):
        for size in (1, 4, 99):
            file.seek(at)
            assert file.read(size) == whole[at : at + size]
            assert file.tell() == min(len(whole), at + size)


def test_a_file_has_the_length_it_is_given(letters):
    file = PiecedFile(letters, [Stretch(0, 4)], said_size=1000)

    assert file.seek(0, os.SEEK_END) == 1000
    assert file.read(5) == b""


def test_a_disk_error_is_stored_for_the_caller(letters, monkeypatch):
    gone = OSError("the stick was pulled out")

    def refuse(*_):
        raise gone

    file = PiecedFile(letters, [b"head", Stretch(0, 4)])
    monkeypatch.setattr(letters, "_read", refuse)

    assert file.read() == b"head"
    assert file.error is gone


# --- where sound ends ---


@pytest.mark.parametrize(
    ("size", "said", "until", "length"),
    [
        (1000, 900, 1000, Length.TRUE),
        (1000, 901, 1000, Length.COUNTS_HEADER),
        (1000, 1000, 1000, Length.COUNTS_HEADER),
        (1000, 1001, 1000, Length.TOO_LARGE),
        (1000, 500, 1000, Length.TOO_SMALL),
        (1000, 0, 1000, Length.NOT_SAID),
        (1000, 0xFFFFFFFF, 1000, Length.NOT_SAID),
        (1000, 0xFFFFFFFF - 36, 1000, Length.NOT_SAID),
        (1000, 0x7FFFF000, 1000, Length.NOT_SAID),
        (1000, -24, 1000, Length.NOT_SAID),
    ],
)
def test_a_length_counts_only_where_the_file_ends_there(tmp_path, size, said, until, length):
    (tmp_path / "a").write_bytes(b"x" * size)
    with closing(FileBytes(tmp_path / "a")) as file:
        found = extent(file, 100, said, lambda at: at == size)

    assert (found.until, found.length) == (until, length)


# --- level ---


def test_silence_counts_from_ten_seconds_and_then_all_of_it():
    meter = Meter(RATE)
    sound = np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32)
    for part in (sound, np.zeros(9 * RATE, np.float32), sound, np.zeros(15 * RATE, np.float32)):
        for piece in np.array_split(part, 7):
            meter.feed(piece)

    assert meter.silent_s == pytest.approx(15.0, abs=0.1)
    assert meter.silent_end_s == pytest.approx(15.0, abs=0.1)
    assert meter.power == pytest.approx(2 * 0.01, rel=0.05)


def mixed(sound, rate=RATE):
    mixdown = Mixdown(rate, sound.shape[1])
    pieces = [piece for part in np.array_split(sound, 50) for piece in mixdown.feed(part.astype(np.float32))]
    return np.concatenate([*pieces, *mixdown.finish()]), mixdown


def noise(seconds=6.0, seed=1):
    return np.random.default_rng(seed).normal(0, 0.1, round(seconds * RATE))


def test_the_output_is_as_long_as_the_input():
    mono, _ = mixed(np.stack([noise(1.2345)] * 2, 1))

    assert len(mono) == round(1.2345 * RATE)


def test_nothing_is_lost_where_a_channel_inverts_its_polarity():
    left = noise()
    right = left * np.where(np.arange(len(left)) < 3 * RATE, 1, -1)
    mono, mixdown = mixed(np.stack([left, right], 1))

    levels = np.sqrt(np.square(mono.reshape(-1, RATE // 10)).mean(axis=1))
    assert levels.min() > 0.05
    assert mixdown.opposed_s == pytest.approx(3.0, abs=0.3)


@pytest.mark.parametrize("gains", [(1, 1), (0, 1), (1, -1), (1, 0.5), (1, -0.8), (1, 1, -1, 0), (0, 0, 0, 0, 0, 1)])
def test_speech_keeps_the_level_of_the_loudest_channel(gains):
    mono, mixdown = mixed(np.stack([noise() * gain for gain in gains], 1))

    assert np.sqrt(np.mean(mono**2)) == pytest.approx(0.1, rel=0.05)
    assert mixdown.loudest == pytest.approx(0.01 * 6, rel=0.05)


def test_unrelated_channels_are_both_in_the_mix():
    one, other = noise(), noise(seed=2)
    mono, mixdown = mixed(np.stack([one, other], 1))

    assert np.corrcoef(mono, one)[0, 1] == pytest.approx(np.sqrt(0.5), abs=0.1)
    assert np.corrcoef(mono, other)[0, 1] == pytest.approx(np.sqrt(0.5), abs=0.1)
    assert mixdown.opposed_s < 1


def test_a_constant_offset_is_not_sound():
    mono, mixdown = mixed(np.full((3 * RATE, 2), 0.3))

    assert np.abs(mono).max() < 1e-6
    assert mixdown.loudest < 1e-9
