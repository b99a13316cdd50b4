"""Why a word was found, in words."""

from __future__ import annotations

import pytest

from balint_desktop.domain.deidentify.marks import Term
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.ui.deidentify.wording import why


@pytest.mark.parametrize(
    ("text", "others", "reason"),
    [
        ("Mrs Faleolo", ("[name]",), "A title and a name."),
        ("Faleolo", ("[name]",), "It follows words that say who someone is."),
        ("Faleolo", ("[Name]",), "It follows words that say who someone is."),
        ("3 May", ("[month]",), "Written like a date, an address, a number or a place."),
    ],
)
def test_a_name_is_not_said_to_be_written_like_a_date(text, others, reason):
    assert why(Term("k", text, Layer.PATTERN, "[patient]", others, ())) == reason
