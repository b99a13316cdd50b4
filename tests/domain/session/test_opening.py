"""Another length for the opening: the phases up to the first mark move, and the marks stand."""

from __future__ import annotations

import pytest

from balint_desktop import resources
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.session.opening import LONGEST_MIN, longest_opening_min, opening_min, with_opening

SHIPPED = sorted(path.stem for path in resources.folder("formats").glob("*.toml"))


def text(key):
    return resources.text(f"formats/{key}.toml")


def minutes(session_format):
    return [(phase.from_s / 60, phase.until_s / 60) for phase in session_format.phases]


def test_a_longer_opening_moves_what_follows_and_the_group_reflects_for_as_much_less():
    changed = parse_format(with_opening(text("student-hour"), 10))

    assert minutes(changed) == [(0, 10), (10, 12), (12, 19), (19, 24), (24, 45), (45, 55), (55, 60)]


@pytest.mark.parametrize("key", SHIPPED)
@pytest.mark.parametrize("length", [1, 2, 7, 20])
def test_every_shipped_format_keeps_its_marks_its_end_and_everything_but_its_times(key, length):
    before, changed = parse_format(text(key)), parse_format(with_opening(text(key), length))

    assert changed.length_s == before.length_s
    assert [p.from_s for p in changed.phases if p.fixed] == [p.from_s for p in before.phases if p.fixed]
    assert opening_min(changed) == min(length, longest_opening_min(before))
    assert [(p.key, p.sentence, p.words, p.chips) for p in changed.phases] == [
        (p.key, p.sentence, p.words, p.chips) for p in before.phases
    ]


@pytest.mark.parametrize("key", SHIPPED)
def test_the_length_that_a_format_has_changes_nothing(key):
    assert with_opening(text(key), opening_min(parse_format(text(key)))) == text(key)


@pytest.mark.parametrize("asked", [-3, 0, LONGEST_MIN + 1, 500])
def test_a_length_that_a_format_has_no_room_for_is_brought_within_it(asked):
    changed = parse_format(with_opening(text("student-hour"), asked))

    assert opening_min(changed) == (1 if asked < 1 else LONGEST_MIN)
    assert all(phase.planned_s > 0 for phase in changed.phases)


def test_times_are_found_in_whichever_order_and_spacing_they_are_written():
    spoken = text("student-hour").replace("from = 0\nuntil = 3", "until=3.0   # the welcome\nfrom   =   0")
    assert spoken != text("student-hour")

    assert minutes(parse_format(with_opening(spoken, 8)))[:2] == [(0, 8), (8, 10)]


def test_a_line_of_words_that_looks_like_a_time_stays():
    spoken = text("student-hour").replace('sentence = "Welcome', 'sentence = "from = 3, Welcome')
    assert spoken != text("student-hour")

    assert parse_format(with_opening(spoken, 8)).phases[0].sentence.startswith("from = 3, Welcome")
