"""May be quoted: by the speakers of a passage, never by the room, unless it is not known who speaks."""

from __future__ import annotations

import pytest
from deidentified_values import approved

from balint_desktop.domain.deidentify.quotable import quotable

TEXT = approved(("R1", "one"), ("R2", "two"), ("Unknown", "three"), ("", "[silence]"))


def span(first, last):
    return TEXT.turns[first].begin, TEXT.turns[last].end


@pytest.mark.parametrize(
    ("first", "last", "agreed", "everyone", "expected"),
    [
        (0, 0, {"R1"}, False, True),
        (0, 0, {"R2"}, False, False),
        (0, 1, {"R1"}, False, False),
        (0, 1, {"R1", "R2"}, False, True),
        (2, 2, {"R1", "R2"}, False, False),
        (2, 2, {"R1", "R2"}, True, True),
        (3, 3, {"R1"}, True, False),
    ],
)
def test_a_passage_may_be_quoted_when_each_of_its_speakers_agreed(first, last, agreed, everyone, expected):
    assert quotable(TEXT, span(first, last), agreed, everyone=everyone) is expected


def test_who_only_speaks_before_or_after_is_not_asked():
    begin, end = span(0, 0)

    assert quotable(TEXT, (begin + 4, end), {"R1"}, everyone=False)
