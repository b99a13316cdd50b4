from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
import watermark
from watermark import RATE_HZ, Found


def through_opus(sound):
    out = io.BytesIO()
    with soundfile.SoundFile(out, "w", RATE_HZ, 1, format="OGG", subtype="OPUS", compression_level=0.928) as file:
        file.buffer_write(watermark.pcm(sound), dtype="int16")
    return soundfile.read(io.BytesIO(out.getvalue()), dtype="float32")[0]


def test_each_second_is_found_where_it_begins_after_opus_too():
    heard = through_opus(watermark.signal(12, first=65_000))[RATE_HZ // 2 :]

    found = watermark.find(heard)

    assert [one.second for one in found] == list(range(65_001, 65_012))
    assert [one.at_s for one in found] == pytest.approx([second + 0.5 for second in range(11)], abs=0.002)


def test_the_end_is_located_to_a_fraction_of_a_second():
    heard = through_opus(watermark.signal(5, first=300)[: round(4.37 * RATE_HZ)])

    assert watermark.reaches(heard) == pytest.approx(304.37, abs=0.06)


def test_silence_at_the_end_is_not_counted():
    heard = np.concatenate([watermark.signal(3), np.zeros(2 * RATE_HZ, "float32")])

    assert watermark.reaches(heard) == pytest.approx(3.0, abs=0.01)


def test_sound_that_was_not_played_is_not_found():
    noise = np.random.default_rng(3).normal(0, 0.2, 5 * RATE_HZ).astype("float32")

    assert watermark.find(noise) == []
    assert watermark.reaches(noise) is None


def test_a_missing_second_is_counted():
    sound = watermark.signal(6)
    sound[2 * RATE_HZ : 3 * RATE_HZ] = 0

    found = watermark.find(sound)

    assert watermark.holes(found) == 1
    assert Found(2, 2.0) not in found
