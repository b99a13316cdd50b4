"""How long something was, in words."""

from __future__ import annotations

import pytest

from balint_desktop.text import durations


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-3, "0:00"), (0, "0:00"), (6.9, "0:06"), (6.9995, "0:07"), (406, "6:46"), (2700, "45:00"), (4503, "75:03")],
)
def test_a_moment_is_shown_in_minutes_and_seconds_from_the_start(seconds, expected):
    assert durations.clock(seconds) == expected


def test_a_stretch_reads_well_aloud():
    assert durations.span_words(2700, 3600) == "45:00 to 60:00"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-1, "0 s"),
        (0.4, "0 s"),
        (20, "20 s"),
        (59.6, "1 min"),
        (115, "1 min 55 s"),
        (152, "2 min 32 s"),
        (599, "9 min 59 s"),
        (600, "10 min"),
        (629, "10 min"),
        (631, "11 min"),
        (3480, "58 min"),
        (5400, "90 min"),
    ],
)
def test_a_length_has_seconds_where_they_matter(seconds, expected):
    assert durations.duration_words(seconds) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (600, "10 h")]
)
def test_hours_have_minutes_where_they_are_not_whole(minutes, expected):
    assert durations.hours(minutes) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(60.0, "60 min"), (61.25, "61.2 min"), (61.96, "62 min")])
def test_a_figure_is_rounded_to_a_tenth(minutes, expected):
    assert durations.minutes_words(minutes) == expected
