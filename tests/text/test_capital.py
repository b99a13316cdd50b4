"""A label that begins with a capital keeps those inside it."""

from __future__ import annotations

import pytest

from balint_desktop.text.capital import with_capital


@pytest.mark.parametrize(
    ("text", "expected"), [("Co-Leitung", "Co-Leitung"), ("co-leader", "Co-leader"), ("", ""), ("über PDF", "Über PDF")]
)
def test_only_the_first_letter_becomes_a_capital(text, expected):
    assert expected == with_capital(text)
