import io
import math

import numpy as np
import pytest
import soundfile
from import_cases import CASES, speech, written

from balint_desktop.capture.convert_main import convert
from balint_desktop.capture.convert_protocol import Refused
from balint_desktop.ogg.duration import duration_s

_A_SECOND = 50


def likenesses(ogg):
    """Return how closely a second near the start and two near the end follow the loudness of `speech`: 1 is perfectly.

    What an encoder adds before the sound moves it by a little.
    """
    samples, rate = soundfile.read(io.BytesIO(ogg))
    heard, wanted = loudness(samples, rate), loudness(np.tile(speech(rate=rate), 3), rate)
    windows = (_A_SECOND // 2, _A_SECOND), (len(heard) - _A_SECOND * 5 // 2, 2 * _A_SECOND)
    return [
        max(
            np.corrcoef(heard[at : at + length], wanted[at - late : at - late + length])[0, 1]
            for late in range(-2, min(at, _A_SECOND // 2))
        )
        for at, length in windows
    ]


def loudness(samples, rate):
    parts = samples[: len(samples) // (rate // _A_SECOND) * (rate // _A_SECOND)].reshape(-1, rate // _A_SECOND)
    return np.sqrt(np.mean(parts**2, axis=1))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_kind_of_file_is_read_to_its_end_at_its_level_and_defects_are_reported(case, tmp_path):
    pieces = []
    report = convert(written(case, tmp_path), pieces.append)

    if case.refused is not None:
        assert isinstance(report, Refused)
        assert report.why is case.refused
        return
    assert not isinstance(report, Refused), report
    ogg = b"".join(pieces)
    assert case.seconds == pytest.approx(report.read_s, abs=case.near_s)
    assert report.read_s == pytest.approx(report.kept_s, abs=0.01)
    assert report.kept_s == pytest.approx(duration_s(ogg), abs=0.03)
    if case.said is not None:
        assert case.said == set(report.findings)
    if case.follows:
        assert min(likenesses(ogg)) > 0.9
    if case.level_db is not None:
        assert case.level_db == pytest.approx(report.against_loudest_db, abs=0.5)
        samples, _ = soundfile.read(io.BytesIO(ogg))
        assert report.level_db == pytest.approx(20 * math.log10(np.sqrt(np.mean(samples**2))), abs=0.5)
