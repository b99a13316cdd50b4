from __future__ import annotations

import pytest

from balint_desktop.transcription.text_import import time_stamps


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("12:03 I do.", (723_000, False, "I do.")),
        ("[00:12:03] I do.", (723_000, True, "I do.")),
        ("(0:03) - I do.", (3_000, True, "I do.")),
        ("<75:03.5> I do.", (4_503_500, True, "I do.")),
        ("1:02:03,040", (3_723_040, False, "")),
        ("#00:00:12-3# I do.", (12_300, True, "I do.")),
        ("0:03\tP4\tI do.", (3_000, True, "P4\tI do.")),
    ],
)
def test_a_time_at_the_beginning_of_a_line_is_read(line, expected):
    assert expected == time_stamps.leading(line)


@pytest.mark.parametrize(
    "line", ["", "I do.", "12 I do", "12:3 I do", "12:61 I do", "[12:03 I do", "12:03pm", "12:03:04:05 x"]
)
def test_a_line_without_a_time_at_its_beginning_has_none(line):
    assert time_stamps.leading(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("P4  0:03", ("P4", 3_000, True)),
        ("P4\t0:03", ("P4", 3_000, True)),
        ("P4 0:03", ("P4", 3_000, False)),
        ("P4 (1:02:03):", ("P4", 3_723_000, True)),
        ("We met at 10:30", ("We met at", 630_000, False)),
    ],
)
def test_a_time_at_the_end_of_a_line_is_read(line, expected):
    assert expected == time_stamps.trailing(line)


@pytest.mark.parametrize("line", ["P4", "P4 0:03 so", "P4 (0:03", "x" * 200 + "  0:03"])
def test_a_line_without_a_time_at_its_end_has_none(line):
    assert time_stamps.trailing(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("00:00:02.040 --> 00:00:05,160 align:start", (2_040, 5_160, "align:start")),
        ("00:02.040 --> 00:05.160", (2_040, 5_160, "")),
        ("0:0:2.0 --> 0:0:5.160", (2_000, 5_160, "")),
        ("00:00:02 -> 00:00:05", (2_000, 5_000, "")),
    ],
)
def test_the_two_times_of_a_cue_are_read(line, expected):
    assert expected == time_stamps.cue(line)


@pytest.mark.parametrize("line", ["", "00:02.040", "00:02.040 --> later", "it went 00:02 --> 00:05"])
def test_another_line_is_no_cue(line):
    assert time_stamps.cue(line) is None


def test_a_text_is_cut_at_the_times_within_it():
    expected = [(None, "I do."), (40_000, "She was"), (45_500, "like me."), (3_723_000, "So (10:30) at 11:00.")]

    assert expected == time_stamps.inline("I do. [00:40] She was #00:00:45-5# like me. (1:02:03) So (10:30) at 11:00.")
