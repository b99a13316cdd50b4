"""What was typed or changed is said in a sentence."""

from __future__ import annotations

import pytest

from balint_desktop.domain.analysis.line_numbers import LinesError, line_numbered, span_of_lines
from balint_desktop.domain.analysis.word_coding import LineChange
from balint_desktop.text.word_copies import line_change, lines_fault

LINES = line_numbered("R1: I do.\n\nR2: So do I.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type line numbers: 12, or 12–15, or 12 to 15, 18."),
        ("one", "“one” is not a line number. Type 12, or 12–15, or 12 to 15, 18."),
        ("2-1", "“2-1” runs backwards. Type the smaller number first."),
        ("1, 3", "“3” is not in this text. Its last line is 2."),
    ],
)
def test_what_is_no_line_is_said_with_what_to_type(typed, words):
    with pytest.raises(LinesError) as caught:
        span_of_lines(typed, LINES)

    assert lines_fault(caught.value, len(LINES)) == words


def test_each_change_has_its_own_words():
    assert len({line_change(one) for one in LineChange}) == len(LineChange)
